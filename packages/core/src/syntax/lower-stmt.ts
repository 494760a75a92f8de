import { span } from '../text/index.ts';
import type { ClassDef, Expr, FunctionDef, Handler, If, MatchCase, Name, Stmt, WithItem } from './ast.ts';
import { ExprLowering } from './lower-expr.ts';
import type { FlatTree } from './tree.ts';

/** Deepest nesting of blocks; CPython's tokenizer stops at 100 levels of indentation. */
const MAX_BLOCKS = 150;

/** Turns the statements of one tree into `Stmt`s. Broken stretches are stepped over, what is whole inside them is kept. */
export class StmtLowering {
  readonly #tree: FlatTree;
  readonly #expr: ExprLowering;
  #blocks = 0;

  constructor(tree: FlatTree, text: string) {
    this.#tree = tree;
    this.#expr = new ExprLowering(tree, text);
  }

  module(): Stmt[] {
    return this.#stmts(this.#tree.named(0));
  }

  #stmts(nodes: readonly number[]): Stmt[] {
    return nodes.flatMap((node) => this.#stmt(node));
  }

  /** The statements of the block in a field; empty when there is none. */
  #body(node: number, field: string): Stmt[] {
    const block = this.#tree.field(node, field);
    return block < 0 ? [] : this.#block(block);
  }

  #block(block: number): Stmt[] {
    if (this.#blocks > MAX_BLOCKS) return [];
    this.#blocks++;
    const out = this.#stmts(this.#tree.named(block));
    this.#blocks--;
    return out;
  }

  #stmt(node: number): Stmt[] {
    const tree = this.#tree;
    const at = this.#expr.spanOf(node);
    const kind = tree.kind(node);
    switch (kind) {
      case 'expression_statement':
        return this.#expressionStatement(node);
      case 'function_definition':
        return [this.#function(node, [], node)];
      case 'class_definition':
        return [this.#class(node, [], node)];
      case 'decorated_definition':
        return this.#decorated(node);
      case 'return_statement':
        return [{ kind: 'Return', ...at, value: this.#expr.optional(tree.named(node)[0] ?? -1) }];
      case 'raise_statement':
        return [this.#raise(node)];
      case 'if_statement':
        return [this.#if(node)];
      case 'for_statement':
        return [
          {
            kind: 'For',
            ...at,
            target: this.#expr.expr(tree.field(node, 'left')),
            iter: this.#expr.expr(tree.field(node, 'right')),
            body: this.#body(node, 'body'),
            orelse: this.#clause(tree.field(node, 'alternative')),
            async: tree.hasToken(node, "'async"),
          },
        ];
      case 'while_statement':
        return [
          {
            kind: 'While',
            ...at,
            test: this.#expr.expr(tree.field(node, 'condition')),
            body: this.#body(node, 'body'),
            orelse: this.#clause(tree.field(node, 'alternative')),
          },
        ];
      case 'try_statement':
        return [this.#try(node)];
      case 'with_statement':
        return [{ kind: 'With', ...at, items: this.#withItems(node), body: this.#body(node, 'body'), async: tree.hasToken(node, "'async") }];
      case 'match_statement':
        return [this.#match(node)];
      case 'pass_statement':
        return [{ kind: 'Pass', ...at }];
      case 'break_statement':
        return [{ kind: 'Break', ...at }];
      case 'continue_statement':
        return [{ kind: 'Continue', ...at }];
      default:
        return this.#simple(node, kind);
    }
  }

  #simple(node: number, kind: string): Stmt[] {
    const tree = this.#tree;
    const at = this.#expr.spanOf(node);
    const named = tree.named(node);
    switch (kind) {
      case 'import_statement':
        return [{ kind: 'Import', ...at, names: named.map((child) => this.#alias(child)) }];
      case 'import_from_statement':
      case 'future_import_statement':
        return [this.#importFrom(node)];
      case 'delete_statement':
        return [{ kind: 'Delete', ...at, targets: this.#expr.exprs(named) }];
      case 'assert_statement':
        return [{ kind: 'Assert', ...at, test: this.#expr.expr(named[0] ?? -1), msg: this.#expr.optional(named[1] ?? -1) }];
      case 'global_statement':
      case 'nonlocal_statement':
        return [{ kind: kind === 'global_statement' ? 'Global' : 'Nonlocal', ...at, names: named.map((child) => this.#expr.textOf(child)) }];
      case 'print_statement':
      case 'exec_statement':
        return named.map((child) => ({ kind: 'ExprStmt', ...this.#expr.spanOf(child), value: this.#expr.expr(child) }));
      case 'ERROR':
      case 'block':
        return this.#blocks > MAX_BLOCKS ? [] : this.#broken(node);
      default:
        return [];
    }
  }

  /** Statements that stand whole inside a broken stretch. */
  #broken(node: number): Stmt[] {
    this.#blocks++;
    const out = this.#stmts(this.#tree.named(node));
    this.#blocks--;
    return out;
  }

  #expressionStatement(node: number): Stmt[] {
    const tree = this.#tree;
    const at = this.#expr.spanOf(node);
    const named = tree.named(node);
    const only = named[0] ?? -1;
    const kind = tree.kind(only);
    if (kind === 'assignment') return [this.#assign(only)];
    if (kind === 'augmented_assignment') {
      const target = this.#expr.expr(tree.field(only, 'left'));
      return [{ kind: 'AugAssign', ...at, target, value: this.#expr.expr(tree.field(only, 'right')) }];
    }
    if (named.length > 1) return [{ kind: 'ExprStmt', ...at, value: { kind: 'Tuple', ...at, elts: this.#expr.exprs(named) } }];
    return named.length === 0 ? [] : [{ kind: 'ExprStmt', ...at, value: this.#expr.expr(only) }];
  }

  #assign(node: number): Stmt {
    const tree = this.#tree;
    const targets: Expr[] = [];
    let current = node;
    let annotation: Expr | null = null;
    for (;;) {
      targets.push(this.#expr.expr(tree.field(current, 'left')));
      annotation = this.#expr.optional(tree.field(current, 'type')) ?? annotation;
      const right = tree.field(current, 'right');
      if (tree.kind(right) !== 'assignment') {
        return { kind: 'Assign', ...this.#expr.spanOf(node), targets, annotation, value: this.#expr.optional(right) };
      }
      current = right;
    }
  }

  #function(node: number, decorators: readonly Expr[], outer: number): FunctionDef {
    const tree = this.#tree;
    const nameNode = tree.field(node, 'name');
    const saved = this.#expr.sawYield;
    const params = this.#expr.params(tree.field(node, 'parameters'));
    const returns = this.#expr.optional(tree.field(node, 'return_type'));
    this.#expr.sawYield = false;
    const body = this.#body(node, 'body');
    const generator = this.#expr.sawYield;
    this.#expr.sawYield = saved;
    return {
      kind: 'FunctionDef',
      ...this.#expr.spanOf(outer),
      name: this.#expr.textOf(nameNode),
      nameSpan: this.#expr.spanOf(nameNode),
      params,
      returns,
      decorators,
      body,
      async: tree.hasToken(node, "'async"),
      generator,
    };
  }

  #class(node: number, decorators: readonly Expr[], outer: number): ClassDef {
    const tree = this.#tree;
    const nameNode = tree.field(node, 'name');
    return {
      kind: 'ClassDef',
      ...this.#expr.spanOf(outer),
      name: this.#expr.textOf(nameNode),
      nameSpan: this.#expr.spanOf(nameNode),
      bases: this.#expr.args(tree.field(node, 'superclasses')),
      decorators,
      body: this.#body(node, 'body'),
    };
  }

  #decorated(node: number): Stmt[] {
    const tree = this.#tree;
    const decorators = tree
      .named(node)
      .filter((child) => tree.kind(child) === 'decorator')
      .map((child) => this.#expr.expr(tree.named(child)[0] ?? -1));
    const definition = tree.field(node, 'definition');
    if (definition < 0) return [];
    return [tree.kind(definition) === 'class_definition' ? this.#class(definition, decorators, node) : this.#function(definition, decorators, node)];
  }

  #raise(node: number): Stmt {
    const tree = this.#tree;
    const cause = tree.field(node, 'cause');
    const exc = tree.named(node).find((child) => child !== cause) ?? -1;
    return { kind: 'Raise', ...this.#expr.spanOf(node), exc: this.#expr.optional(exc), cause: this.#expr.optional(cause) };
  }

  #if(node: number): Stmt {
    const tree = this.#tree;
    const alternatives = tree.named(node).filter((child) => tree.fieldOf(child) === 'alternative');
    let orelse: Stmt[] = [];
    for (const alternative of alternatives.reverse()) {
      if (tree.kind(alternative) === 'else_clause') orelse = this.#clause(alternative);
      else orelse = [this.#branch(alternative, orelse, true)];
    }
    return this.#branch(node, orelse, false);
  }

  #branch(node: number, orelse: readonly Stmt[], elif: boolean): If {
    const test = this.#expr.expr(this.#tree.field(node, 'condition'));
    const body = this.#body(node, 'consequence');
    const end = Math.max(this.#tree.end(node), orelse.at(-1)?.end ?? 0);
    return { kind: 'If', ...span(this.#tree.start(node), end), test, body, orelse, elif };
  }

  /** The block of an `else` or `finally` clause. */
  #clause(node: number): Stmt[] {
    if (node < 0) return [];
    const block = this.#tree.named(node).find((child) => this.#tree.kind(child) === 'block');
    return block === undefined ? [] : this.#block(block);
  }

  #try(node: number): Stmt {
    const tree = this.#tree;
    const clauses = tree.named(node);
    const find = (kind: string): number => clauses.find((child) => tree.kind(child) === kind) ?? -1;
    return {
      kind: 'Try',
      ...this.#expr.spanOf(node),
      body: this.#body(node, 'body'),
      handlers: clauses.filter((child) => /^except_(group_)?clause$/.test(tree.kind(child))).map((child) => this.#handler(child)),
      orelse: this.#clause(find('else_clause')),
      finalbody: this.#clause(find('finally_clause')),
    };
  }

  #handler(node: number): Handler {
    const tree = this.#tree;
    const parts = tree.named(node).filter((child) => tree.kind(child) !== 'block');
    const first = parts[0] ?? -1;
    const pattern = tree.kind(first) === 'as_pattern' ? tree.named(first) : parts;
    const alias = pattern[1] ?? -1;
    return {
      ...this.#expr.spanOf(node),
      type: this.#expr.optional(pattern[0] ?? -1),
      name: alias < 0 ? null : this.#expr.textOf(alias),
      body: this.#clause(node),
    };
  }

  #withItems(node: number): WithItem[] {
    const tree = this.#tree;
    const items: WithItem[] = [];
    const visit = (child: number): void => {
      const kind = tree.kind(child);
      if (kind === 'with_clause' || kind === 'with_item') for (const part of tree.named(child)) visit(part);
      else if (kind === 'tuple' && tree.named(child).some((part) => tree.kind(part) === 'as_pattern')) {
        for (const part of tree.named(child)) visit(part);
      } else if (kind === 'as_pattern') {
        const [context, target] = tree.named(child);
        items.push({ context: this.#expr.expr(context ?? -1), target: this.#expr.optional(target ?? -1) });
      } else items.push({ context: this.#expr.expr(child), target: null });
    };
    for (const child of tree.named(node)) if (tree.kind(child) !== 'block') visit(child);
    return items;
  }

  #match(node: number): Stmt {
    const tree = this.#tree;
    const block = tree.field(node, 'body');
    const cases = (block < 0 ? tree.named(node) : tree.named(block)).filter((child) => tree.kind(child) === 'case_clause');
    const subject = this.#expr.expr(tree.field(node, 'subject'));
    return { kind: 'Match', ...this.#expr.spanOf(node), subject, cases: cases.map((child) => this.#case(child)) };
  }

  #case(node: number): MatchCase {
    const tree = this.#tree;
    const guardNode = tree.field(node, 'guard');
    const patterns = tree.named(node).filter((child) => tree.kind(child) === 'case_pattern');
    const text = patterns.map((child) => this.#expr.textOf(child)).join(',');
    const guard = guardNode < 0 ? null : this.#expr.optional(tree.named(guardNode)[0] ?? -1);
    return {
      ...this.#expr.spanOf(node),
      binds: patterns.flatMap((child) => this.#bound(child)),
      none: text === 'None',
      irrefutable: guard === null && /^[A-Za-z_]\w*$/.test(text) && !['None', 'True', 'False'].includes(text),
      guard,
      body: this.#body(node, 'consequence'),
    };
  }

  #bound(node: number): Name[] {
    const kind = this.#tree.kind(node);
    if (kind === 'identifier') return [this.#expr.name(node)];
    const parts = this.#tree.named(node);
    if (kind === 'dotted_name') return parts.length === 1 && parts[0] !== undefined ? [this.#expr.name(parts[0])] : [];
    if (kind === 'class_pattern') return parts.slice(1).flatMap((child) => this.#bound(child));
    if (kind === 'keyword_pattern') return parts.slice(1).flatMap((child) => this.#bound(child));
    return parts.flatMap((child) => this.#bound(child));
  }

  #alias(node: number): { name: string; as: string | null } {
    const compact = (text: string): string => text.replace(/\s+/g, '');
    if (this.#tree.kind(node) !== 'aliased_import') return { name: compact(this.#expr.textOf(node)), as: null };
    return {
      name: compact(this.#expr.textOf(this.#tree.field(node, 'name'))),
      as: this.#expr.textOf(this.#tree.field(node, 'alias')),
    };
  }

  #importFrom(node: number): Stmt {
    const tree = this.#tree;
    const moduleNode = tree.field(node, 'module_name');
    const module = tree.kind(node) === 'future_import_statement' ? '__future__' : this.#expr.textOf(moduleNode).replace(/\s+/g, '');
    const dots = /^\.*/.exec(module)?.[0].length ?? 0;
    const named = tree.named(node).filter((child) => child !== moduleNode);
    const names = named.map((child) => (tree.kind(child) === 'wildcard_import' ? { name: '*', as: null } : this.#alias(child)));
    return { kind: 'ImportFrom', ...this.#expr.spanOf(node), level: dots, module: module.slice(dots), names };
  }
}
