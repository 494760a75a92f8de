import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { sessionOf } from '../testing/program.ts';
import { fixAll } from './fix-all.ts';

const GETTER = `from app.models import Detector


class Monitor:
    def get_detector(self):
        return Detector.objects.get(id=self.detector_id)
`;
const CALLER = `import logging

from celery import shared_task

from app.monitors import Monitor

logger = logging.getLogger(__name__)


@shared_task
def send(monitor_id):
    detector = Monitor().get_detector()
    logger.info("sent", extra={"detector": detector.name})
`;

describe('a program of several files', () => {
  it('has the callers of a getter guarded in the same run', async () => {
    const session = await sessionOf({ 'app/monitors.py': GETTER, 'app/tasks.py': CALLER }, { rules });
    const outcome = fixAll(session, { unsafe: true });
    expect(outcome.skipped).toEqual([]);
    expect(session.source('app/monitors.py')?.text).toContain(
      '        except Detector.DoesNotExist:\n            return None\n',
    );
    expect(session.source('app/tasks.py')?.text).toBe(
      CALLER.replace(
        '    logger.info("sent"',
        '    if detector is None:\n        logger.info("detector.not_found")\n        return\n    logger.info("sent"',
      ),
    );
    expect(session.reports()).toEqual([]);
  });

  it('leaves the getter alone where its callers cannot be guarded', async () => {
    const caller = CALLER.replace('detector.name', 'ready and detector.name').replace(
      'monitor_id',
      'monitor_id, ready',
    );
    const session = await sessionOf({ 'app/monitors.py': GETTER, 'app/tasks.py': caller }, { rules });
    const outcome = fixAll(session, { unsafe: true });
    expect(outcome.files).toEqual([]);
    expect(outcome.skipped[0]?.reason).toMatch(
      /^the fixed program would have a new finding in app\/tasks\.py: DNE007/,
    );
  });

  const MODEL = `from app.models import Detector


class Base:
    detector_id = None

    @property
    def detector(self):
        return Detector.objects.get(id=self.detector_id)

`;

  it.each([
    [
      'a property of the same object',
      '    def title(self, ready):\n        return ready and self.detector.name\n',
    ],
    ['a declared result', '    def rule(self) -> Detector:\n        return self.detector\n'],
    [
      'a result that another function hands on',
      '    def again(self):\n        return self.detector\n\n    def title(self, ready):\n        return ready and self.again().name\n',
    ],
  ])('leaves a getter alone that %s relies on', async (_name, method) => {
    const session = await sessionOf({ 'app/base.py': `${MODEL}${method}` }, { rules });
    const outcome = fixAll(session, { unsafe: true });
    expect(outcome.files).toEqual([]);
    expect(outcome.skipped[0]?.reason).toMatch(
      /^the fixed program would have a new finding in app\/base\.py: DNE007/,
    );
  });
});
