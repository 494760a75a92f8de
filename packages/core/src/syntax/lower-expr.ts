import { type Span, span } from '../text/index.ts';
import type { Argument, ComprehensionFor, Constant, Expr, Name, Param } from './ast.ts';
import type { FlatTree } from './tree.ts';

/** Deepest nesting that is followed; what lies below is taken as an expression without parts. CPython stops far earlier. */
const MAX_DEPTH = 800;

/** Turns the expressions of one tree into `Expr`s. */
export class ExprLowering {
  readonly tree: FlatTree;
  readonly text: string;
  #depth = 0;
  /** Set when a `yield` was seen since it was last cleared: the enclosing function is a generator. */
  sawYield = false;

  constructor(tree: FlatTree, text: string) {
    this.tree = tree;
    this.text = text;
  }

  spanOf(node: number): Span {
    return span(this.tree.start(node), this.tree.end(node));
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

  #lower(node: number): Expr {
    const tree = this.tree;
    const at = this.spanOf(node);
    const kind = tree.kind(node);
    switch (kind) {
      case 'identifier':
        return { kind: 'Name', ...at, id: this.textOf(node) };
      case 'attribute':
        return { kind: 'Attribute', ...at, value: this.expr(tree.field(node, 'object')), attr: this.textOf(tree.field(node, 'attribute')) };
      case 'call':
        return this.#call(node);
      case 'subscript':
        return this.#subscript(node);
      case 'string':
      case 'concatenated_string':
        return this.#string(node);
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
      case 'parenthesized_expression':
      case 'type':
      case 'as_pattern_target':
        return this.expr(tree.named(node)[0] ?? -1);
      case 'tuple':
      case 'expression_list':
      case 'pattern_list':
      case 'tuple_pattern':
        return { kind: 'Tuple', ...at, elts: this.exprs(tree.named(node)) };
      case 'list':
      case 'list_pattern':
        return { kind: 'List', ...at, elts: this.exprs(tree.named(node)) };
      case 'set':
        return { kind: 'Set', ...at, elts: this.exprs(tree.named(node)) };
      case 'dictionary':
        return { kind: 'Dict', ...at, entries: this.#entries(node) };
      case 'list_splat':
      case 'list_splat_pattern':
      case 'dictionary_splat':
      case 'dictionary_splat_pattern':
        return { kind: 'Starred', ...at, value: this.expr(tree.named(node)[0] ?? -1) };
      default:
        return this.#operator(node, kind);
    }
  }

  #operator(node: number, kind: string): Expr {
    const tree = this.tree;
    const at = this.spanOf(node);
    switch (kind) {
      case 'boolean_operator':
        return {
          kind: 'BoolOp',
          ...at,
          op: this.textOf(tree.field(node, 'operator')) === 'or' ? 'or' : 'and',
          left: this.expr(tree.field(node, 'left')),
          right: this.expr(tree.field(node, 'right')),
        };
      case 'not_operator':
        return { kind: 'UnaryOp', ...at, op: 'not', operand: this.expr(tree.field(node, 'argument')) };
      case 'unary_operator': {
        const op = this.textOf(tree.field(node, 'operator'));
        return { kind: 'UnaryOp', ...at, op: op === '-' || op === '+' ? op : '~', operand: this.expr(tree.field(node, 'argument')) };
      }
      case 'binary_operator':
        return {
          kind: 'BinOp',
          ...at,
          op: this.textOf(tree.field(node, 'operator')),
          left: this.expr(tree.field(node, 'left')),
          right: this.expr(tree.field(node, 'right')),
        };
      case 'comparison_operator':
        return this.#compare(node);
      case 'named_expression': {
        const target = tree.field(node, 'name');
        return { kind: 'NamedExpr', ...at, target: this.name(target), value: this.expr(tree.field(node, 'value')) };
      }
      case 'conditional_expression': {
        const [body, test, orelse] = tree.named(node);
        return { kind: 'IfExp', ...at, test: this.expr(test ?? -1), body: this.expr(body ?? -1), orelse: this.expr(orelse ?? -1) };
      }
      case 'lambda':
        return this.#lambda(node);
      case 'await':
        return { kind: 'Await', ...at, value: this.expr(tree.named(node)[0] ?? -1) };
      case 'yield':
        this.sawYield = true;
        return { kind: 'Yield', ...at, value: this.optional(tree.named(node)[0] ?? -1), from: tree.hasToken(node, "'from") };
      case 'list_comprehension':
      case 'set_comprehension':
      case 'dictionary_comprehension':
      case 'generator_expression':
        return this.#comprehension(node, kind);
      case 'slice':
        return { kind: 'Slice', ...at, parts: this.exprs(tree.named(node)) };
      default:
        return this.#annotation(node, kind);
    }
  }

  /** Type annotations have a grammar of their own; they are given the shape of the expressions they stand for. */
  #annotation(node: number, kind: string): Expr {
    const tree = this.tree;
    const at = this.spanOf(node);
    const parts = tree.named(node);
    if (kind === 'generic_type' && parts.length === 2) {
      const args = this.exprs(tree.named(parts[1] ?? -1));
      const index: Expr = args.length === 1 && args[0] !== undefined ? args[0] : { kind: 'Tuple', ...this.spanOf(parts[1] ?? node), elts: args };
      return { kind: 'Subscript', ...at, value: this.expr(parts[0] ?? -1), index };
    }
    if (kind === 'union_type') {
      return { kind: 'BinOp', ...at, op: '|', left: this.expr(parts[0] ?? -1), right: this.expr(parts[1] ?? -1) };
    }
    if (kind === 'member_type') {
      return { kind: 'Attribute', ...at, value: this.expr(parts[0] ?? -1), attr: this.textOf(parts[1] ?? node) };
    }
    return { kind: 'Other', ...at, children: this.exprs(parts) };
  }

  name(node: number): Name {
    return { kind: 'Name', ...this.spanOf(node), id: this.textOf(node) };
  }

  #call(node: number): Expr {
    const tree = this.tree;
    const list = tree.field(node, 'arguments');
    const args: readonly Argument[] =
      tree.kind(list) === 'generator_expression' ? [{ name: null, star: 0, value: this.expr(list) }] : this.args(list);
    return { kind: 'Call', ...this.spanOf(node), func: this.expr(tree.field(node, 'function')), args };
  }

  /** The arguments of a call or the bases of a class. */
  args(list: number): Argument[] {
    if (list < 0) return [];
    return this.tree.named(list).map((child) => {
      const kind = this.tree.kind(child);
      if (kind === 'keyword_argument') {
        return { name: this.textOf(this.tree.field(child, 'name')), star: 0, value: this.expr(this.tree.field(child, 'value')) };
      }
      if (kind === 'list_splat') return { name: null, star: 1, value: this.expr(this.tree.named(child)[0] ?? -1) };
      if (kind === 'dictionary_splat') return { name: null, star: 2, value: this.expr(this.tree.named(child)[0] ?? -1) };
      return { name: null, star: 0, value: this.expr(child) };
    });
  }

  #subscript(node: number): Expr {
    const [value, ...indices] = this.tree.named(node);
    const items = this.exprs(indices);
    const first = items[0];
    const index: Expr = items.length === 1 && first !== undefined ? first : { kind: 'Tuple', ...this.spanOf(node), elts: items };
    return { kind: 'Subscript', ...this.spanOf(node), value: this.expr(value ?? -1), index };
  }

  #string(node: number): Expr {
    const tree = this.tree;
    const at = this.spanOf(node);
    const pieces = tree.kind(node) === 'concatenated_string' ? tree.named(node) : [node];
    const values = pieces.flatMap((piece) => tree.named(piece).filter((child) => tree.kind(child) === 'interpolation'));
    if (values.length > 0) {
      return { kind: 'JoinedStr', ...at, values: values.map((value) => this.expr(tree.field(value, 'expression'))) };
    }
    const prefix = /^[a-zA-Z]*/.exec(this.text.slice(at.start, at.start + 3))?.[0] ?? '';
    const value = pieces.map((piece) => stringBody(this.textOf(piece))).join('');
    const type: Constant['type'] = /b/i.test(prefix) ? 'bytes' : 'str';
    return { kind: 'Constant', ...at, type, value: value.length > 200 ? '' : value };
  }

  #entries(node: number): { key: Expr | null; value: Expr }[] {
    return this.tree.named(node).map((child) =>
      this.tree.kind(child) === 'pair'
        ? { key: this.expr(this.tree.field(child, 'key')), value: this.expr(this.tree.field(child, 'value')) }
        : { key: null, value: this.expr(this.tree.named(child)[0] ?? child) },
    );
  }

  #compare(node: number): Expr {
    const operands: Expr[] = [];
    const ops: string[] = [];
    for (const child of this.tree.children(node)) {
      const kind = this.tree.kind(child);
      if (kind === 'comment') continue;
      if (kind.charCodeAt(0) === 39) ops.push(this.textOf(child).replace(/\s+/g, ' '));
      else operands.push(this.expr(child));
    }
    return { kind: 'Compare', ...this.spanOf(node), operands, ops };
  }

  #lambda(node: number): Expr {
    const saved = this.sawYield;
    const params = this.params(this.tree.field(node, 'parameters'));
    const body = this.expr(this.tree.field(node, 'body'));
    this.sawYield = saved;
    return { kind: 'Lambda', ...this.spanOf(node), params, body };
  }

  #comprehension(node: number, kind: string): Expr {
    const tree = this.tree;
    const body = tree.field(node, 'body');
    const pair = tree.kind(body) === 'pair';
    const generators: { target: Expr; iter: Expr; ifs: Expr[] }[] = [];
    for (const child of tree.named(node)) {
      if (tree.kind(child) === 'for_in_clause') {
        generators.push({ target: this.expr(tree.field(child, 'left')), iter: this.#rights(child), ifs: [] });
      } else if (tree.kind(child) === 'if_clause') generators.at(-1)?.ifs.push(this.expr(tree.named(child)[0] ?? -1));
    }
    const clauses: readonly ComprehensionFor[] = generators;
    return {
      kind: COMPREHENSIONS[kind] ?? 'GeneratorExp',
      ...this.spanOf(node),
      element: this.expr(pair ? tree.field(body, 'key') : body),
      value: pair ? this.expr(tree.field(body, 'value')) : null,
      generators: clauses,
    };
  }

  #rights(clause: number): Expr {
    const nodes = this.tree.children(clause).filter((child) => this.tree.fieldOf(child) === 'right' && this.tree.kind(child) !== "',");
    const first = nodes[0];
    if (nodes.length === 1 && first !== undefined) return this.expr(first);
    return { kind: 'Tuple', ...this.spanOf(clause), elts: this.exprs(nodes) };
  }

  params(list: number): Param[] {
    return list < 0 ? [] : this.tree.named(list).flatMap((child) => this.#param(child));
  }

  #param(node: number): Param[] {
    const tree = this.tree;
    const kind = tree.kind(node);
    const make = (nameNode: number, star: 0 | 1 | 2): Param => ({
      ...this.spanOf(node),
      name: this.textOf(nameNode),
      annotation: this.optional(tree.field(node, 'type')),
      default: this.optional(tree.field(node, 'value')),
      star,
    });
    const inner = tree.named(node)[0] ?? -1;
    switch (kind) {
      case 'identifier':
        return [{ ...this.spanOf(node), name: this.textOf(node), annotation: null, default: null, star: 0 }];
      case 'default_parameter':
      case 'typed_default_parameter':
        return [make(tree.field(node, 'name'), 0)];
      case 'list_splat_pattern':
        return inner < 0 ? [] : [make(inner, 1)];
      case 'dictionary_splat_pattern':
        return inner < 0 ? [] : [make(inner, 2)];
      case 'typed_parameter': {
        const innerKind = tree.kind(inner);
        const star = innerKind === 'list_splat_pattern' ? 1 : innerKind === 'dictionary_splat_pattern' ? 2 : 0;
        return [make(star === 0 ? inner : (tree.named(inner)[0] ?? inner), star)];
      }
      default:
        return [];
    }
  }
}

const COMPREHENSIONS: Readonly<Record<string, 'ListComp' | 'SetComp' | 'DictComp' | 'GeneratorExp'>> = {
  list_comprehension: 'ListComp',
  set_comprehension: 'SetComp',
  dictionary_comprehension: 'DictComp',
  generator_expression: 'GeneratorExp',
};

function stringBody(source: string): string {
  const start = /^[a-zA-Z]*("""|'''|"|')/.exec(source);
  if (start === null) return source;
  const quote = start[1] ?? '"';
  return source.slice(start[0].length, source.length - (source.endsWith(quote) ? quote.length : 0));
}
