import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { fixedBy, LOG, task, type Result } from '../../testing/task.ts';

const fixed = (code: string, body: string, head?: string): Promise<Result> =>
  fixedBy(rules, code, body, head);

describe('none-guard', () => {
  const FETCH = 'detector = Detector.objects.filter(id=detector_id).first()';

  it('checks the row before it is used', async () => {
    expect(
      await fixed('DNE007', `${FETCH}\nlogger.info("sent")\nnotify(event(), detector.name)  # now`),
    ).toEqual({
      after: task(
        `${FETCH}\nlogger.info("sent")\nif detector is None:\n    ${LOG}\n    return\nnotify(event(), detector.name)  # now`,
      ),
      applied: ['safe'],
      refused: [],
    });
  });

  it('gives a row that is used at once a name', async () => {
    const { after } = await fixed(
      'DNE007',
      'name = Detector.objects.filter(id=detector_id).first().name\nlogger.info(name)',
    );
    expect(after).toBe(
      task(`${FETCH}\nif detector is None:\n    ${LOG}\n    return\nname = detector.name\nlogger.info(name)`),
    );
  });

  it('checks it before a call is given it, but not before a log', async () => {
    const passed = await fixed('DNE007', `${FETCH}\nprepare(detector)\nnotify(detector.name)`);
    expect(passed.after).toBe(
      task(
        `${FETCH}\nif detector is None:\n    ${LOG}\n    return\nprepare(detector)\nnotify(detector.name)`,
      ),
    );
    expect(passed.applied).toEqual(['unsafe']);
    const logged = await fixed('DNE007', `${FETCH}\nlogger.info("got", detector)\nnotify(detector.name)`);
    expect(logged.after).toContain('logger.info("got", detector)\n    if detector is None:');
    expect(logged.applied).toEqual(['safe']);
  });

  it('refuses where the use may not run', async () => {
    const { applied, refused } = await fixed('DNE007', `${FETCH}\nnotify(event and detector.name)`);
    expect(applied).toEqual([]);
    expect(refused).toEqual(['the lookup runs only when the left side of `and` asks for it']);
  });
});

describe('none-guard behind a handler', () => {
  const GET = 'detector = Detector.objects.get(id=detector_id)';
  const caught = (handler: string, after: string, type = 'Detector.DoesNotExist'): string =>
    `try:\n    ${GET}\nexcept ${type}:\n${handler.replace(/^/gm, '    ')}\n${after}`;

  it('leaves in the handler where the row is used right behind', async () => {
    expect(await fixed('DNE007', caught('detector = None  # gone', 'notify(detector.name)'))).toEqual({
      after: task(caught(`${LOG}\nreturn  # gone`, 'notify(detector.name)')),
      applied: ['safe'],
      refused: [],
    });
  });

  it('tells of the row once', async () => {
    const { after } = await fixed(
      'DNE007',
      caught('logger.warning("no detector")\ndetector = None', 'notify(detector.name)'),
    );
    expect(after).toBe(task(caught('logger.warning("no detector")\nreturn', 'notify(detector.name)')));
  });

  it('checks it where more runs before, or where the None is from before', async () => {
    const later = await fixed('DNE007', caught('detector = None', 'prepare()\nnotify(detector.name)'));
    expect(later.after).toBe(
      task(
        caught(
          'detector = None',
          `prepare()\nif detector is None:\n    ${LOG}\n    return\nnotify(detector.name)`,
        ),
      ),
    );
    const before = await fixed('DNE007', `detector = None\n${caught('pass', 'notify(detector.name)')}`);
    expect(before.after).toContain(`pass\n    if detector is None:\n        ${LOG}\n        return\n`);
  });

  it('checks it where another handler goes on as well', async () => {
    const handler = 'detector = None';
    const { after } = await fixed(
      'DNE007',
      caught(handler, `except ValueError:\n    ${handler}\nnotify(detector.name)`),
    );
    expect(after).toContain('    if detector is None:');
  });

  it('lets calls have the None that the handler goes on with', async () => {
    const { after } = await fixed(
      'DNE007',
      caught('detector = None', 'prepare(detector)\nnotify(detector.name)'),
    );
    expect(after).toContain('    prepare(detector)\n    if detector is None:');
  });

  it('is not sure of a handler that catches more', async () => {
    const { applied } = await fixed(
      'DNE007',
      caught('detector = None', 'notify(detector.name)', 'Exception'),
    );
    expect(applied).toEqual(['unsafe']);
  });

  it('goes on with the next item', async () => {
    const loop = (handler: string): string =>
      `for detector_id in ids:\n${caught(handler, 'notify(detector.name)').replace(/^/gm, '    ')}`;
    expect((await fixed('DNE007', loop('detector = None'))).after).toBe(task(loop(`${LOG}\ncontinue`)));
  });
});
