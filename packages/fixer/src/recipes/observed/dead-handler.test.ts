import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { fixedBy, task, type Result } from '../../testing/task.ts';

const fixed = (code: string, body: string, head?: string): Promise<Result> =>
  fixedBy(rules, code, body, head);

describe('dead-handler', () => {
  const dead = (behind: string, body: string): string =>
    `try:\n    detector = Detector.objects.filter(\n        name=event,  # whose\n    ).first()\nexcept Detector.DoesNotExist${behind}:  # gone\n${body.replace(/^/gm, '    ')}\ndetector.run()`;

  it('becomes a check', async () => {
    for (const behind of ['', ' as exc']) {
      expect(await fixed('DNE203', dead(behind, '# nothing to do\nreturn'))).toEqual({
        after: task(
          'detector = Detector.objects.filter(\n    name=event,  # whose\n).first()\nif detector is None:  # gone\n    # nothing to do\n    return\ndetector.run()',
        ),
        applied: ['safe'],
        refused: [],
      });
    }
  });

  it('is left alone where it uses the exception', async () => {
    expect((await fixed('DNE203', dead(' as exc', 'logger.info(exc)\nreturn'))).refused).toEqual([
      'the handler uses the exception',
    ]);
  });

  it('becomes a check before the row is returned', async () => {
    const body = (handler: string): string =>
      `try:\n    return Detector.objects.filter(\n        name=event,\n    ).first()  # newest\nexcept Detector.DoesNotExist:\n    ${handler}\ndetector.run()`;
    expect(await fixed('DNE203', body('return Detector()  # a new one'))).toEqual({
      after: task(
        'detector_row = Detector.objects.filter(\n    name=event,\n).first()  # newest\nif detector_row is None:\n    return Detector()  # a new one\nreturn detector_row\ndetector.run()',
      ),
      applied: ['safe'],
      refused: [],
    });
    expect((await fixed('DNE203', body('return None'))).after).toBe(
      task('return Detector.objects.filter(\n    name=event,\n).first()  # newest\ndetector.run()'),
    );
    expect((await fixed('DNE203', body('event()'))).refused).toEqual([
      'the handler goes on behind the `try`',
    ]);
  });
});
