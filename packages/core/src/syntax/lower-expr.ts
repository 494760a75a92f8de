import { type Span, span } from '../text/index.ts';
import type { Expr, Name } from './expr.ts';
import { lowerAnnotation } from './lower-annotation.ts';
import { lowerArgs, lowerCall } from './lower-call.ts';
import { isComprehension, lowerComprehension } from './lower-comprehension.ts';
import { lowerLambda } from './lower-params.ts';
import { lowerOperator } from './lower-operator.ts';
import { lowerString } from './lower-string.ts';
import type { FlatTree } from './tree.ts';

/** Deepest nesting that is followed; what lies below is taken as an expression without parts. CPython stops far earlier. */
const MAX_DEPTH = 800;

/** Kinds that may wrongly have a star inside at their start. */
const POSTFIXED: ReadonlySet<string> = new Set(['call', 'attribute', 'subscript', 'binary_operator']);

/** Turns the expressions of one tree into `Expr`s. */
export class ExprLowering {
  readonly tree: FlatTree;
  readonly text: string;
  #depth = 0;
  /** Set when a `yield` was seen since it was last cleared: the enclosing function is a generator. */
  sawYield = false;
  /** Where expressions that the grammar starts in the wrong place begin: its offset -> the right one. */
  readonly #moved = new Map<number, number>();

  constructor(tree: FlatTree, text: string) {
    this.tree = tree;
    this.text = text;
  }

  spanOf(node: number): Span {
    const start = this.tree.start(node);
    return span(this.#moved.get(start) ?? start, this.tree.end(node));
  }

  textOf(node: number): string {
    return this.text.slice(this.tree.start(node), this.tree.end(node));
  }

  /** The expression at a node; -1 (no node) gives an empty one. */
  expr(node: number): Expr {
    if (node < 0) return { kind: 'Other', ...span(0, 0), children: [] };
    if (this.#depth > MAX_DEPTH) return { kind: 'Other', ...this.spanOf(node), children: [] };
    this.#depth++;
    try {
      return this.#lower(node);
    } finally {
      this.#depth--;
    }
  }

  optional(node: number): Expr | null {
    return node < 0 ? null : this.expr(node);
  }

  exprs(nodes: readonly number[]): Expr[] {
    return nodes.map((node) => this.expr(node));
  }

  /** The first named child of a node. */
  first(node: number): Expr {
    return this.expr(this.tree.named(node)[0] ?? -1);
  }

  field(node: number, name: string): Expr {
    return this.expr(this.tree.field(node, name));
  }

  name(node: number): Name {
    return { kind: 'Name', ...this.spanOf(node), id: this.textOf(node) };
  }

  /**
   * Expressions in `parent` with commas between them and no brackets around: one stands for itself, unless a comma or a star
   * makes it a tuple.
   */
  listed(nodes: readonly number[], parent: number): Expr {
    const { tree } = this;
    const elts = this.exprs(nodes);
    const [from, to] = [nodes[0] ?? parent, nodes.at(-1) ?? parent];
    const comma = tree
      .children(parent)
      .find((child) => tree.kind(child) === "'," && tree.start(child) >= tree.end(to));
    const only = elts[0];
    if (only !== undefined && elts.length === 1 && comma === undefined && only.kind !== 'Starred')
      return only;
    return { kind: 'Tuple', ...span(tree.start(from), tree.end(comma ?? to)), elts };
  }

  #lower(node: number): Expr {
    const tree = this.tree;
    const at = this.spanOf(node);
    const kind = tree.kind(node);
    if (POSTFIXED.has(kind) && this.#starts(node, '*')) return this.#starred(node);
    switch (kind) {
      case 'identifier':
        return { kind: 'Name', ...at, id: this.textOf(node) };
      case 'attribute':
        return {
          kind: 'Attribute',
          ...at,
          value: this.field(node, 'object'),
          attr: this.textOf(tree.field(node, 'attribute')),
        };
      case 'call':
        return lowerCall(this, node);
      case 'subscript':
        return this.#subscript(node);
      case 'string':
      case 'concatenated_string':
        return lowerString(this, node);
      case 'type':
      case 'as_pattern_target':
        return this.first(node);
      case 'parenthesized_expression':
        return this.#typeCall(node) ?? this.first(node);
      case 'lambda':
        return lowerLambda(this, node);
      case 'await':
        return { kind: 'Await', ...at, value: this.first(node) };
      case 'yield':
        return this.#yield(node);
      case 'slice':
        return { kind: 'Slice', ...at, parts: this.exprs(tree.named(node)) };
      default:
        return this.#constant(node, kind) ?? this.#display(node, kind) ?? this.#rest(node, kind);
    }
  }

  #starts(node: number, text: string): boolean {
    const start = this.tree.start(node);
    return this.text.startsWith(text, start) && !this.#moved.has(start);
  }

  /** The grammar reads `*f(x)` as a call of `*f`: the star stands for all of it. */
  #starred(node: number): Expr {
    const at = this.spanOf(node);
    const past = /^\*[\s\\]*/.exec(this.text.slice(at.start, at.start + 200))?.[0].length ?? 1;
    return { kind: 'Starred', ...at, value: this.#from(node, at.start + past) };
  }

  /** An expression that the grammar starts too late: `type` before the brackets was taken for a keyword. */
  typed(node: number, keyword: number): Expr {
    return this.#from(node, keyword);
  }

  #from(node: number, start: number): Expr {
    const wrong = this.tree.start(node);
    this.#moved.set(wrong, start);
    const expr = this.#lower(node);
    this.#moved.delete(wrong);
    return expr;
  }

  #typeCall(node: number): Expr | null {
    if (!this.#moved.has(this.tree.start(node))) return null;
    const at = this.spanOf(node);
    const func: Name = { kind: 'Name', ...span(at.start, at.start + 4), id: 'type' };
    return { kind: 'Call', ...at, func, args: lowerArgs(this, node) };
  }

  #constant(node: number, kind: string): Expr | null {
    const at = this.spanOf(node);
    switch (kind) {
      case 'integer':
      case 'float':
        return { kind: 'Constant', ...at, type: 'number', value: this.textOf(node) };
      case 'true':
      case 'false':
        return { kind: 'Constant', ...at, type: 'bool', value: this.textOf(node) };
      case 'none':
        return { kind: 'Constant', ...at, type: 'none', value: 'None' };
      case 'ellipsis':
        return { kind: 'Constant', ...at, type: 'ellipsis', value: '...' };
      default:
        return null;
    }
  }

  /** Tuples, lists, sets, dicts and what is unpacked into them. */
  #display(node: number, kind: string): Expr | null {
    const tree = this.tree;
    const at = this.spanOf(node);
    switch (kind) {
      case 'tuple':
        return this.#typeCall(node) ?? { kind: 'Tuple', ...at, elts: this.exprs(tree.named(node)) };
      case 'expression_list':
      case 'pattern_list':
        return { kind: 'Tuple', ...at, elts: this.exprs(tree.named(node)) };
      case 'tuple_pattern':
        return this.#bracketed(node);
      case 'list':
      case 'list_pattern':
        return { kind: 'List', ...at, elts: this.exprs(tree.named(node)) };
      case 'set':
        return { kind: 'Set', ...at, elts: this.exprs(tree.named(node)) };
      case 'dictionary':
        return { kind: 'Dict', ...at, entries: this.#entries(node) };
      case 'list_splat':
      case 'list_splat_pattern':
      case 'splat_type':
        return this.#moved.has(tree.start(node))
          ? this.first(node)
          : { kind: 'Starred', ...at, value: this.first(node) };
      case 'dictionary_splat':
      case 'dictionary_splat_pattern':
        return { kind: 'Starred', ...at, value: this.first(node) };
      default:
        return null;
    }
  }

  /** `(a, b) = ...` is a tuple, `(a) = ...` only has brackets. */
  #bracketed(node: number): Expr {
    const elts = this.exprs(this.tree.named(node));
    const only = elts.length === 1 && !this.tree.hasToken(node, "',") ? elts[0] : undefined;
    return only ?? { kind: 'Tuple', ...this.spanOf(node), elts };
  }

  #rest(node: number, kind: string): Expr {
    if (isComprehension(kind)) return lowerComprehension(this, node, kind);
    const found = lowerOperator(this, node, kind) ?? lowerAnnotation(this, node, kind);
    return found ?? { kind: 'Other', ...this.spanOf(node), children: this.exprs(this.tree.named(node)) };
  }

  #subscript(node: number): Expr {
    const [value, ...indices] = this.tree.named(node);
    const index = this.listed(indices, node);
    return { kind: 'Subscript', ...this.spanOf(node), value: this.expr(value ?? -1), index };
  }

  #yield(node: number): Expr {
    this.sawYield = true;
    const value = this.optional(this.tree.named(node)[0] ?? -1);
    return { kind: 'Yield', ...this.spanOf(node), value, from: this.tree.hasToken(node, "'from") };
  }

  #entries(node: number): { key: Expr | null; value: Expr }[] {
    return this.tree
      .named(node)
      .map((child) =>
        this.tree.kind(child) === 'pair'
          ? { key: this.field(child, 'key'), value: this.field(child, 'value') }
          : { key: null, value: this.expr(this.tree.named(child)[0] ?? child) },
      );
  }
}
