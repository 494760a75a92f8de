import {
  type FunctionInfo,
  functionSites,
  type Module,
  type Place,
  type Program,
  sitesOf,
} from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import type { Span } from '../text/index.ts';
import type { BornWith } from './born-with.ts';
import type { CallGraph } from './call-graph.ts';
import { CaughtMisses } from './caught-misses.ts';
import type { EntryPoints } from './entry.ts';
import type { Fate } from './escape.ts';
import type { ExceptionRef } from './exceptions.ts';
import { verdictOf } from './fate-verdict.ts';
import type { FoundLookup, LookupFinder } from './find-lookups.ts';
import { hostOf } from './host.ts';
import type { Observation } from './observation.ts';
import { RowUses } from './observe-uses.ts';
import { abstractNames, deadHandlers } from './observe-handlers.ts';
import { idOfFilter, StaleReferences } from './observe-deletes.ts';
import { handRaised } from './observe-raises.ts';
import { earlyTask } from './observe-tasks.ts';
import type { Origins } from './origins.ts';
import { serviceItems } from './service-items.ts';
import { placeAt } from './spot.ts';
import type { Host, Judgement } from './verdict.ts';

/** What the observer asks of the analysis. */
export interface Analysis {
  readonly graph: CallGraph;
  readonly entries: EntryPoints;
  readonly origins: Origins;
  readonly finder: LookupFinder;
  /** What becomes of an exception that is raised at a place. */
  readonly fate: (thrown: ExceptionRef, place: Place, made?: Expr | null) => Fate;
  /** What a lookup of any file is judged to be. */
  readonly judge: (found: FoundLookup) => Judgement;
  readonly bornWith: BornWith;
}

/** Looks for what is wrong around rows beside lookups. Whatever is not sure is left out. */
export class Observer {
  readonly #program: Program;
  readonly #analysis: Analysis;
  readonly #uses: RowUses;
  readonly #stale: StaleReferences;

  /** `fresh`: functions that give None since a fix. */
  constructor(analysis: Analysis, fresh: ReadonlySet<string>) {
    this.#analysis = analysis;
    this.#program = analysis.graph.program;
    this.#uses = new RowUses({
      program: this.#program,
      graph: analysis.graph,
      origins: analysis.origins,
      verdict: (error, place) => verdictOf(analysis.fate({ kind: 'external', name: error }, place), place.fn),
      host: (place, expr) => this.#host(place, expr),
      fresh,
      misses: new CaughtMisses(analysis),
      bornWith: analysis.bornWith,
    });
    this.#stale = new StaleReferences(analysis.graph);
  }

  /** Every observation of a file, by position. */
  observations(module: Module): Observation[] {
    const out: Observation[] = [];
    for (const fn of module.functions)
      out.push(
        ...this.#uses.of(fn),
        ...this.#handlers(fn),
        ...this.#calls(fn),
        ...this.#raises(fn),
        ...this.#items(fn),
      );
    return out.sort((a, b) => a.span.start - b.span.start);
  }

  #handlers(fn: FunctionInfo): Observation[] {
    const { graph } = this.#analysis;
    return functionSites(fn).tries.flatMap((stmt): Observation[] => {
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

  /** Of calls: tasks that are sent before the commit, deletions that leave references. */
  *#calls(fn: FunctionInfo): Iterable<Observation> {
    const { graph, entries } = this.#analysis;
    for (const site of sitesOf(fn)) {
      if (site.kind !== 'call' || site.expr.func.kind !== 'Attribute') continue;
      const early = earlyTask(graph, entries, site);
      const stale = early === null ? this.#stale.at(site) : null;
      if (early === null && stale === null) continue;
      const seen = {
        path: fn.path,
        span: spanOf(site.expr),
        host: this.#host(site.place, site.expr),
        call: site.expr,
      };
      if (early !== null)
        yield {
          kind: 'task-before-commit',
          ...seen,
          confidence: early.written ? 'high' : 'medium',
          ...early,
        };
      if (stale !== null) {
        const id = stale.deleted === 'rows' ? idOfFilter(stale.receiver) : null;
        yield { kind: 'unclean-delete', ...seen, confidence: 'medium', id, ...stale };
      }
    }
  }

  #raises(fn: FunctionInfo): readonly Observation[] {
    const { entries, fate } = this.#analysis;
    const found = handRaised(this.#program, entries, (thrown, { place }) => fate(thrown, place), fn);
    return found.map(({ place, exc, isPromise, model, exception, verdict }) => ({
      kind: 'raised-miss',
      path: fn.path,
      span: spanOf(exc),
      host: this.#host(place, exc),
      confidence: isPromise ? 'high' : 'medium',
      getter: fn.qualname,
      origins: [],
      model,
      exception,
      verdict,
    }));
  }

  #items(fn: FunctionInfo): readonly Observation[] {
    return serviceItems(this.#program, fn).flatMap(({ at, call, how, method }): Observation[] => {
      const place = placeAt(fn, at);
      if (place === null) return [];
      const error = how === 'unpack' ? 'builtins.ValueError' : 'builtins.IndexError';
      const verdict = verdictOf(this.#analysis.fate({ kind: 'external', name: error }, place), fn);
      if (verdict.kind !== 'escapes') return [];
      const seen = { path: fn.path, span: spanOf(at), host: this.#host(place, at), verdict };
      return [
        {
          kind: 'service-item',
          ...seen,
          confidence: 'medium',
          model: null,
          origins: [],
          how,
          method,
          call,
        },
      ];
    });
  }

  #host(place: Place, expr: Expr): Host {
    const { graph, entries, finder } = this.#analysis;
    const thrown = { kind: 'external', name: 'AttributeError' } as const;
    return hostOf(graph, entries, finder, { place, expr, thrown }, { answered: [] });
  }
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
