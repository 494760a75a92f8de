import { stripVTControlCharacters } from 'node:util';
import { span } from '@danglint/core';
import { describe, expect, test } from 'vitest';
import { colors } from './colors.ts';
import { full } from './full.ts';
import { CONTEXT, fixOf, labelOn, reportOn, sample } from './sample.ts';

const TASKS = `from celery import shared_task


@shared_task
def process(detector_id):
    detector = Detector.objects.get(id=detector_id)
    detector.run()
`;
const GET = 'Detector.objects.get(id=detector_id)';

test('headline, place, code, the path, help, the fix as a diff, and why it is unsafe', () => {
  const views = 'def view(request):\n    process(request.pk)\n';
  const fix = fixOf(
    TASKS,
    `${GET}\n`,
    'Detector.objects.filter(id=detector_id).first()\n    if detector is None:\n        return\n',
    { applicability: 'unsafe', why: 'a caller uses the result' },
  );
  const report = reportOn(TASKS, GET, {
    labels: [
      labelOn('tasks.py', TASKS, 'detector_id', 'the key is argument `detector_id`'),
      labelOn('views.py', views, 'process(request.pk)', '`view` calls `process`'),
    ],
    help: 'answer the missing row here',
    fixes: () => [fix],
  });
  expect(full(sample({ 'tasks.py': TASKS, 'views.py': views }, [report]), CONTEXT)).toBe(`\
DNE101 \`Detector\` row may be gone when the task runs
 --> tasks.py:6:16
  |
4 | @shared_task
5 | def process(detector_id):
  |             ----------- the key is argument \`detector_id\`
6 |     detector = Detector.objects.get(id=detector_id)
  |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
7 |     detector.run()
  |
 ::: views.py:2:5
  |
2 |     process(request.pk)
  |     ------------------- \`view\` calls \`process\`
  |
help: answer the missing row here
help: Skip when the Detector is missing
  |
4 | @shared_task
5 | def process(detector_id):
  -     detector = Detector.objects.get(id=detector_id)
6 +     detector = Detector.objects.filter(id=detector_id).first()
7 +     if detector is None:
8 +         return
9 |     detector.run()
  |
note: This is an unsafe fix: a caller uses the result

`);
});

/** The finding without its fix, one file. */
function shown(text: string, at: string, width = 100): string {
  return full(sample({ 'tasks.py': text }, [reportOn(text, at)]), { ...CONTEXT, width });
}

/** The flagged line and the underline below it. */
function underlined(text: string, at: string, width = 100): readonly string[] {
  const lines = shown(text, at, width).split('\n');
  const under = lines.findIndex((line) => line.includes('^'));
  return lines.slice(under - 1, under + 1);
}

describe('the underline stands below the code', () => {
  test('after tabs', () => {
    expect(underlined('if x:\n\tA.get(1)\n', 'A.get(1)')).toEqual(['2 |     A.get(1)', '  |     ^^^^^^^^']);
  });

  test('after wide and combining characters', () => {
    expect(underlined('x = "日本e\u0301", A.get(1)\n', 'A.get(1)')).toEqual([
      '1 | x = "日本e\u0301", A.get(1)',
      '  |              ^^^^^^^^',
    ]);
  });

  test('in a very long line, which is cut around the finding', () => {
    const text = `x = [${'"aaaaaaaa", '.repeat(60)}A.get(1), ${'"bbbbbbbb", '.repeat(60)}]\n`;
    const [code = '', under = ''] = underlined(text, 'A.get(1)', 80);
    expect(code.length).toBeLessThanOrEqual(80);
    expect(code.slice(under.indexOf('^'), under.lastIndexOf('^') + 1)).toBe('A.get(1)');
    expect(code).toMatch(/^1 \| ….*…$/);
  });

  test('of a whole statement over several lines', () => {
    expect(shown('x = 1\nA.get(\n  id=1,\n)\ny = 2\n', 'A.get(\n  id=1,\n)')).toContain(`
1 |   x = 1
2 | / A.get(
3 | |   id=1,
4 | | )
  | |_^
5 |   y = 2
`);
  });

  test('of several lines that start after other code', () => {
    expect(shown('x = A.get(\n  id=1,\n)\n', 'A.get(\n  id=1,\n)')).toContain(`
1 |   x = A.get(
  |  _____^
2 | |   id=1,
3 | | )
  | |_^
`);
  });

  test('a tall one is cut in the middle', () => {
    const call = `A.get(\n${'  x,\n'.repeat(30)})`;
    const lines = shown(`${call}\n`, call).split('\n');
    expect(lines).toContain('...');
    expect(lines.length).toBeLessThan(15);
  });

  test('at the very end of a file without a newline', () => {
    expect(underlined('x = A.get(1)', 'A.get(1)')).toEqual(['1 | x = A.get(1)', '  |     ^^^^^^^^']);
  });

  test('of nothing: an empty file', () => {
    expect(underlined('', '')).toEqual(['1 |', '  | ^']);
  });
});

test('code cannot control the terminal', () => {
  const out = shown('x = "\u001b[31m\u202e\u0007"; A.get(1)\n', 'A.get(1)');
  expect(['\u001b', '\u202e', '\u0007'].filter((char) => out.includes(char))).toEqual([]);
  expect(out).toContain('␛[31m');
});

test('a finding without a readable file has a place and no frame', () => {
  const report = reportOn('', '', { path: 'gone.py', code: 'DNE901', message: 'no such file or directory' });
  expect(full(sample({}, [report]), CONTEXT)).toBe('DNE901 no such file or directory\n --> gone.py:1:1\n\n');
});

test('says why there is no fix', () => {
  const report = reportOn(TASKS, GET, {
    refusals: () => [{ recipe: 'first', reason: 'the result is chained' }],
  });
  expect(full(sample({ 'tasks.py': TASKS }, [report]), CONTEXT)).toContain(
    'note: no automatic fix: the result is chained',
  );
});

test('the star stands only where this run would fix', () => {
  const unsafe = reportOn(TASKS, GET, {
    fixes: () => [fixOf(TASKS, GET, 'None', { applicability: 'unsafe', why: 'x' })],
  });
  const star = (unsafeFixes: boolean): boolean =>
    full(sample({ 'tasks.py': TASKS }, [unsafe], unsafeFixes), CONTEXT).startsWith('DNE101 [*]');
  expect([star(false), star(true)]).toEqual([false, true]);
});

test('of several fixes a safe one is shown', () => {
  const report = reportOn(TASKS, GET, {
    fixes: () => [
      fixOf(TASKS, GET, 'best()', { applicability: 'unsafe', why: 'x', title: 'Best' }),
      fixOf(TASKS, GET, 'second()', { title: 'Second' }),
    ],
  });
  expect(full(sample({ 'tasks.py': TASKS }, [report]), CONTEXT)).toContain('help: Second');
  expect(full(sample({ 'tasks.py': TASKS }, [report], true), CONTEXT)).toContain('help: Second');
});

test('what is less than an error says so in words', () => {
  const text = (severity: 'error' | 'warning' | 'info'): string =>
    full(sample({ 'tasks.py': TASKS }, [reportOn(TASKS, GET, { severity })]), CONTEXT);
  expect(text('warning')).toContain('\nseverity: warning\n');
  expect(text('info')).toContain('\nseverity: info\n');
  expect(text('error')).not.toContain('severity');
});

test('colour follows the severity and leaves the text as it is', () => {
  const findings = sample({ 'tasks.py': TASKS }, [reportOn(TASKS, GET, { severity: 'warning' })]);
  const plain = full(findings, CONTEXT);
  const painted = full(findings, { ...CONTEXT, colors: colors(true) });
  expect(painted).toContain('\u001b[33mDNE101');
  expect(stripVTControlCharacters(painted)).toBe(plain);
});

test('edits of one fix far from each other are shown as two hunks, numbered as after the fix', () => {
  const text = `import a\n${'x\n'.repeat(20)}A.get(1)\n`;
  const fix = fixOf(text, 'A.get(1)', 'A.first()', {
    edits: [
      { ...span(9, 9), text: 'import b\n' },
      { ...reportOn(text, 'A.get(1)').span, text: 'A.first()' },
    ],
  });
  const out = full(
    sample({ 'tasks.py': text }, [reportOn(text, 'A.get(1)', { fixes: () => [fix] })]),
    CONTEXT,
  );
  expect(out).toContain(' 2 + import b\n');
  expect(out).toContain('23 + A.first()\n');
  expect(out).toContain('\n...\n');
});
