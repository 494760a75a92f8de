import { describe, expect, it } from 'vitest';
import type { Analyse, Finding } from '../harness/analysis.ts';
import { checkExample } from './check.ts';
import { type Example, readExamples } from './examples.ts';
import { stripExpectations } from './expectations.ts';
import { applyShownDiff } from './shown-diff.ts';

const FENCE = '```';

/** A page without the four quotes of a template string in the way. */
function page(text: string): string {
  return text.replaceAll("'''", FENCE);
}

/** Reports `a-rule` for each line that has `.get(`, and fixes it to `.first(`. */
const toy: Analyse = async (program) => {
  const findings: Finding[] = [];
  for (const [path, text] of program) {
    for (const [i, line] of text.split('\n').entries()) {
      const column = line.indexOf('.get(') + 1;
      if (column > 0) findings.push(finding(path, i + 1, column));
    }
  }
  const fixed = new Map([...program].map(([path, text]) => [path, text.replaceAll('.get(', '.first(')]));
  return { findings, fix: async () => ({ programs: findings.length === 0 ? [] : [fixed], skipped: [] }) };
};

function finding(path: string, line: number, column: number): Finding {
  const fixes = [{ title: 'Use first', recipe: 'first', applicability: 'safe', why: null }] as const;
  return {
    ruleId: 'a-rule',
    code: 'DNE999',
    severity: 'warning',
    confidence: 'high',
    path,
    line,
    column,
    message: '`X` row may be gone',
    help: null,
    labels: [],
    fixes,
    refusals: [],
  };
}

async function problemsOf(text: string): Promise<readonly string[]> {
  const all = await Promise.all(readExamples(page(text)).map((example) => checkExample(example, toy)));
  return all.flat();
}

function only(text: string): Example {
  const [example, ...others] = readExamples(page(text));
  if (example === undefined || others.length > 0) throw new Error('not exactly one example');
  return example;
}

describe('stripExpectations', () => {
  it('takes trailing announcements off and keeps other comments', () => {
    expect(stripExpectations('a.py', 'x = 1\ny = get()  # dies  # error: [a-rule] "gone"\n')).toEqual({
      text: 'x = 1\ny = get()  # dies\n',
      expectations: [{ kind: 'error', ruleId: 'a-rule', message: 'gone', path: 'a.py', line: 2 }],
    });
  });

  it('reads a comment of its own line as one about the next line of code', () => {
    const { text, expectations } = stripExpectations(
      'a.py',
      '  # warn: [a-rule]\n  # info: [b-rule]\n  x = get()\n',
    );
    expect(text).toBe('  x = get()\n');
    expect(expectations.map(({ ruleId, line }) => [ruleId, line])).toEqual([
      ['a-rule', 1],
      ['b-rule', 1],
    ]);
  });

  it('leaves comments alone that only look alike', () => {
    const text = 'x = 1  # error: see ticket [12]\n# info: [A Rule] is no name\n';
    expect(stripExpectations('a.py', text)).toEqual({ text, expectations: [] });
  });
});

describe('readExamples', () => {
  it('makes one program of a section, with paths and shared files', () => {
    const { program, role, name } = only(`
# a-rule
'''python shared
'''
## Example
In \`models.py\`:

'''python shared
class X: ...
'''
Called from \`app/tasks.py\`:
'''python
X.get()  # warn: [a-rule]
'''
'''sh
danglint check
'''
`);
    expect([...program]).toEqual([
      ['app/tasks.py', 'X.get()\n'],
      ['models.py', 'class X: ...\n'],
    ]);
    expect([role, name]).toEqual(['flagged', 'Example']);
  });

  it('parts programs by headings, and knows where it stands', () => {
    const examples = readExamples(
      page(
        "# a\n## Example\n### One\n'''python\na\n'''\n### Two\n'''python\nb\n'''\n## Use instead\n'''python\nc\n'''\n",
      ),
    );
    expect(examples.map(({ name, role }) => [name, role])).toEqual([
      ['Example / One', 'flagged'],
      ['Example / Two', 'flagged'],
      ['Use instead', 'silent'],
    ]);
  });

  it('knows no heading inside a block', () => {
    expect(only("# a\n'''python\n# Not a heading\nx = 1\n'''\n").program.get('example.py')).toBe(
      '# Not a heading\nx = 1\n',
    );
  });

  it.each([
    ["# a\n'''python\nx\n", /line 2: this block is never closed/],
    ["# a\n'''python\nx\n'''\n'''python\ny\n'''\n", /second `example.py`/],
    ["# a\n'''python fix=safe\nx\n'''\n", /no flagged example/],
    ["# a\n'''python\nX.get()  # warn: [a-rule]\n'''\n'''python fix=maybe\nx\n'''\n", /`safe` or `unsafe`/],
  ])('refuses a page that breaks the rules: %j', (text, message) => {
    expect(() => readExamples(page(text))).toThrow(message);
  });
});

describe('checkExample', () => {
  it('accepts what agrees, and a fix shown in full or as a diff', async () => {
    expect(
      await problemsOf(`
# a-rule
## Example
'''python
def f():
    return X.get()  # warn: [a-rule] "may be gone"
'''
## Use instead
'''python fix=safe
def f():
    return X.first()
'''
'''diff fix=safe
-    return X.get()
+    return X.first()
'''
`),
    ).toEqual([]);
  });

  it('names what is missing, not announced, or of another severity', async () => {
    const text =
      "# a\n'''python\nX.get()\nx = 1  # error: [a-rule]\nY.get()  # error: [a-rule] \"lost\"\n'''\n";
    expect(await problemsOf(text)).toEqual([
      'example.py:2: announced error [a-rule], but nothing is reported',
      'example.py:3:2: announced error, but the severity is warning',
      'example.py:3:2: the message lacks "lost": `X` row may be gone',
      'example.py:1:2: not announced: warning [a-rule] "`X` row may be gone"',
    ]);
  });

  it('holds sections to their headings', async () => {
    expect(await problemsOf("# a\n## Example\n'''python\nx = 1\n'''\n")).toEqual([
      'stands under "Example" but announces no finding',
    ]);
    expect(await problemsOf("# a\n## Use instead\n'''python\nX.get()  # warn: [a-rule]\n'''\n")).toEqual([
      'stands under "Use instead" but announces a finding',
    ]);
  });

  it('keeps known misses and known noise honest', async () => {
    expect(
      await problemsOf("# a\n'''python\nx = get()  # miss: [a-rule]\nX.get()  # noise: [a-rule]\n'''\n"),
    ).toEqual([]);
    expect(await problemsOf("# a\n'''python\nX.get()  # miss: [a-rule]\n'''\n")).toEqual([
      'example.py:1:2: no longer missed: announce it as a finding',
    ]);
  });

  it('shows how a fix differs, and that unsafe was not needed', async () => {
    const text = "# a\n'''python\nX.get()  # warn: [a-rule]\n'''\n'''python fix=unsafe\nX.last()\n'''\n";
    expect(await problemsOf(text)).toEqual([
      'line 6: the fix of example.py gives another text\n  --- shown\n  | X.last()\n  | \n  --- given\n  | X.first()\n  | ',
      'announced as unsafe, but safe fixes change this program already',
    ]);
  });

  it('lints the fixed program, announcements in the fix block included', async () => {
    const never: Analyse = async (program) => ({
      ...(await toy(program)),
      fix: async () => ({ programs: [program], skipped: [] }),
    });
    const example = only(
      "# a\n'''python\nX.get()  # warn: [a-rule]\n'''\n'''python fix=safe\nX.get()\n'''\n",
    );
    expect(await checkExample(example, never)).toEqual([
      'after the fix: example.py:1:2: not announced: warning [a-rule] "`X` row may be gone"',
    ]);
    const announced = only(
      "# a\n'''python\nX.get()  # warn: [a-rule]\n'''\n'''python fix=safe\nX.get()  # warn: [a-rule]\n'''\n",
    );
    expect(await checkExample(announced, never)).toEqual([]);
  });
});

describe('applyShownDiff', () => {
  it('applies several hunks', () => {
    const diff = '-a\n+A\n@@\n c\n-d\n';
    expect(applyShownDiff('a\nb\nc\nd\n', diff)).toEqual({ ok: true, text: 'A\nb\nc\n' });
  });

  it('refuses a hunk that fits no place or several', () => {
    expect(applyShownDiff('a\na\n', '-a\n+b\n')).toMatchObject({ ok: false });
    expect(applyShownDiff('a\n', '-x\n')).toMatchObject({ ok: false });
  });
});
