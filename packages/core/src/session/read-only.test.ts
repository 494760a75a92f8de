import { describe, expect, it } from 'vitest';
import { NO_FRAMEWORK_OPTIONS } from '../django/index.ts';
import { DEFAULT_FIX_SETTINGS } from '../rule/index.ts';
import { Session } from './session.ts';

const FILES: Readonly<Record<string, string>> = {
  'valid.py': 'from shop.models import Order\n\nOrder.objects.get(pk=1)\n',
  'broken.py': 'def f(a:\n    pass\n',
  'old.py': 'print "a"\n',
  'strict.py': 'if a:\n    f(b=\nc)\n',
};

async function load(readOnly: boolean, paths = Object.keys(FILES)): Promise<Session> {
  const session = await Session.create({
    files: { read: (path) => ({ ok: true, bytes: Buffer.from(FILES[path] ?? '') }) },
    rules: [],
    recipes: new Map(),
    severities: new Map(),
    fix: DEFAULT_FIX_SETTINGS,
    framework: NO_FRAMEWORK_OPTIONS,
    readOnly,
  });
  await session.load(paths);
  return session;
}

describe('a read-only session', () => {
  it('knows the same of every file, valid or not', async () => {
    const [once, live] = [await load(true), await load(false)];
    expect(once.paths()).toHaveLength(4);
    for (const path of once.paths()) expect(once.facts(path)).toEqual(live.facts(path));
    expect(once.facts('broken.py')?.syntaxErrors).toHaveLength(1);
    expect(once.facts('strict.py')?.syntaxErrors).toEqual([]);
  });

  it('refuses updates', async () => {
    const session = await load(true);
    expect(() => session.update('valid.py', null)).toThrow('read-only');
  });
});

describe('what the grammar cannot read', () => {
  it('is counted beside what Python cannot read', async () => {
    const session = await load(false);
    const counts = session
      .paths()
      .map((path) => [path, session.facts(path)?.syntaxErrors.length, session.grammarFaults(path) > 0]);
    expect(counts).toEqual([
      ['broken.py', 1, true],
      ['old.py', 0, false],
      ['strict.py', 0, true],
      ['valid.py', 0, false],
    ]);
  });

  it('is counted anew after an update', async () => {
    const session = await load(false);
    session.update('strict.py', Buffer.from('if a:\n    f(b=c)\n'));
    expect(session.grammarFaults('strict.py')).toBe(0);
  });
});
