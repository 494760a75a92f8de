import { span, type Span } from '../text/index.ts';
import { lowerArgs } from './lower-call.ts';
import { ExprLowering } from './lower-expr.ts';
import { lowerImport, lowerImportFrom } from './lower-import.ts';
import { lowerMatch } from './lower-match.ts';
import { lowerParams } from './lower-params.ts';
import { lowerSimple } from './lower-simple.ts';
import { lowerTry } from './lower-try.ts';
import { lowerWithItems } from './lower-with.ts';
import type { Expr } from './expr.ts';
import type { ClassDef, FunctionDef, Stmt } from './stmt.ts';
import type { FlatTree } from './tree.ts';

/** Deepest nesting of blocks; CPython's tokenizer stops at 100 levels of indentation. */
const MAX_BLOCKS = 150;

/** Longest chain of `elif` that nests; each further stretch of this length follows the one before it. */
const MAX_ELIFS = 100;

/** Turns the statements of one tree into `Stmt`s. Broken stretches are stepped over, what is whole inside them is kept. */
export class StmtLowering {
  readonly tree: FlatTree;
  readonly low: ExprLowering;
  #blocks = 0;

  constructor(tree: FlatTree, text: string) {
    this.tree = tree;
    this.low = new ExprLowering(tree, text);
  }

  module(): Stmt[] {
    return this.#stmts(this.tree.named(0));
  }

  #stmts(nodes: readonly number[]): Stmt[] {
    return nodes.flatMap((node) => this.#stmt(node));
  }

  /** The statements of the block in a field; empty when there is none. */
  body(node: number, field: string): Stmt[] {
    const block = this.tree.field(node, field);
    return block < 0 ? [] : this.#block(block);
  }

  /** The block of an `else`, `except` or `finally` clause. */
  clause(node: number): Stmt[] {
    if (node < 0) return [];
    const block = this.tree.named(node).find((child) => this.tree.kind(child) === 'block');
    return block === undefined ? [] : this.#block(block);
  }

  /** From a node's start to the end of the last statement (or clause) in its blocks; all of the node when they are empty. */
  around(node: number, ...blocks: readonly (readonly Span[])[]): Span {
    const end = Math.max(...blocks.map((block) => block.at(-1)?.end ?? 0));
    return span(this.tree.start(node), end > 0 ? end : this.tree.end(node));
  }

  /** The statements of a block, or those that stand whole inside a broken stretch. */
  #block(block: number): Stmt[] {
    if (this.#blocks > MAX_BLOCKS) return [];
    this.#blocks++;
    const out = this.#stmts(this.tree.named(block));
    this.#blocks--;
    return out;
  }

  #stmt(node: number): Stmt[] {
    const kind = this.tree.kind(node);
    switch (kind) {
      case 'function_definition':
        return [this.#function(node, [], node)];
      case 'class_definition':
        return [this.#class(node, [], node)];
      case 'decorated_definition':
        return this.#decorated(node);
      case 'if_statement':
        return this.#if(node);
      case 'for_statement':
        return [this.#for(node)];
      case 'while_statement':
        return [this.#while(node)];
      case 'try_statement':
        return [lowerTry(this, node)];
      case 'with_statement':
        return [this.#with(node)];
      case 'match_statement':
        return [lowerMatch(this, node)];
      case 'import_statement':
        return [lowerImport(this.low, node)];
      case 'import_from_statement':
      case 'future_import_statement':
        return [lowerImportFrom(this.low, node)];
      case 'ERROR':
      case 'block':
        return this.#block(node);
      default:
        return lowerSimple(this.low, node, kind);
    }
  }

  #for(node: number): Stmt {
    const body = this.body(node, 'body');
    const orelse = this.clause(this.tree.field(node, 'alternative'));
    return {
      kind: 'For',
      ...this.around(node, body, orelse),
      target: this.low.field(node, 'left'),
      iter: this.low.field(node, 'right'),
      body,
      orelse,
      async: this.tree.hasToken(node, "'async"),
    };
  }

  #while(node: number): Stmt {
    const body = this.body(node, 'body');
    const orelse = this.clause(this.tree.field(node, 'alternative'));
    return {
      kind: 'While',
      ...this.around(node, body, orelse),
      test: this.low.field(node, 'condition'),
      body,
      orelse,
    };
  }

  #with(node: number): Stmt {
    const body = this.body(node, 'body');
    const items = lowerWithItems(this.low, node);
    return {
      kind: 'With',
      ...this.around(node, body),
      items,
      body,
      async: this.tree.hasToken(node, "'async"),
    };
  }

  #if(node: number): Stmt[] {
    const { tree } = this;
    const alternatives = tree.named(node).filter((child) => tree.fieldOf(child) === 'alternative');
    const heads: Stmt[] = [];
    let orelse: Stmt[] = [];
    for (const [i, alternative] of [...alternatives.entries()].reverse()) {
      if (tree.kind(alternative) === 'else_clause') orelse = this.clause(alternative);
      else orelse = [this.#branch(alternative, orelse, true)];
      if ((i + 1) % MAX_ELIFS === 0) heads.unshift(...orelse.splice(0));
    }
    return [this.#branch(node, orelse, false), ...heads];
  }

  #branch(node: number, orelse: readonly Stmt[], elif: boolean): Stmt {
    const body = this.body(node, 'consequence');
    const test = this.low.field(node, 'condition');
    return { kind: 'If', ...this.around(node, body, orelse), test, body, orelse, elif };
  }

  #decorated(node: number): Stmt[] {
    const { tree, low } = this;
    const decorators = tree
      .named(node)
      .filter((child) => tree.kind(child) === 'decorator')
      .map((child) => low.first(child));
    const definition = tree.field(node, 'definition');
    if (definition < 0) return [];
    const isClass = tree.kind(definition) === 'class_definition';
    return [
      isClass ? this.#class(definition, decorators, node) : this.#function(definition, decorators, node),
    ];
  }

  /** `outer` is the node with the decorators. */
  #function(node: number, decorators: readonly Expr[], outer: number): FunctionDef {
    const { tree, low } = this;
    const nameNode = tree.field(node, 'name');
    const saved = low.sawYield;
    const params = lowerParams(low, tree.field(node, 'parameters'));
    const returns = low.optional(tree.field(node, 'return_type'));
    low.sawYield = false;
    const body = this.body(node, 'body');
    const generator = low.sawYield;
    low.sawYield = saved;
    return {
      kind: 'FunctionDef',
      ...this.around(outer, body),
      name: low.textOf(nameNode),
      nameSpan: low.spanOf(nameNode),
      params,
      returns,
      decorators,
      body,
      async: tree.hasToken(node, "'async"),
      generator,
    };
  }

  #class(node: number, decorators: readonly Expr[], outer: number): ClassDef {
    const { tree, low } = this;
    const nameNode = tree.field(node, 'name');
    const bases = lowerArgs(low, tree.field(node, 'superclasses'));
    const body = this.body(node, 'body');
    return {
      kind: 'ClassDef',
      ...this.around(outer, body),
      name: low.textOf(nameNode),
      nameSpan: low.spanOf(nameNode),
      bases,
      decorators,
      body,
    };
  }
}
