import { describe, expect, test } from 'vitest';
import type { Comment } from '../syntax/index.ts';
import type { Report } from '../rule/index.ts';
import { decode, LineIndex, offset, span } from '../text/index.ts';
import { unknownDirectives } from './directive.ts';
import { applySuppressions } from './suppress-apply.ts';
import { parseSuppressions, suppressedBy } from './suppress.ts';
import { unknownCodes, unusedIgnores } from './suppress-unused.ts';

/** Comments of a text without strings that hold `#`. */
function comments(text: string): Comment[] {
  return [...text.matchAll(/#[^\n]*/g)].map((found) => ({
    text: found[0],
    start: offset(found.index),
    end: offset(found.index + found[0].length),
    ownLine: /(^|\n)[ \t]*$/.test(text.slice(0, found.index)),
  }));
}

/** Rows (1-based) of the `get(` calls that stay findings. */
function left(text: string, code = 'DNE001', ruleId = 'unhandled-lookup'): number[] {
  const lines = new LineIndex(text);
  const suppressions = parseSuppressions(comments(text), lines);
  return [...text.matchAll(/get\([^)]*\)/g)]
    .map((found) => ({ code, ruleId, span: span(found.index, found.index + found[0].length) }))
    .filter((report) => suppressedBy(suppressions, report, lines) === null)
    .map((report) => lines.lineOf(report.span.start));
}

describe('at the end of a line', () => {
  test.each([
    ['# danglint: ignore[DNE001]', []],
    ['# danglint: ignore[dne001] it is there', []],
    ['# danglint: ignore[unhandled-lookup]', []],
    ['# danglint: ignore[DNE101, DNE001]', []],
    ['# danglint: ignore', []],
    ['# type: ignore # danglint: ignore[DNE001]', []],
    ['# noqa: DNE001', []],
    ['# noqa: E501,DNE001', []],
    ['# noqa: unhandled-lookup', []],
    ['# noqa: E501, unhandled-lookup it is there', []],
    ['# noqa: task-argument-lookup', [1]],
    ['# noqa: a well-known case', [1]],
    ['# NOQA:DNE001 with a reason', []],
    ['# noqa', []],
    ['# noqa because', []],
    ['# danglint: ignore[DNE101]', [1]],
    ['# danglint: ignore[]', [1]],
    ['# noqa: E501', [1]],
    ['# noqa: see the ticket', [1]],
    ['# danglint: file-ignore[DNE001]', [1]],
    ['# danglint: disable[DNE001]', [1]],
    ['# a danglint: ignore[DNE001]', [1]],
    ['# danglint: ignore[DNE0]', []],
    ['# danglint: ignore[DNE] all of ours', []],
    ['# danglint: ignore[ALL]', []],
    ['# danglint: ignore[DNE1]', [1]],
    ['# danglint: ignore[D]', [1]],
    ['# danglint: ignore why it is there', []],
    ['# danglint: ignore(DNE101)', [1]],
    ['# danglint: ignore (DNE101)', [1]],
    ['# danglint: ignore DNE101', [1]],
    ['# danglint: ignore task-argument-lookup', [1]],
    ['# danglint: ignore=DNE101', [1]],
    ['# danglint: ignore: DNE101', [1]],
    ['# danglint: ignore[DNE001', [1]],
    ['# danglint: ignore-line[DNE001]', [1]],
    ['# danglint: noqa-file', [1]],
    ['# danglint: noqa(DNE101)', [1]],
    ['# noqaDNE001', [1]],
  ])('%s', (comment, expected) => {
    expect(left(`x = A.objects.get(id=1)  ${comment}\n`)).toEqual(expected);
  });

  test('on the first or the last line of a finding, not between', () => {
    expect(left('get(  # danglint: ignore[DNE001]\n  id=1,\n)\n')).toEqual([]);
    expect(left('get(\n  id=1,\n)  # danglint: ignore[DNE001]\n')).toEqual([]);
    expect(left('get(\n  id=1,  # danglint: ignore[DNE001]\n)\n')).toEqual([1]);
  });

  test('does not reach the next line', () => {
    expect(left('get(1)  # danglint: ignore[DNE001]\nget(2)\n')).toEqual([2]);
  });
});

describe('on a line of its own', () => {
  test('reaches the next logical line, all of it and no more', () => {
    const text = '# danglint: ignore[DNE001]\n\n# why\nx = f(\n  "a ( \' b",\n  get(1),\n)\nget(2)\n';
    expect(left(text)).toEqual([8]);
  });

  test('follows backslashes and strings over several lines', () => {
    expect(left('# danglint: ignore[DNE001]\nx = """\n)\n""" + \\\n  get(1)\nget(2)\n')).toEqual([6]);
    expect(left('# danglint: ignore[DNE001]\r\nx = 1 + \\\r\n  get(1)\r\nget(2)\r\n')).toEqual([4]);
  });

  test('inside brackets it reaches the next line', () => {
    expect(left('f(\n  # danglint: ignore[DNE001]\n  get(1),\n  get(2),\n)\n')).toEqual([4]);
  });

  test('covers the head of a block, not its body', () => {
    expect(left('# danglint: ignore[DNE001]\nif get(1):\n  get(2)\n')).toEqual([3]);
  });

  test('at the end of the file it does nothing', () => {
    expect(left('get(1)\n# danglint: ignore[DNE001]\n')).toEqual([1]);
  });
});

describe('for more than a line', () => {
  test('file-ignore and danglint: noqa, anywhere in the file', () => {
    expect(left('get(1)\n# danglint: file-ignore[DNE001] generated\nget(2)\n')).toEqual([]);
    expect(left('get(1)\n# danglint: noqa\n')).toEqual([]);
    expect(left('get(1)\n# danglint: noqa: DNE101\n')).toEqual([1]);
  });

  test('disable to enable, or to the end', () => {
    const text = 'get(1)\n# danglint: disable[DNE001]\nget(2)\n# danglint: enable[DNE001]\nget(3)\n';
    expect(left(text)).toEqual([1, 5]);
    expect(left('get(1)\n# danglint: disable[DNE001]\nget(2)\nget(3)\n')).toEqual([1]);
  });

  test('each code of a disable ends on its own; a bare enable ends all', () => {
    const head = '# danglint: disable[DNE001, DNE101]\nget(1)\n';
    expect(left(`${head}# danglint: enable[DNE101]\nget(2)\n`)).toEqual([]);
    expect(left(`${head}# danglint: enable\nget(2)\n`)).toEqual([4]);
  });
});

describe('comments that do nothing (DNE900)', () => {
  function cleaned(text: string, hits: readonly string[]): string {
    const lines = new LineIndex(text);
    const suppressions = parseSuppressions(comments(text), lines);
    const at = text.indexOf('get(');
    const matches = hits
      .map((code) => suppressedBy(suppressions, { code, ruleId: code, span: span(at, at + 5) }, lines))
      .filter((match) => match !== null);
    const ours = (code: string | null): boolean => code === null || code.startsWith('DNE');
    const unused = unusedIgnores(suppressions, matches, ours, lines);
    let result = text;
    for (const { edit } of unused.toReversed()) {
      result = result.slice(0, edit.start) + edit.text + result.slice(edit.end);
    }
    return result;
  }

  test.each([
    ['get(1)  # danglint: ignore[DNE001] why\nx\n', [], 'get(1)\nx\n'],
    ['get(1)  # danglint: ignore[DNE001]\n', ['DNE001'], 'get(1)  # danglint: ignore[DNE001]\n'],
    [
      'get(1)  # danglint: ignore[DNE001, DNE101] why\n',
      ['DNE101'],
      'get(1)  # danglint: ignore[DNE101] why\n',
    ],
    ['get(1)  # noqa: E501, DNE001\n', [], 'get(1)  # noqa: E501\n'],
    ['get(1)  # noqa\n', [], 'get(1)  # noqa\n'],
    ['get(1)  # noqa: E501\n', [], 'get(1)  # noqa: E501\n'],
    ['if x:\n  # danglint: ignore[DNE001]\n  get(1)\n', [], 'if x:\n  get(1)\n'],
    ['get(1)  # danglint: ignore[DNE001] # type: ignore\n', [], 'get(1) # type: ignore\n'],
    ['# danglint: disable[DNE001, DNE101]\nget(1)\n', ['DNE101'], '# danglint: disable[DNE101]\nget(1)\n'],
    ['# danglint: disable[DNE001, DNE101]\nget(1)\n', [], 'get(1)\n'],
    ['get(1)  # danglint: ignore[DNE0, DNE1]\n', ['DNE101'], 'get(1)  # danglint: ignore[DNE1]\n'],
  ])('%j with findings %j', (text, hits, expected) => {
    expect(cleaned(text, hits)).toBe(expected);
  });
});

describe('comments of no known form', () => {
  const CODE = '[DNE101]';
  const above = 'on a line of its own above';
  const own = 'on a line of its own';
  const here = 'at the end of the line, or above it';

  test.each([
    ['disable-next-line[DNE101]', `ignore${CODE}`, above],
    ['ignore-next DNE101, DNE001', 'ignore[DNE101, DNE001]', above],
    ['disable=DNE101', `disable${CODE}`, own],
    ['disable DNE101', `disable${CODE}`, own],
    ['disable(DNE101)', `disable${CODE}`, own],
    ['enable: DNE101', `enable${CODE}`, own],
    ['noqa-file', 'file-ignore[CODE]', own],
    ['skip-file', 'file-ignore[CODE]', own],
    ['file-ignore(DNE101)', `file-ignore${CODE}`, own],
    ['noqa: see the ticket', 'ignore[CODE]', here],
    ['nolint', 'ignore[CODE]', here],
    ['ignore[DNE101', `ignore${CODE}`, here],
  ])('# danglint: %s', (directive, form, where) => {
    const text = `get(1)\n# danglint: ${directive}\nget(2)\nget(3)\n`;
    expect(left(text)).toEqual([1, 3, 4]);
    expect(unknownDirectives(comments(text)).map(({ right }) => right)).toEqual([
      `\`# danglint: ${form}\` ${where}`,
    ]);
  });

  test('at the end of a line, what has a line of its own', () => {
    const text = 'get(1)  # danglint: disable[DNE001]\nget(2)  # danglint: file-ignore[DNE001]\n';
    expect(left(text)).toEqual([1, 2]);
    expect(unknownDirectives(comments(text)).map(({ right }) => right)).toEqual([
      `\`# danglint: ignore[DNE001]\` ${here}`,
      `\`# danglint: file-ignore[DNE001]\` ${own}`,
    ]);
  });

  test('words about danglint, and comments of other tools, are none', () => {
    const text =
      '# danglint is a linter\n# noqa-file\n# pylint: disable=no-member\n# see danglint: it knows\n';
    expect(unknownDirectives(comments(text))).toEqual([]);
  });
});

test('a comment for a rule that says the same of the place holds, after those that name the finding itself', () => {
  const text =
    'get(1)  # danglint: ignore[DNE001] # danglint: ignore[DNE101]\nget(2)  # danglint: ignore[DNE001]\n';
  const lines = new LineIndex(text);
  const list = parseSuppressions(comments(text), lines);
  const at = (from: number): string | undefined =>
    suppressedBy(
      list,
      {
        code: 'DNE101',
        ruleId: 'task-argument-lookup',
        span: span(from, from + 6),
        also: () => [{ code: 'DNE001', ruleId: 'unhandled-lookup' }],
      },
      lines,
    )?.code?.text;
  expect([at(0), at(text.lastIndexOf('get('))]).toEqual(['DNE101', 'DNE001']);
});

test('codes that no rule has (DNE903)', () => {
  const text = 'a  # danglint: ignore[DNE999, DNE001]\nb  # noqa: E501, DNE998\n';
  const suppressions = parseSuppressions(comments(text), new LineIndex(text));
  expect(unknownCodes(suppressions, (code) => code === 'DNE001').map(({ text }) => text)).toEqual([
    'DNE999',
    'DNE998',
  ]);
});

test('applied to reports: the quiet ones go, and what kept them quiet is told', () => {
  const text = 'get(1)  # danglint: ignore[DNE001]\nget(2)\n';
  const decoded = decode('a.py', Buffer.from(text));
  const source = decoded.ok ? decoded.file : null;
  const report = (at: number, path = 'a.py'): Report => ({
    ruleId: 'unhandled-lookup',
    code: 'DNE001',
    severity: 'warning',
    confidence: 'high',
    path,
    span: span(at, at + 6),
    message: '',
    labels: [],
    help: null,
    function: null,
    judgement: null,
    fixes: () => [],
    refusals: () => [],
  });
  const first = report(0);
  const second = report(text.lastIndexOf('get'));
  const elsewhere = report(0, 'gone.py');
  const { kept, matches } = applySuppressions([first, second, elsewhere], (path) =>
    path === 'a.py' && source !== null ? { source, facts: { comments: comments(text) } } : null,
  );
  expect(kept).toEqual([second, elsewhere]);
  expect(matches.get('a.py')?.map(({ code }) => code?.text)).toEqual(['DNE001']);
});
