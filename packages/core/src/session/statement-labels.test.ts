import { describe, expect, it } from 'vitest';
import { factsOf } from '../facts/index.ts';
import { parseValid } from '../syntax/index.ts';
import { decode, span } from '../text/index.ts';
import { type FileOf, withStatements } from './statement-labels.ts';

const PATH = 'shop/tasks.py';

function fileOf(text: string): FileOf {
  const decoded = decode(PATH, new TextEncoder().encode(text));
  const syntax = decoded.ok ? parseValid(decoded.file.text) : null;
  if (!decoded.ok || syntax === null) throw new Error('the example does not parse');
  const file = { source: decoded.file, facts: factsOf(syntax, decoded.file) };
  return (path) => (path === PATH ? file : null);
}

/** The first lines that are named beside a finding at `load()`. */
function headsIn(text: string): string[] {
  const at = text.indexOf('load()');
  const own = { path: PATH, span: span(at, at + 'load()'.length) };
  return withStatements(own, [], [own], fileOf(text)).map((label) =>
    text.slice(label.span.start, label.span.end),
  );
}

describe('the statement that an exception ends', () => {
  const CASES: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    'on its own line': ['row = load()\n', []],
    'on a later line': ['record(\n    1,\n    load(),\n)\n', ['record(']],
    'an assignment': ['self.rows = [\n    load()\n]\n', ['self.rows = [']],
    'in the head of a branch': ['if (  # both\n    a\n    and load()\n):\n    pass\n', ['if (  # both']],
    'in its body': ['if a:\n    load()\n', []],
    'inside a nested one': ['with a:\n    b(\n        load()\n    )\n', ['b(']],
    'a default of a parameter': ['def f(\n    a=load(),\n):\n    pass\n', []],
    'with Windows line ends': ['record(\r\n    load(),\r\n)\r\n', ['record(']],
  };
  for (const [name, [text, heads]] of Object.entries(CASES))
    it(`is named: ${name}`, () => expect(headsIn(text)).toEqual(heads));

  it('stands beside the label that it belongs to, and only beside steps of the exception', () => {
    const text = 'record(\n    load(),\n)\nother(\n    1,\n)\n';
    const at = (part: string, message: string) => ({
      path: PATH,
      span: span(text.indexOf(part), text.indexOf(part) + part.length),
      message,
    });
    const own = { path: PATH, span: span(0, 6) };
    const [step, remark] = [at('load()', 'a step'), at('1', 'a remark')];
    const labels = withStatements(own, [step, remark], [own, step], fileOf(text));
    expect(labels.map(({ message }) => message)).toEqual([
      'a step',
      'the exception ends this statement',
      'a remark',
    ]);
  });
});
