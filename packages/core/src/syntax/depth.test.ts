import { beforeAll, describe, expect, it } from 'vitest';
import {
  dottedName,
  enclosingStmts,
  parseModule,
  parseValid,
  parseWithGrammar,
  PythonParser,
  type Stmt,
  walkExpr,
  walkStmts,
} from './index.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await PythonParser.load();
});

const DEEP = 10_000;
const repeat = (text: string, times = DEEP): string => text.repeat(times);

/** Parses with both parsers, walks everything, and gives the statements at the top. */
function walked(source: string): readonly Stmt[] {
  const found = [parseValid(source), parseWithGrammar(parser, source)].map(
    (syntax) => syntax && walkAll(source, syntax.body),
  );
  return found.find((body) => body !== null) ?? [];
}

function walkAll(source: string, body: readonly Stmt[]): readonly Stmt[] {
  walkStmts(body, (stmt) => {
    if (stmt.kind === 'ExprStmt' || stmt.kind === 'Assign') {
      if (stmt.value === null) return;
      walkExpr(stmt.value, () => {});
      dottedName(stmt.value);
    }
  });
  enclosingStmts(body, { start: source.length - 2, end: source.length - 1 });
  return body;
}

describe('nesting that no recursion survives', () => {
  it.each([
    ['brackets', `x = ${repeat('(')}1${repeat(')')}`],
    ['lists', `x = ${repeat('[')}1${repeat(']')}`],
    ['calls', `x = ${repeat('f(')}1${repeat(')')}`],
    ['attributes', `x = a${repeat('.b')}`],
    ['chained calls', `x = a${repeat('.b()')}`],
    ['subscripts', `x = a${repeat('[0]')}`],
    ['sums', `x = a${repeat(' + b')}`],
    ['concatenated strings', `x = ${repeat("'a' ")}`],
    ['or', `x = a${repeat(' or b')}`],
    ['not', `x = ${repeat('not ')}a`],
    ['signs', `x = ${repeat('-')}1`],
    ['powers', `x = a${repeat(' ** b')}`],
    ['comparisons', `x = a${repeat(' < b')}`],
    ['lambdas', `x = ${repeat('lambda: ')}1`],
    ['conditions', `x = ${repeat('a if b else ')}c`],
    ['targets', `${repeat('x = ')}1`],
    ['awaits', `x = ${repeat('await ')}a`],
    ['dicts', `x = ${repeat('{1: ')}1${repeat('}')}`],
    ['comprehensions', `x = ${repeat('[', 3000)}a${repeat(' for a in b]', 3000)}`],
    ['annotations', `x: ${repeat('list[')}int${repeat(']')} = 1`],
    ['unions', `x: a${repeat(' | b')} = 1`],
    ['decorators', `${repeat('@a\n')}def f(): pass`],
    ['branches', `if a: pass\n${repeat('elif b: pass\n')}else: x`],
    ['f-strings', `x = ${repeat("f'{", 30)}1${repeat("}'", 30)}`],
  ])('%s', (_name, source) => {
    const body = walked(`${source}\nlast\n`);
    expect(body.at(-1)?.kind).toBe('ExprStmt');
  });

  it.each([
    ['open brackets', repeat('(')],
    ['branches without a first one', repeat('elif b: pass\n')],
    ['open f-strings', repeat("f'{", 300)],
    ['open strings', repeat(`'''`, 9999)],
    ['handlers without try', repeat('except A: b\n')],
    ['colons', repeat(':')],
  ])('broken: %s', (_name, source) => {
    expect(() => walked(`${source}\nlast\n`)).not.toThrow();
  });

  it('keeps every branch of a long chain', () => {
    const tests = Array.from({ length: 1000 }, (_, i) => `elif a${i}: b${i}`).join('\n');
    const found: string[] = [];
    walkStmts(parseModule(parser, `if a: b\n${tests}\nelse: c\n`).body, (stmt) => {
      if (stmt.kind === 'ExprStmt' && stmt.value.kind === 'Name') found.push(stmt.value.id);
    });
    expect(found.toSorted()).toEqual(
      ['b', 'c', ...Array.from({ length: 1000 }, (_, i) => `b${i}`)].toSorted(),
    );
  });

  it('nests the branches of an ordinary chain', () => {
    const [stmt] = parseModule(parser, 'if a: b\nelif c: d\nelif e: f\nelse: g\n').body;
    const second = stmt?.kind === 'If' ? stmt.orelse[0] : undefined;
    const third = second?.kind === 'If' ? second.orelse[0] : undefined;
    expect([stmt?.kind, second?.kind, third?.kind]).toEqual(['If', 'If', 'If']);
  });

  it('follows blocks as deep as CPython does', () => {
    const lines = Array.from({ length: 99 }, (_, i) => `${' '.repeat(i)}if a:`);
    const found: string[] = [];
    walkStmts(walked(`${lines.join('\n')}\n${' '.repeat(99)}deep()\nlast\n`), (stmt) => {
      if (stmt.kind === 'ExprStmt' && stmt.value.kind === 'Call') found.push('deep');
    });
    expect(found).toEqual(['deep']);
  });

  it.each([
    ['if', (i: number) => `${' '.repeat(i)}if a:`],
    ['def', (i: number) => `${' '.repeat(i)}def f():`],
    ['class', (i: number) => `${' '.repeat(i)}class A:`],
    ['try', (i: number) => `${' '.repeat(i)}try:`],
  ])('gives up on a thousand blocks of %s without an exception', (_name, line) => {
    const lines = Array.from({ length: 1000 }, (_, i) => line(i));
    expect(() => walked(`${lines.join('\n')}\n${' '.repeat(1000)}pass\nlast\n`)).not.toThrow();
  });
});
