import type { CodeSite, Frame, FunctionInfo, Place } from '../project/index.ts';
import type { Expr, Try, With } from '../syntax/index.ts';
import { modelOf } from './asked-rows.ts';
import type { CallGraph } from './call-graph.ts';
import type { Missed } from './caught-none.ts';
import type { Fate } from './escape.ts';
import type { ExceptionRef } from './exceptions.ts';
import type { FoundLookup, LookupFinder } from './find-lookups.ts';
import { isCoroutine, thrownBy } from './lookup-miss.ts';
import { catching } from './propagate.ts';
import { lastName } from './site-table.ts';
import type { OptionalRow } from './observation.ts';
import type { Judgement, Site } from './verdict.ts';

/** What it asks of the analysis. */
interface Analysis {
  readonly graph: CallGraph;
  readonly finder: LookupFinder;
  readonly fate: (thrown: ExceptionRef, place: Place, made: Expr | null) => Fate;
  readonly judge: (found: FoundLookup) => Judgement;
}

/** Where a value that may be None comes from. */
export type Fetched = Pick<
  OptionalRow,
  'fetched' | 'method' | 'model' | 'call' | 'key' | 'origins' | 'decided'
>;

/** Finds the lookups that may run a handler. */
export class CaughtMisses {
  readonly #analysis: Analysis;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /** The lookup that may be missed where a name is left at None; null when each of them finds its row, or another handler answers. */
  of(fn: FunctionInfo, missed: Missed): Fetched | null {
    const before = missed.none === null || missed.none.start < missed.stmt.start;
    const sites = this.#analysis.graph.sites
      .of(fn)
      .filter(
        (site) =>
          (site.kind === 'call' || site.kind === 'attribute') &&
          site.place.deferred === null &&
          isTried(site.place.frame, missed.stmt) &&
          !(before && site.expr.end > missed.value.end),
      );
    for (const site of sites) {
      const found = this.#analysis.finder.at(site);
      const miss = found === null ? this.#within(site, missed) : this.#own(found, missed);
      if (miss !== null) return miss;
    }
    return null;
  }

  #own(found: FoundLookup, missed: Missed): Fetched | null {
    const judgement = this.#caught(found, found.place.fn, missed);
    if (judgement === null) return null;
    const { lookup, origins } = judgement;
    return {
      fetched: lookup.span,
      method: found.method,
      model: valueOf(missed) === found.expr ? lookup.model : null,
      call: lookup.call,
      key: lookup.key,
      origins,
      decided: answerSite(found.place.fn, missed),
    };
  }

  /** A lookup of a function that is called here. */
  #within(site: CodeSite, missed: Missed): Fetched | null {
    if (site.kind !== 'call') return null;
    const { graph, finder } = this.#analysis;
    const { fn } = site.place;
    for (const callee of graph.callees(site))
      for (const inner of graph.sites.of(callee)) {
        const found = finder.at(inner);
        if (found === null || this.#caught(found, fn, missed) === null) continue;
        return {
          fetched: { start: site.expr.start, end: site.expr.end },
          method: lastName(site.expr.func) ?? callee.name,
          model:
            valueOf(missed) === site.expr
              ? modelOf(graph.program, graph.program.infer.expr(site.expr, fn))
              : null,
          call: site.expr,
          key: null,
          origins: [],
          decided: answerSite(fn, missed),
        };
      }
    return null;
  }

  /** The judgement of a lookup whose row may be missing, where the handler is what answers that. */
  #caught(found: FoundLookup, fn: FunctionInfo, missed: Missed): Judgement | null {
    if (!this.#isNext(found, missed) && !this.#answers(found, fn, missed)) return null;
    const judgement = this.#analysis.judge(found);
    const sure =
      judgement.verdict.kind === 'guaranteed' ||
      judgement.defects.some(({ kind }) => kind === 'exists-check');
    return sure ? null : judgement;
  }

  /** True where nothing stands between the lookup and the handler, whatever that does in the end. */
  #isNext(found: FoundLookup, { stmt, answer }: Missed): boolean {
    const { frame, fn } = found.place;
    return (
      frame?.kind === 'try' &&
      frame.stmt === stmt &&
      catching(this.#analysis.graph.program, frame.stmt.handlers, thrownBy(found), fn)?.handler === answer
    );
  }

  /** True where the handler is what answers a lookup further in. */
  #answers(found: FoundLookup, fn: FunctionInfo, missed: Missed): boolean {
    const { span } = answerSite(fn, missed);
    const made = isCoroutine(found) ? found.expr : null;
    const { answered } = this.#analysis.fate(thrownBy(found), found.place, made);
    return answered.some(
      ({ guard }) => guard.path === fn.path && guard.span.start === span.start && guard.span.end === span.end,
    );
  }
}

function valueOf({ value }: Missed): Expr {
  return value.kind === 'Await' ? value.value : value;
}

function answerSite({ path }: FunctionInfo, { answer }: Missed): Site {
  const { start } = answer;
  const end = 'args' in answer ? answer.end : (answer.type?.end ?? start);
  return { path, span: { start, end } };
}

function isTried(start: Frame | null, stmt: Try | With): boolean {
  for (let frame = start; frame !== null; frame = frame.parent)
    if ((frame.kind === 'try' || frame.kind === 'with') && frame.stmt === stmt) return true;
  return false;
}
