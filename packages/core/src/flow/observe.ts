import type { FunctionInfo, Module, Program } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import type { Span } from '../text/index.ts';
import type { CallGraph } from './call-graph.ts';
import type { EntryPoints } from './entry.ts';
import type { LookupFinder } from './find-lookups.ts';
import { hostOf } from './host.ts';
import { narrow } from './narrow.ts';
import type { Fact } from './narrow-state.ts';
import type { Observation, OptionalRow } from './observation.ts';
import { abstractNames, deadHandlers, tries } from './observe-handlers.ts';
import { idOfFilter, StaleReferences } from './observe-deletes.ts';
import { firstByIndex, keyOfCall, uncheckedMap } from './observe-rows.ts';
import { earlyTask } from './observe-tasks.ts';
import { hasCandidates } from './optional-candidates.ts';
import { OptionalValues } from './optional-values.ts';
import type { Origins } from './origins.ts';
import { lastName } from './site-table.ts';
import type { Place } from './sites.ts';
import { placeAt } from './spot.ts';
import type { Host, Origin, OriginKind, Verdict } from './verdict.ts';

/** What the observer asks of the analysis. */
export interface Analysis {
  readonly graph: CallGraph;
  readonly entries: EntryPoints;
  readonly origins: Origins;
  readonly finder: LookupFinder;
}

type Escapes = Extract<Verdict, { kind: 'escapes' }>;

/** Looks for what is wrong around rows beside lookups. Whatever is not sure is left out. */
export class Observer {
  readonly #program: Program;
  readonly #analysis: Analysis;
  readonly #verdict: (error: string, place: Place) => Verdict;
  readonly #optional: OptionalValues;
  readonly #stale: StaleReferences;

  /** `verdict` tells what becomes of an exception, by its dotted name, at a place. */
  constructor(analysis: Analysis, verdict: (error: string, place: Place) => Verdict) {
    this.#analysis = analysis;
    this.#program = analysis.graph.program;
    this.#verdict = verdict;
    this.#optional = new OptionalValues(this.#program);
    this.#stale = new StaleReferences(analysis.graph);
  }

  /** Every observation of a file, by position. */
  observations(module: Module): Observation[] {
    const out = module.functions.flatMap((fn) => [
      ...this.#uses(fn),
      ...this.#handlers(fn),
      ...this.#tasks(fn),
      ...this.#deletes(fn),
    ]);
    return out.sort((a, b) => a.span.start - b.span.start);
  }

  #uses(fn: FunctionInfo): Observation[] {
    const candidates = hasCandidates(fn, {
      optional: (expr) => this.#optional.given(expr, fn) !== null,
      first: (expr) => firstByIndex(this.#program, expr, fn) !== null,
    });
    if (!candidates) return [];
    const out: (Observation | null)[] = [];
    const told = new Set<Expr>();
    narrow(fn.body, {
      optional: (expr, state) => this.#optional.fact(expr, fn, state),
      used: (fact, at, use, name) => {
        if (!told.has(fact.source)) out.push(this.#optionalRow(fn, fact, at, use, name));
        told.add(fact.source);
      },
      item: (expr, state, caught) => {
        if (told.has(expr)) return;
        told.add(expr);
        const map = caught('KeyError') ? null : uncheckedMap(this.#program, expr, fn, state);
        if (map !== null) out.push(this.#rowMap(fn, expr, map));
        const first = map !== null || caught('IndexError') ? null : firstByIndex(this.#program, expr, fn);
        if (first !== null && !this.#optional.asked(state.tests, first.rows, fn))
          out.push(this.#rowIndex(fn, expr, first));
      },
      leaves: (call) => this.#optional.leaves(call, fn),
      returned: () => undefined,
    });
    return out.filter((observation) => observation !== null);
  }

  #optionalRow(
    fn: FunctionInfo,
    fact: Fact,
    at: Expr,
    use: OptionalRow['use'],
    name: string | null,
  ): Observation | null {
    const found = this.#escaping(
      fn,
      at,
      use === 'attribute' ? 'builtins.AttributeError' : 'builtins.TypeError',
    );
    const fetched = placeAt(fn, fact.source);
    if (found === null || (fetched !== null && afterConflict(fetched))) return null;
    const key = fact.call === null ? null : keyOfCall(fact.call);
    return {
      kind: 'optional-row',
      ...found,
      confidence: fact.by === 'query' ? 'high' : 'medium',
      model: fact.model,
      origins: this.#originsOf(key, fn),
      use,
      fetched: spanOf(fact.source),
      by: fact.by,
      method: fact.method,
      name,
      key,
      call: fact.call,
      decided: fact.decided,
    };
  }

  #rowMap(
    fn: FunctionInfo,
    expr: Extract<Expr, { kind: 'Subscript' }>,
    map: NonNullable<ReturnType<typeof uncheckedMap>>,
  ): Observation | null {
    const origins = this.#analysis.origins.of(expr.index, fn);
    if (!origins.some(({ kind }) => DANGLING.has(kind))) return null;
    const found = this.#escaping(fn, expr, 'builtins.KeyError');
    if (found === null) return null;
    return {
      kind: 'row-map',
      ...found,
      confidence: 'medium',
      model: map.model,
      origins,
      name: map.name,
      built: spanOf(map.built),
      key: expr.index,
      bulk: map.bulk,
    };
  }

  #rowIndex(
    fn: FunctionInfo,
    expr: Expr,
    first: NonNullable<ReturnType<typeof firstByIndex>>,
  ): Observation | null {
    const found = this.#escaping(fn, expr, 'builtins.IndexError');
    return found === null ? null : { kind: 'row-index', ...found, confidence: 'high', origins: [], ...first };
  }

  /** A use whose exception reaches an entry point; null when somebody answers it. */
  #escaping(
    fn: FunctionInfo,
    at: Expr,
    error: string,
  ): { path: string; span: Span; host: Host; verdict: Escapes } | null {
    const place = placeAt(fn, at);
    if (place === null || afterConflict(place)) return null;
    const verdict = this.#verdict(error, place);
    return verdict.kind === 'escapes'
      ? { path: fn.path, span: spanOf(at), host: this.#host(place, at), verdict }
      : null;
  }

  #handlers(fn: FunctionInfo): Observation[] {
    const { graph } = this.#analysis;
    return tries(fn).flatMap((stmt): Observation[] => {
      const dead = deadHandlers(graph, fn, stmt).map(
        ({ handler, type, model, call, method }): Observation => ({
          kind: 'dead-handler',
          path: fn.path,
          span: spanOf(type),
          host: this.#host(call.place, call.expr),
          confidence: 'high',
          model: model?.name ?? null,
          exception: `${model?.name ?? 'Model'}.DoesNotExist`,
          handler: spanOf(handler),
          method,
          call: spanOf(call.expr),
        }),
      );
      const place: Place = { fn, stmt, frame: null, loop: null, deferred: null };
      const abstract = stmt.handlers.flatMap((handler) =>
        abstractNames(this.#program, handler, fn).map(
          ({ at, named }): Observation => ({
            kind: 'abstract-handler',
            path: fn.path,
            span: spanOf(at),
            host: this.#host(placeAt(fn, stmt) ?? place, at),
            confidence: 'high',
            named,
            handler: spanOf(handler),
            tried: { start: stmt.start, end: stmt.body.at(-1)?.end ?? stmt.start },
          }),
        ),
      );
      return [...dead, ...abstract];
    });
  }

  #tasks(fn: FunctionInfo): Observation[] {
    const { graph, entries } = this.#analysis;
    return graph.sites.of(fn).flatMap((site): Observation[] => {
      const early = site.kind === 'call' ? earlyTask(graph, entries, site) : null;
      if (early === null || site.kind !== 'call') return [];
      return [
        {
          kind: 'task-before-commit',
          path: fn.path,
          span: spanOf(site.expr),
          host: this.#host(site.place, site.expr),
          confidence: early.written ? 'high' : 'medium',
          call: site.expr,
          ...early,
        },
      ];
    });
  }

  #deletes(fn: FunctionInfo): Observation[] {
    return this.#analysis.graph.sites.of(fn).flatMap((site): Observation[] => {
      const found = site.kind === 'call' ? this.#stale.at(site) : null;
      if (found === null || site.kind !== 'call') return [];
      const seen = { path: fn.path, span: spanOf(site.expr), host: this.#host(site.place, site.expr) };
      const id = found.deleted === 'rows' ? idOfFilter(found.receiver) : null;
      return [{ kind: 'unclean-delete', ...seen, confidence: 'medium', call: site.expr, id, ...found }];
    });
  }

  #host(place: Place, expr: Expr): Host {
    const { graph, entries, finder } = this.#analysis;
    return hostOf(graph, entries, finder, { place, expr }, { answered: [] });
  }

  #originsOf(key: Expr | null, fn: FunctionInfo): readonly Origin[] {
    return key === null ? [] : this.#analysis.origins.of(key, fn);
  }
}

/** In a handler of `IntegrityError` or `MultipleObjectsReturned` there is a row. */
function afterConflict(place: Place): boolean {
  for (let frame = place.frame; frame !== null; frame = frame.parent) {
    if (frame.kind !== 'handler' || frame.handler.type === null) continue;
    const types = frame.handler.type.kind === 'Tuple' ? frame.handler.type.elts : [frame.handler.type];
    if (types.some((type) => /^(IntegrityError|MultipleObjectsReturned)$/.test(lastName(type) ?? '')))
      return true;
  }
  return false;
}

/** Keys that outlive their row. */
const DANGLING: ReadonlySet<OriginKind> = new Set([
  'task-argument',
  'message',
  'search-index',
  'cache',
  'cross-silo',
  'soft-reference',
  'json',
  'request',
  'argument',
]);

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
