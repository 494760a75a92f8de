import { type FunctionInfo, type ModelRef, parts, type Program } from '../project/index.ts';
import { type Binding, reaching } from '../scope/index.ts';
import { type Expr, isNone } from '../syntax/index.ts';
import { BEHIND_ALL } from '../text/index.ts';
import { givenBy, givenTo } from './arguments.ts';
import { isBound } from './bound.ts';
import type { CallEdge, CallGraph } from './call-graph.ts';
import type { EntryPoints } from './entry.ts';
import { isCalledBare } from './entry-hooks.ts';
import { attributeOrigins } from './origin-attributes.ts';
import { Choices } from './choices.ts';
import { callOrigins } from './origin-calls.ts';
import { oneOfEach } from './origin-merge.ts';
import { importedOrigin } from './origin-constants.ts';
import { entryDetail, entryOrigin, isPayload } from './origin-parameters.ts';
import { sentOrigins } from './origin-sent.ts';
import { displayParts, fillsBefore, isContainer, type Part, type Step, stepOf } from './origin-steps.ts';
import { itemOfRow } from './origin-values.ts';
import { madeOf, originAt, telling, type Tracer, type Trail } from './origin-trail.ts';
import { outsideTests } from './test-code.ts';
import type { Origin } from './verdict.ts';

const MAX_DEPTH = 48;
const MAX_CALLERS = 12;
/** Most expressions that one key is traced through. */
const BUDGET = 1000;

/** Where keys come from: followed through names, containers, conversions, loops, attributes and callers. */
export class Origins {
  readonly #program: Program;
  readonly #graph: CallGraph;
  readonly #entries: EntryPoints;
  readonly #targets = new WeakMap<Origin, ModelRef>();
  readonly #tracer: Tracer;

  constructor(graph: CallGraph, entries: EntryPoints) {
    this.#graph = graph;
    this.#program = graph.program;
    this.#entries = entries;
    this.#tracer = {
      program: graph.program,
      graph,
      entries,
      targets: this.#targets,
      served: new WeakMap(),
      values: new WeakMap(),
      choices: new Choices(graph.program),
      trace: (expr, fn, trail) => this.#trace(expr, fn, trail),
      parts: (found, fn, trail) => this.#parts(found, fn, trail),
    };
  }

  /** The model whose row is there: a constrained, NOT NULL column names it, or the key is its own; null for other origins. */
  pointsAt(origin: Origin): ModelRef | null {
    return this.#targets.get(origin) ?? null;
  }

  /** True for what a row of the model holds in a column of its own. */
  isValueOf(origin: Origin, model: ModelRef, column: string): boolean {
    const value = this.#tracer.values.get(origin);
    return value !== undefined && value.model.key === model.key && value.column === column;
  }

  /**
   * The origins of an expression, most dangerous first, each kind once; never empty. `edges`: the ways into the function that
   * count, all of them when left out.
   */
  of(expr: Expr, fn: FunctionInfo, edges: readonly CallEdge[] = []): readonly Origin[] {
    const found = this.#trace(expr, fn, {
      depth: 0,
      path: [],
      calls: [],
      open: new Set(),
      left: { count: BUDGET, cycles: 0 },
      below: false,
      entered: edges.length === 0 ? null : { fn, edges },
    });
    const sorted = oneOfEach(this.#tracer, found);
    return sorted.length > 0 ? sorted : [originAt('unknown', 'a value danglint cannot trace', expr, fn)];
  }

  #trace(expr: Expr, fn: FunctionInfo, trail: Trail): Origin[] {
    if (trail.open.has(expr)) trail.left.cycles++;
    if (trail.depth > MAX_DEPTH || trail.open.has(expr) || trail.left.count-- <= 0) return [];
    trail.open.add(expr);
    const found = this.#expr(expr, fn, { ...trail, depth: trail.depth + 1 });
    trail.open.delete(expr);
    return found;
  }

  #parts(found: readonly Part[], fn: FunctionInfo, trail: Trail): Origin[] {
    return found.flatMap(({ expr, path }) => this.#trace(expr, fn, { ...trail, path }));
  }

  #expr(expr: Expr, fn: FunctionInfo, trail: Trail): Origin[] {
    switch (expr.kind) {
      case 'Constant':
        return expr.type === 'none' ? [] : [originAt('literal', 'a literal', expr, fn)];
      case 'Name':
        return this.#name(expr, fn, trail);
      case 'Attribute':
        return attributeOrigins(this.#tracer, expr, fn, trail);
      case 'Subscript':
        return expr.index.kind === 'Slice'
          ? madeOf(this.#tracer, this.#trace(expr.value, fn, trail))
          : this.#trace(expr.value, fn, { ...trail, path: [stepOf(expr.index), ...trail.path] });
      case 'Call':
        return callOrigins(this.#tracer, expr, fn, trail);
      case 'Await':
      case 'Starred':
      case 'NamedExpr':
        return this.#trace(expr.value, fn, trail);
      case 'IfExp':
        return [...this.#trace(expr.body, fn, trail), ...this.#trace(expr.orelse, fn, trail)];
      case 'BoolOp':
        return [...this.#trace(expr.left, fn, trail), ...this.#trace(expr.right, fn, trail)];
      case 'BinOp': {
        const left = madeOf(this.#tracer, this.#trace(expr.left, fn, trail));
        return expr.op === '-' && left.length > 0
          ? left
          : telling([...left, ...madeOf(this.#tracer, this.#trace(expr.right, fn, trail))]);
      }
      case 'JoinedStr':
        return madeOf(
          this.#tracer,
          expr.values.flatMap((part) => this.#trace(part, fn, { ...trail, path: [] })),
        );
      case 'Tuple':
      case 'List':
      case 'Set':
      case 'Dict':
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
      case 'DictComp':
        return this.#parts(displayParts(expr, trail.path), fn, trail);
      default:
        return [originAt('unknown', 'a value danglint cannot trace', expr, fn)];
    }
  }

  #name(expr: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo, trail: Trail): Origin[] {
    for (const inner of [...fn.inner].reverse()) {
      if (expr.start < inner.start || expr.start >= inner.end) continue;
      const bound = inner.bindings.filter((binding) => binding.name === expr.id);
      if (bound.length > 0) return bound.flatMap((binding) => this.#binding(binding, expr, fn, trail));
    }
    for (let scope: FunctionInfo | null = fn; scope !== null; scope = scope.parent) {
      const bindings = scope.scope.bindings.get(expr.id);
      if (bindings === undefined) continue;
      const home = scope;
      const seen = reaching(bindings, scope === fn ? expr.start : BEHIND_ALL);
      const own = seen.flatMap((binding) => this.#binding(binding, expr, home, trail));
      return seen.some(isContainer)
        ? [...own, ...this.#parts(fillsBefore(home, expr, trail.path), home, trail)]
        : own;
    }
    return [originAt('unknown', `\`${expr.id}\``, expr, fn)];
  }

  #binding(binding: Binding, use: Expr, fn: FunctionInfo, trail: Trail): Origin[] {
    const { source } = binding;
    switch (source.kind) {
      case 'assign':
        return source.value === null
          ? []
          : this.#trace(source.value, fn, { ...trail, path: [...unpacked(source.steps), ...trail.path] });
      case 'for':
        return this.#trace(source.iter, fn, {
          ...trail,
          path: [null, ...unpacked(source.steps), ...trail.path],
        });
      case 'with':
        return this.#trace(source.context, fn, { ...trail, path: [] });
      case 'param':
        return this.#param(binding, use, fn, trail);
      case 'import':
      case 'from':
        return [importedOrigin(this.#tracer, binding, use, fn)];
      default:
        return [originAt('unknown', `\`${binding.name}\``, use, fn)];
    }
  }

  #param(binding: Binding, use: Expr, fn: FunctionInfo, trail: Trail): Origin[] {
    if (binding.source.kind !== 'param') return [];
    const { param, index } = binding.source;
    if (index === 0 && (isBound(fn) || binding.name === 'self'))
      return [originAt('unknown', `\`${binding.name}\``, use, fn)];
    const argument = originAt(
      'argument',
      `argument \`${binding.name}\` of \`${fn.qualname}\``,
      binding.at,
      fn,
    );
    const entered = trail.calls.at(-1);
    if (entered?.callee === fn) {
      const given = givenTo(this.#program, fn, entered.call, entered.caller).get(param.name);
      return given === undefined
        ? [argument]
        : this.#trace(given.expr, given.fn, { ...trail, calls: trail.calls.slice(0, -1) });
    }
    const item = itemOfRow(this.#tracer, binding, use, fn, trail.path);
    if (item !== null) return [item];
    const entry = this.#entries.of(fn);
    const sent = sentOrigins(this.#tracer, entry, param, trail);
    if (sent.length > 0) return sent;
    const kind = entry === null || isCalledBare(entry, fn) ? null : entryOrigin(entry, binding.name, fn);
    if (kind === 'request' && entry === 'serializer' && this.#tracer.choices.given(fn, trail.path))
      return [originAt('choice', `\`${binding.name}\`, which the serializer checked`, binding.at, fn)];
    if (kind !== null) {
      const own = originAt(kind, entryDetail(kind, binding.name, fn), binding.at, fn);
      if (kind === 'request' && binding.name !== 'request' && param.annotation === null)
        this.#tracer.served.set(own, fn);
      return [own];
    }
    const declared = this.#program.infer.binding(binding, fn);
    if (parts(declared).some((type) => type.t === 'row'))
      return [originAt('row', `\`${binding.name}\`, a row at hand`, use, fn)];
    const ways = outsideTests(
      trail.entered?.fn === fn ? trail.entered.edges : this.#graph.callers(fn),
      fn.path,
    );
    const edges = ways.slice(0, MAX_CALLERS);
    const given = edges.flatMap((edge) => givenBy(this.#program, edge, fn, param.name) ?? []);
    const before = trail.left.cycles;
    // A key that is left out names no row: whoever leaves it out asks for none.
    const told = given.filter(({ expr }) => !isNone(expr));
    const passed = told.flatMap((value) => {
      const seen = trail.left.cycles;
      const traced = this.#trace(value.expr, value.fn, {
        ...trail,
        depth: trail.depth + 1,
        calls: [],
        below: true,
        entered: null,
      });
      return traced.length > 0 || trail.left.cycles > seen ? traced : [argument];
    });
    if (passed.length > 0 || (trail.below && trail.left.cycles > before)) return passed;
    const isMessage = edges.length === 0 && isPayload(this.#program, binding.name, fn);
    return [isMessage ? { ...argument, kind: 'message' } : argument];
  }
}

/** Steps of unpacking; a starred part is the container again. */
function unpacked(steps: readonly number[]): Step[] {
  return steps.filter((step) => step >= 0);
}
