import { describe, expect, it } from 'vitest';
import { make } from '../testing/program.ts';
import { pythonErrors } from '../testing/python.ts';

const HEAD = `import logging

from celery import shared_task

from app.models import AlertRule, Detector

logger = logging.getLogger(__name__)


class Monitor:
    def get_detector(self):
        return Detector.objects.get(id=self.detector_id)


`;
const FIXED = `        try:
            return Detector.objects.get(id=self.detector_id)
        except Detector.DoesNotExist:
            return None
`;

async function guarded(callers: string): Promise<{ readonly after: string; readonly why: string | null }> {
  const made = await make('getter-none', HEAD + callers);
  if ('refused' in made) throw new Error(made.refused);
  expect(pythonErrors([made.after])).toEqual([null]);
  expect(made.after).toContain(FIXED);
  return { after: made.after.slice(made.after.indexOf(FIXED) + FIXED.length).trimStart(), why: made.why };
}

const BEFORE = 'the guarded callers of `Monitor.get_detector` may have written rows before in a transaction';
const NOT_KNOWN = 'callers of `get_detector` are not known to accept None';

describe('a getter that begins to return None', () => {
  it('has its callers guarded in the same fix', async () => {
    const { after, why } = await guarded(`@shared_task
def send(monitor_id):
    monitor = Monitor()
    detector = monitor.get_detector()  # may be gone
    detector.run()
`);
    expect(after).toBe(`@shared_task
def send(monitor_id):
    monitor = Monitor()
    detector = monitor.get_detector()  # may be gone
    if detector is None:
        logger.info("detector.not_found")
        return
    detector.run()
`);
    expect(why).toBe(BEFORE);
  });

  it('skips the item where the caller asks in a loop', async () => {
    const { after } = await guarded(`@shared_task
def send(ids):
    for monitor in [Monitor(), Monitor()]:
        detector = monitor.get_detector()
        detector.run()
`);
    expect(after).toContain(
      '        if detector is None:\n            logger.info("detector.not_found")\n            continue\n',
    );
  });

  it('leaves callers alone that check already', async () => {
    const callers = `@shared_task
def send(monitor_id):
    detector = Monitor().get_detector()
    if not detector:
        return
    detector.run()
`;
    expect(await guarded(callers)).toEqual({ after: callers, why: null });
  });

  it('keeps its doubt where a caller cannot be guarded', async () => {
    for (const line of ['notify(Monitor().get_detector())', 'return Monitor().get_detector()']) {
      const callers = `@shared_task\ndef send(monitor_id):\n    ${line}\n`;
      expect(await guarded(callers)).toEqual({ after: callers, why: NOT_KNOWN });
    }
  });

  it('keeps its doubt where a caller is a helper itself', async () => {
    const callers = `def find():
    detector = Monitor().get_detector()
    return detector.name


@shared_task
def send(monitor_id):
    name = find()
    logger.info(name)
`;
    expect(await guarded(callers)).toEqual({ after: callers, why: NOT_KNOWN });
  });
});
