import { beforeAll, describe, expect, it } from 'vitest';
import { PythonParser } from './index.ts';
import type { FlatTree } from './tree.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await PythonParser.load();
});

/** Preorder walk by `children`, with depth. */
function* walk(tree: FlatTree, node = 0): Generator<number> {
  yield node;
  for (const child of tree.children(node)) yield* walk(tree, child);
}

describe('FlatTree', () => {
  it('numbers nodes in source order, each one the child of exactly one other', () => {
    const tree = parser.parse('def f(a, b=1):\n    return [x for x in a if x]  # c\n');
    expect([...walk(tree)]).toEqual(Array.from({ length: tree.size }, (_, i) => i));
  });

  it('finds children by field, not those further down', () => {
    const text = 'f(g(x), k=h(y))\n';
    const tree = parser.parse(text);
    const call = [...walk(tree)].find((node) => tree.kind(node) === 'call') ?? -1;
    const of = (node: number): string => text.slice(tree.start(node), tree.end(node));
    expect(of(tree.field(call, 'function'))).toBe('f');
    expect(of(tree.field(call, 'arguments'))).toBe('(g(x), k=h(y))');
    expect(tree.field(call, 'name')).toBe(-1);
    expect(tree.fieldOf(call)).toBe('');
  });

  it('leaves tokens and comments out of the named children', () => {
    const tree = parser.parse('f(a,  # why\n  b)\n');
    const list = [...walk(tree)].find((node) => tree.kind(node) === 'argument_list') ?? -1;
    expect(tree.named(list).map((node) => tree.kind(node))).toEqual(['identifier', 'identifier']);
    expect(tree.children(list).map((node) => tree.kind(node))).toEqual([
      "'(",
      'identifier',
      "',",
      'comment',
      'identifier',
      "')",
    ]);
    expect(tree.hasToken(list, "',")).toBe(true);
    expect(tree.hasToken(list, "'=")).toBe(false);
  });

  it('counts UTF-16 units, also behind characters of two', () => {
    const text = `a = '😀é名'; b = c\n`;
    const tree = parser.parse(text);
    const names = [...walk(tree)].filter((node) => tree.kind(node) === 'identifier');
    expect(names.map((node) => text.slice(tree.start(node), tree.end(node)))).toEqual(['a', 'b', 'c']);
    expect(tree.end(0)).toBe(text.length);
  });

  it('knows broken stretches and missing tokens', () => {
    const broken = parser.parse('x = = 1\n');
    expect([broken.hasError, [...walk(broken)].some((node) => broken.kind(node) === 'ERROR')]).toEqual([
      true,
      true,
    ]);
    const missing = parser.parse('for x in:\n    pass\n');
    expect(missing.missing.map((node) => missing.kind(node))).toEqual(['identifier']);
    const fine = parser.parse('x = 1\n');
    expect([fine.hasError, fine.missing]).toEqual([false, []]);
  });

  it('answers for no node as for an empty one', () => {
    const tree = parser.parse('x\n');
    expect([tree.children(-1), tree.named(-1), tree.kind(-1), tree.start(-1)]).toEqual([[], [], 'ERROR', 0]);
  });

  it('leaves nothing behind in the memory of the parser', () => {
    const text = 'def f(a):\n    return M.objects.get(id=a)\n'.repeat(700);
    const wasm = (): number => {
      const { external, arrayBuffers } = process.memoryUsage();
      return external - arrayBuffers;
    };
    for (let i = 0; i < 3; i++) parser.parse(text);
    const before = wasm();
    for (let i = 0; i < 40; i++) parser.parse(text);
    expect(wasm() - before).toBeLessThan(4 * 1024 * 1024);
  });
});
