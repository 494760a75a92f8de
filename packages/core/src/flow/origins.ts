import { type FunctionInfo, type ModelRef, parts, type Program, type Type } from '../project/index.ts';
import { type Binding, reaching } from '../scope/index.ts';
import { dottedName, type Expr, type Stmt } from '../syntax/index.ts';
import { argumentsOf } from './arguments.ts';
import type { CallGraph } from './call-graph.ts';
import type { EntryPoints } from './entry.ts';
import { columnOrigin } from './origin-columns.ts';
import { ORIGIN_ORDER } from './origin-order.ts';
import { entryDetail, entryOrigin, PAYLOAD, returnValues } from './origin-parameters.ts';
import { callOrigin, isRequest, SOURCE_OF_TEXT } from './origin-sources.ts';
import type { Origin, OriginKind } from './verdict.ts';

const MAX_DEPTH = 9;
const MAX_CALLERS = 12;

/** How a trace came to a name: steps so far, what was seen, and the dictionary key that is asked for next. */
interface Trail {
  readonly depth: number;
  readonly seen: Set<object>;
  readonly field: string | null;
}

type Again = (part: Expr, scope?: FunctionInfo, key?: string | null) => Origin[];

function textOf(expr: Expr): string | null {
  return expr.kind === 'Constant' && expr.type === 'str' ? expr.value : null;
}

/** Where keys come from: followed through names, dictionaries, conversions, loops, attributes and callers. */
export class Origins {
  readonly #program: Program;
  readonly #graph: CallGraph;
  readonly #entries: EntryPoints;
  readonly #targets = new WeakMap<Origin, ModelRef>();

  constructor(graph: CallGraph, entries: EntryPoints) {
    this.#graph = graph;
    this.#program = graph.program;
    this.#entries = entries;
  }

  /** The model whose row a constrained, NOT NULL column names; null for other origins. */
  pointsAt(origin: Origin): ModelRef | null {
    return this.#targets.get(origin) ?? null;
  }

  /** The origins of an expression, most dangerous first, each kind once; never empty. */
  of(expr: Expr, fn: FunctionInfo): readonly Origin[] {
    const found = this.#trace(expr, fn, 0, new Set());
    const byKind = new Map<OriginKind, Origin>();
    for (const origin of found) if (!byKind.has(origin.kind)) byKind.set(origin.kind, origin);
    const sorted = [...byKind.values()].sort(
      (a, b) => ORIGIN_ORDER.indexOf(a.kind) - ORIGIN_ORDER.indexOf(b.kind),
    );
    return sorted.length > 0 ? sorted : [this.#origin('unknown', 'a value danglint cannot trace', expr, fn)];
  }

  #origin(
    kind: OriginKind,
    detail: string,
    at: { readonly start: Expr['start']; readonly end: Expr['end'] },
    fn: FunctionInfo,
  ): Origin {
    return { kind, detail, path: fn.path, span: { start: at.start, end: at.end } };
  }

  #trace(
    expr: Expr,
    fn: FunctionInfo,
    depth: number,
    seen: Set<object>,
    field: string | null = null,
  ): Origin[] {
    if (depth > MAX_DEPTH || seen.has(expr)) return [];
    seen.add(expr);
    const again = (part: Expr, scope: FunctionInfo = fn, key: string | null = null): Origin[] =>
      this.#trace(part, scope, depth + 1, seen, key);
    switch (expr.kind) {
      case 'Constant':
        return expr.type === 'none' ? [] : [this.#origin('literal', 'a literal', expr, fn)];
      case 'Name':
        return this.#name(expr, fn, depth, seen, field);
      case 'Attribute':
        return this.#attribute(expr, fn, again);
      case 'Subscript':
        return again(expr.value, fn, textOf(expr.index));
      case 'Call':
        return this.#call(expr, fn, again, field);
      case 'Await':
      case 'Starred':
      case 'NamedExpr':
        return again(expr.value, fn, field);
      case 'IfExp':
        return [...again(expr.body, fn, field), ...again(expr.orelse, fn, field)];
      case 'BoolOp':
      case 'BinOp':
        return [...again(expr.left), ...again(expr.right)];
      case 'JoinedStr':
        return expr.values.flatMap((part) => again(part));
      case 'Tuple':
      case 'List':
      case 'Set':
        return expr.elts.flatMap((part) => again(part));
      case 'Dict': {
        const wanted =
          field === null
            ? expr.entries
            : expr.entries.filter((entry) => entry.key !== null && textOf(entry.key) === field);
        return wanted.length > 0
          ? wanted.flatMap((entry) => again(entry.value))
          : [this.#origin('unknown', 'a dictionary', expr, fn)];
      }
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
        return again(expr.element);
      default:
        return [this.#origin('unknown', 'a value danglint cannot trace', expr, fn)];
    }
  }

  #name(
    expr: Extract<Expr, { kind: 'Name' }>,
    fn: FunctionInfo,
    depth: number,
    seen: Set<object>,
    field: string | null,
  ): Origin[] {
    for (const inner of [...fn.inner].reverse()) {
      if (expr.start < inner.start || expr.start >= inner.end) continue;
      const bound = inner.bindings.filter((binding) => binding.name === expr.id);
      if (bound.length > 0)
        return bound.flatMap((binding) => this.#binding(binding, expr, fn, { depth, seen, field }));
    }
    for (let scope: FunctionInfo | null = fn; scope !== null; scope = scope.parent) {
      const bindings = scope.scope.bindings.get(expr.id);
      if (bindings === undefined) continue;
      const home = scope;
      return reaching(bindings, scope === fn ? expr.start : Number.MAX_SAFE_INTEGER).flatMap((binding) =>
        this.#binding(binding, expr, home, { depth, seen, field }),
      );
    }
    return [this.#origin('unknown', `\`${expr.id}\``, expr, fn)];
  }

  #binding(binding: Binding, use: Expr, fn: FunctionInfo, trail: Trail): Origin[] {
    const { source } = binding;
    const { depth, seen, field } = trail;
    switch (source.kind) {
      case 'assign':
        return source.value === null ? [] : this.#trace(source.value, fn, depth + 1, seen, field);
      case 'for':
        return this.#trace(source.iter, fn, depth + 1, seen, field);
      case 'with':
        return this.#trace(source.context, fn, depth + 1, seen);
      case 'param':
        return this.#param(binding, use, fn, trail);
      case 'import':
      case 'from': {
        const type = this.#program.infer.binding(binding, fn);
        const name = type.t === 'external' ? type.name : '';
        const kind: OriginKind = name.startsWith('django.conf.settings')
          ? 'settings'
          : /^[A-Z0-9_]+$/.test(binding.name)
            ? 'literal'
            : 'unknown';
        return [this.#origin(kind, `\`${binding.name}\``, use, fn)];
      }
      default:
        return [this.#origin('unknown', `\`${binding.name}\``, use, fn)];
    }
  }

  #param(binding: Binding, use: Expr, fn: FunctionInfo, { depth, seen, field }: Trail): Origin[] {
    if (binding.source.kind !== 'param') return [];
    const { param, index } = binding.source;
    if ((fn.isMethod || binding.name === 'self') && index === 0)
      return [this.#origin('unknown', `\`${binding.name}\``, use, fn)];
    const entry = this.#entries.of(fn);
    const kind = entry === null ? null : entryOrigin(entry, binding.name);
    if (kind !== null) return [this.#origin(kind, entryDetail(kind, binding.name, fn), binding.at, fn)];
    const declared = this.#program.infer.binding(binding, fn);
    if (parts(declared).some((type) => type.t === 'row'))
      return [this.#origin('row', `\`${binding.name}\`, a row at hand`, use, fn)];
    const callers = this.#graph
      .callers(fn)
      .filter((edge) => edge.kind === 'call' && edge.expr.kind === 'Call')
      .slice(0, MAX_CALLERS);
    const passed = callers.flatMap((edge) => {
      if (edge.expr.kind !== 'Call' || seen.has(edge.expr)) return [];
      const given = argumentFor(fn, edge.expr, edge.place.fn, param.name);
      if (given === null) return [];
      const traced = this.#trace(given, edge.place.fn, depth + 2, seen, field);
      return traced.length > 0
        ? traced
        : [this.#origin('argument', `argument \`${binding.name}\` of \`${fn.qualname}\``, binding.at, fn)];
    });
    if (passed.length > 0) return passed;
    const detail = `argument \`${binding.name}\` of \`${fn.qualname}\``;
    return [
      this.#origin(
        callers.length === 0 && PAYLOAD.test(binding.name) ? 'message' : 'argument',
        detail,
        binding.at,
        fn,
      ),
    ];
  }

  #attribute(expr: Extract<Expr, { kind: 'Attribute' }>, fn: FunctionInfo, again: Again): Origin[] {
    const base = this.#program.infer.expr(expr.value, fn);
    if (expr.attr === 'session' && /(^|\.)request$/.test(dottedName(expr.value) ?? ''))
      return [this.#origin('cache', 'a value kept in the session', expr, fn)];
    if (isRequest(expr, fn, base) && !(expr.attr === 'kwargs' && !this.#servesRequests(fn)))
      return [this.#origin('request', `\`${dottedName(expr) ?? expr.attr}\` of the request`, expr, fn)];
    for (const type of parts(base)) {
      if (type.t === 'external' && type.name.startsWith('django.conf.settings'))
        return [this.#origin('settings', `setting \`${expr.attr}\``, expr, fn)];
      if (type.t === 'row') return [this.#column(expr, type.model, fn)];
    }
    const assigned = parts(base).flatMap((type) =>
      type.t === 'instance' ? this.#selfAttribute(type, expr.attr, again) : [],
    );
    return assigned.length > 0 ? assigned : again(expr.value);
  }

  /** A method of a view class: its `self.kwargs` are the parts of the URL. */
  #servesRequests(fn: FunctionInfo): boolean {
    const cls = fn.cls;
    return (
      cls !== null &&
      ['dispatch', 'get', 'post', 'list', 'mutate'].some((name) => this.#entries.serves(cls, name))
    );
  }

  #selfAttribute(type: Extract<Type, { t: 'instance' }>, attr: string, again: Again): Origin[] {
    for (const base of this.#program.hierarchy.mro(type.cls)) {
      if (typeof base === 'string') continue;
      const entries = base.selfAttributes.get(attr) ?? [];
      if (entries.length > 0)
        return entries.flatMap((entry) => (entry.value === null ? [] : again(entry.value, entry.fn)));
    }
    return [];
  }

  #column(expr: Extract<Expr, { kind: 'Attribute' }>, model: ModelRef, fn: FunctionInfo): Origin {
    const { kind, detail, target } = columnOrigin(this.#program, model, expr.attr);
    const origin = this.#origin(kind, detail, expr, fn);
    if (target !== null) this.#targets.set(origin, target);
    return origin;
  }

  #call(
    expr: Extract<Expr, { kind: 'Call' }>,
    fn: FunctionInfo,
    again: Again,
    field: string | null,
  ): Origin[] {
    const known = callOrigin(this.#program, expr, fn);
    if (known !== null) {
      const carried =
        known.kind === 'json'
          ? expr.args
              .flatMap((arg) => again(arg.value))
              .filter((origin) => origin.kind !== 'unknown' && origin.kind !== 'literal')
          : [];
      return carried.length > 0 ? carried : [this.#origin(known.kind, known.detail, expr, fn)];
    }
    const { func } = expr;
    const first = expr.args[0]?.value;
    if (func.kind === 'Name' && SOURCE_OF_TEXT.has(func.id) && first !== undefined) return again(first);
    const returned = this.#graph
      .callees({ kind: 'call', expr, place: { fn, stmt: NO_STMT, frame: null, loop: null, deferred: null } })
      .slice(0, 3);
    const inside = returned.flatMap((callee) =>
      returnValues(callee).flatMap((value) => again(value, callee, field)),
    );
    if (inside.length > 0) return inside;
    if (func.kind === 'Attribute') {
      const key =
        /^(get|pop|getlist|setdefault)$/.test(func.attr) && first !== undefined ? textOf(first) : null;
      return again(func.value, fn, key);
    }
    return first === undefined ? [this.#origin('unknown', 'the result of a call', expr, fn)] : again(first);
  }
}

const NO_STMT: Stmt = { kind: 'Pass', start: 0 as Expr['start'], end: 0 as Expr['end'] };

function argumentFor(
  fn: FunctionInfo,
  call: Extract<Expr, { kind: 'Call' }>,
  caller: FunctionInfo,
  name: string,
): Expr | null {
  return argumentsOf(fn, call, caller).get(name)?.expr ?? null;
}
