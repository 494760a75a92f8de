import type { ClassInfo, FunctionInfo } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Attribute, dottedName, type Expr } from '../syntax/index.ts';
import { askedRelation } from './asked-relation.ts';
import type { CallEdge, CallGraph } from './call-graph.ts';
import { MAX_CALLS, readAt } from './checked-by-callers.ts';
import { decides } from './decides.ts';
import type { FoundLookup } from './find-lookups.ts';
import { lastName } from './site-table.ts';
import { outsideTests } from './test-code.ts';
import type { Guard } from './verdict.ts';

/**
 * Why the row behind a reverse one-to-one of a parameter is there: everybody who calls the function asks for it before, or has made it,
 * as `if hasattr(order, "invoice"): send(order)` does. Null when somebody does not, or nobody calls.
 */
export function relationByCallers(graph: CallGraph, lookup: FoundLookup): Guard | null {
  return new Callers(graph, lookup.place.fn.cls).guard(lookup, 0);
}

class Callers {
  readonly #graph: CallGraph;
  /** The class of the object whose method reads the relation; null for a function. */
  readonly #cls: ClassInfo | null;

  constructor(graph: CallGraph, cls: ClassInfo | null) {
    this.#graph = graph;
    this.#cls = cls;
  }

  guard(lookup: FoundLookup, calls: number): Guard | null {
    const { expr, form, place } = lookup;
    const { fn } = place;
    if (form !== 'reverse-one-to-one' || expr.kind !== 'Attribute' || calls >= MAX_CALLS) return null;
    if (isRebound(expr, lookup)) return null;
    const edges = outsideTests(this.#graph.callers(fn), fn.path).filter((edge) => this.#leadsHere(edge, fn));
    const guards = edges.map((edge) => {
      const at = edge.place.fn === fn ? null : readAt(edge, fn, expr);
      if (at === null) return null;
      const there: FoundLookup = { ...lookup, expr: at, place: edge.place };
      const guard = askedRelation(this.#graph.program, there);
      return (
        (guard !== null && this.#decides(guard, edge) ? guard : null) ??
        (this.#isOwn(edge) ? this : new Callers(this.#graph, edge.place.fn.cls)).guard(there, calls + 1)
      );
    });
    const [first] = guards;
    return first === undefined || guards.includes(null) ? null : first;
  }

  /** Not so for `hasattr(order, "invoice")` in a statement before the call neither of whose branches leaves. */
  #decides({ span }: Guard, { expr, place: { fn } }: CallEdge): boolean {
    const isAsked = this.#graph.sites
      .of(fn)
      .some((site) => site.kind === 'call' && site.expr.start === span.start && site.expr.end === span.end);
    return !isAsked || decides(fn.body, expr, span);
  }

  /** The call is one of a method on the caller's own object. */
  #isOwn({ expr, place: { fn } }: CallEdge): boolean {
    const on = expr.kind === 'Call' && expr.func.kind === 'Attribute' ? expr.func.value : null;
    return fn.isMethod && on !== null && (isSuper(on) || dottedName(on) === fn.params[0]?.name);
  }

  /** Not so for a method of a base class that the object's own overrides: nothing but `super()` in there runs it. */
  #leadsHere({ expr }: CallEdge, fn: FunctionInfo): boolean {
    const own =
      this.#cls === null ? null : (this.#graph.program.hierarchy.member(this.#cls, fn.name)?.method ?? null);
    if (own === null || own === fn || !fn.isMethod || fn.cls === this.#cls) return true;
    return expr.kind === 'Call' && expr.func.kind === 'Attribute' && isSuper(expr.func.value);
  }
}

function isSuper(expr: Expr): boolean {
  return expr.kind === 'Call' && lastName(expr.func) === 'super';
}

/** The parameter is another row by now. */
function isRebound({ value, start }: Attribute, { place: { fn } }: FoundLookup): boolean {
  const root = (dottedName(value) ?? '').split('.', 1)[0] ?? '';
  return reaching(fn.scope.bindings.get(root) ?? [], start).some(({ source }) => source.kind !== 'param');
}
