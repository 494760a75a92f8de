import { beforeAll, describe, expect, it } from 'vitest';
import { grammarReadsChanges, parseModule, type Parsed, PythonParser } from './index.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await PythonParser.load();
});

const parsed = (text: string): Parsed => ({ text, body: parseModule(parser, text).body });

const text = (line: string, other = 'pass'): string =>
  `import a\n\nclass A(B):\n    x = 1\n\n    @b\n    def f(self):\n        ${line}\n\ndef g():\n    ${other}\n`;

describe('what the grammar says of a change', () => {
  it.each([
    ['nothing changed', text('pass'), text('pass')],
    ['a line of a method', text('pass'), text('return [a for a in b]')],
    ['a function that moved', text('pass'), `\n\n${text('pass')}`],
    ['another function that it cannot read', text('pass', 'x = )'), text('y = 1', 'x = )')],
    ['a new import', text('pass'), `import c\n${text('pass')}`],
  ])('reads %s', (_what, before, after) => {
    expect(grammarReadsChanges(parser, parsed(before), parsed(after))).toBe(true);
  });

  it.each([
    ['a method', text('pass'), text('x = = 1')],
    ['a function', text('pass'), text('pass', 'x = )')],
    ['the head of a class', text('pass'), text('pass').replace('A(B)', 'A(C)')],
  ])('is not sure of %s', (_what, before, after) => {
    expect(grammarReadsChanges(parser, parsed(before), parsed(after))).toBe(false);
  });
});
