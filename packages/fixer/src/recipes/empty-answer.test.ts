import { describe, expect, it } from 'vitest';
import { HELPER, make, type Made, OPTIONAL, TASK } from '../testing/program.ts';

const code = (body: string, signature = 'def run(pk, key)'): string => `from app.models import Detector


${signature}:
    if not pk:
        ${body}
`;

function after(made: Made): string {
  if ('refused' in made) throw new Error(made.refused);
  return made.after;
}

describe('a helper that says itself that there is nothing', () => {
  const CHECK = code(
    'return False\n    detector = Detector.objects.get(pk=pk)\n    return detector.name == key',
  );

  it('returns False where it tells whether something is so', async () => {
    const made = await make('skip', CHECK, HELPER);
    expect(after(made)).toContain(`
    detector = Detector.objects.filter(pk=pk).first()
    if detector is None:
        return False
    return detector.name == key
`);
    expect(made).toMatchObject({
      applicability: 'unsafe',
      title: 'Return False when the Detector is missing',
      why: 'callers of `run` would take `False` for its answer',
    });
  });

  it('keeps what its annotation says', async () => {
    const typed = code(
      'return check(key)\n    return Detector.objects.get(pk=pk).name == key',
      'def run(pk, key) -> bool',
    );
    expect(after(await make('skip', typed, HELPER))).toContain('def run(pk, key) -> bool:');
    expect(after(await make('skip', typed, HELPER))).toContain(
      '        return False\n    return detector.name == key',
    );
  });

  it('returns the empty list that it returns elsewhere', async () => {
    const list = code('return []\n    return list(Detector.objects.get(pk=pk).rules.all())');
    expect(after(await make('skip', list, HELPER))).toContain('        return []\n    return list(detector.');
  });

  it('returns None where it does so already, or says no word of its own', async () => {
    const mixed = code(
      'return []\n    if not key:\n        return {}\n    return Detector.objects.get(pk=pk).rules',
    );
    expect(after(await make('skip', mixed, HELPER))).toContain('return None');
    const named = code('return None\n    return Detector.objects.get(pk=pk).name == key');
    expect(after(await make('skip', named, OPTIONAL))).not.toContain('False');
    expect(after(await make('skip', CHECK, TASK))).toContain('return None');
  });
});
