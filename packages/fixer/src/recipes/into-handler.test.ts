import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { fixedBy, task, type Result } from '../testing/task.ts';

const fixed = (code: string, body: string, head?: string): Promise<Result> =>
  fixedBy(rules, code, body, head);

describe('a row that is None where a handler waits for its exception', () => {
  const FETCH = 'detector = Detector.objects.filter(id=detector_id).first()';
  const trying = (guard: string, handlers: string, use = 'event(detector.name)'): string =>
    `try:\n    ${FETCH}\n${guard}    ${use}\n${handlers}`;
  const RAISE = '    if detector is None:\n        raise Detector.DoesNotExist\n';

  it.each([
    ['Detector.DoesNotExist', 'raise Detector.DoesNotExist'],
    ['(ValueError, models.ObjectDoesNotExist)', 'raise models.ObjectDoesNotExist'],
  ])('leaves it to the handler that waits for it in vain: %s', async (type, raise) => {
    const body = (guard: string): string =>
      `try:\n    ${FETCH}\n${guard}    event(detector.name)\nexcept ${type}:\n    event("unknown")\nevent("done")`;
    expect(await fixed('DNE007', body(''))).toEqual({
      after: task(body(`    if detector is None:\n        ${raise}\n`)),
      applied: ['safe'],
      refused: [],
    });
  });

  it('does not take the handler of another model for it, nor one behind a broad one', async () => {
    const body = (handlers: string): string => `try:\n    ${FETCH}\n    event(detector.name)\n${handlers}`;
    for (const handlers of [
      'except AlertRule.DoesNotExist:\n    event("unknown")',
      'except (OSError, AlertRule.DoesNotExist):\n    event("unknown")',
    ])
      expect((await fixed('DNE007', body(handlers))).after).not.toContain('raise ');
  });

  it('finds the handler that waits for it behind those of others', async () => {
    const handlers =
      'except AlertRule.DoesNotExist:\n    event("no rule")\nexcept (KeyError, Detector.DoesNotExist):\n    event("unknown")';
    expect((await fixed('DNE007', trying('', handlers))).after).toBe(task(trying(RAISE, handlers)));
  });

  it('tells a handler that uses the exception what is missing', async () => {
    const handler = 'except Detector.DoesNotExist as error:\n    event(error.args[0])';
    expect((await fixed('DNE007', trying('', handler))).after).toContain(
      'raise Detector.DoesNotExist(f"Detector {detector_id} does not exist")',
    );
  });

  it('is left to what suppresses it', async () => {
    const body = (guard: string): string =>
      `with suppress(KeyError, Detector.DoesNotExist):\n    ${FETCH}\n${guard}    event(detector.name)\nevent("done")`;
    const head = 'from contextlib import suppress\n\n';
    const { after, applied } = await fixed('DNE007', body(''), head);
    expect(after).toContain(body(RAISE).replace(/^(?=.)/gm, '    '));
    expect(applied).toEqual(['safe']);
  });

  it.each([
    ['passes it on', 'except Detector.DoesNotExist:\n    event("gone")\n    raise'],
    ['passes it on by its name', 'except Detector.DoesNotExist as error:\n    raise error'],
    ['reads the row', 'except (Detector.DoesNotExist, KeyError):\n    event("gone", detector.name)'],
    ['reads what comes after it', 'except (Detector.DoesNotExist, KeyError):\n    event("gone", name)'],
    ['goes on with what comes after it', 'except Detector.DoesNotExist:\n    pass\nevent(name)'],
    ['catches all in a variable', 'except MISSING:\n    event("gone")'],
  ])('is not left to a handler that %s', async (_, handler) => {
    const { after } = await fixed('DNE007', trying('', handler, 'name = detector.name'));
    expect(after).not.toContain('raise Detector.DoesNotExist\n');
  });

  it('is left to a handler that sets what comes after it', async () => {
    const handler = 'except Detector.DoesNotExist:\n    name = "nobody"\nevent(name)';
    expect((await fixed('DNE007', trying('', handler, 'name = detector.name'))).after).toContain(
      RAISE.trim().split('\n')[0],
    );
  });
});
