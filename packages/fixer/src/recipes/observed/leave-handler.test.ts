import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { fixedBy, LOG, task, type Result } from '../../testing/task.ts';

const fixed = (body: string): Promise<Result> => fixedBy(rules, 'DNE007', body);

/** A lookup whose handler has these lines, and what follows. */
const handled = (handler: string, after = 'detector.run()'): string =>
  `try:\n    detector = Detector.objects.get(id=detector_id)\nexcept Detector.DoesNotExist:\n    ${handler}\n${after}`;

describe('leave-handler', () => {
  it('leaves in the place of a pass', async () => {
    expect(await fixed(handled('pass  # gone'))).toEqual({
      after: task(handled(`${LOG}\n    return  # gone`)),
      applied: ['safe'],
      refused: [],
    });
  });

  it('leaves behind what the handler does, and tells it once', async () => {
    expect(await fixed(handled('logger.warning("no detector")  # hm'))).toEqual({
      after: task(handled('logger.warning("no detector")  # hm\n    return')),
      applied: ['safe'],
      refused: [],
    });
  });

  it('goes on with the next item of a loop', async () => {
    const loop = (body: string): string => `for detector_id in ids:\n    ${body.replaceAll('\n', '\n    ')}`;
    const { after } = await fixed(loop(handled('logger.warning("no detector")')));
    expect(after).toBe(task(loop(handled('logger.warning("no detector")\n    continue'))));
  });

  it('is not sure where the handler catches more', async () => {
    const { applied } = await fixed(handled('pass').replace('Detector.DoesNotExist', 'Exception'));
    expect(applied).toEqual(['unsafe']);
  });

  it('refuses where other statements run first, and handlers of one line', async () => {
    const later = await fixed(handled('pass', 'prepare()\ndetector.run()'));
    expect(later.refused).toEqual(['other statements run before the name is read']);
    const short = await fixed(handled('pass').replace('DoesNotExist:\n    pass', 'DoesNotExist: pass'));
    expect(short.refused).toEqual(['the handler stands in one line with something else']);
  });
});
