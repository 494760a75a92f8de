import { Domains } from '../django/index.ts';
import type { FunctionInfo, Module, Place, Program } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import { Batching } from './batching.ts';
import { BornTogether } from './born-together.ts';
import { BornWith } from './born-with.ts';
import { CallGraph } from './call-graph.ts';
import { filledByCallers } from './filled-optional.ts';
import { chained } from './chained.ts';
import { checkedByRoute } from './checked-by-route.ts';
import { confidence } from './confidence.ts';
import { isDefaultManager } from './default-manager.ts';
import { defectsOf } from './defects.ts';
import { EntryPoints } from './entry.ts';
import { EscapeAnalysis, type Fate } from './escape.ts';
import type { ExceptionRef } from './exceptions.ts';
import { columnBehind } from './column-behind.ts';
import { isSettled, verdictOf, writtenTogether } from './fate-verdict.ts';
import { exceptionText, type FoundLookup, LookupFinder } from './find-lookups.ts';
import { oneOfFew } from './few-constants.ts';
import { installedOrigins, isSingleton, lasting } from './fixed-rows.ts';
import { guarantee } from './guaranteed.ts';
import { hostOf } from './host.ts';
import { looseKey } from './loose-key.ts';
import { isPlainKey, keyNames, lookupKey } from './key.ts';
import { isCoroutine, thrownBy } from './lookup-miss.ts';
import { maybeInvalid } from './maybe-invalid.ts';
import { neverAsked } from './never-asked.ts';
import type { Observation } from './observation.ts';
import { Observer } from './observe.ts';
import { Origins } from './origins.ts';
import { ownOrigins } from './own-origin.ts';
import { parentOrigin } from './parent-origin.ts';
import { picked, sentBeside } from './picked.ts';
import { Propagation } from './propagate.ts';
import { isPrivileged } from './privileged.ts';
import { isDeletedTogether } from './deleted-together.ts';
import { ReliedOn } from './relied-on.ts';
import { RowHelpers } from './row-helper.ts';
import { receiverText } from './receiver-text.ts';
import { rowLabel } from './row-label.ts';
import { settersOf } from './setters.ts';
import { sureRelation } from './sure-relation.ts';
import { firstForm, uniqueness } from './uniqueness.ts';
import { wrapperOf } from './wrapper-of.ts';
import type { Defect, Judgement, Lookup, Origin, OriginKind, Verdict } from './verdict.ts';

/** Judges the lookups of a program, file by file as they are asked for. No answer depends on what was asked before. */
export class Judge {
  readonly #program: Program;
  readonly #graph: CallGraph;
  readonly #finder: LookupFinder;
  readonly #entries: EntryPoints;
  readonly #escape: EscapeAnalysis;
  readonly #origins: Origins;
  readonly #bornWith: BornWith;
  readonly #reliedOn: ReliedOn;
  readonly #bornTogether: BornTogether;
  readonly #domains: Domains;
  readonly #observer: Observer;
  readonly #judged = new Map<Module, readonly Judgement[]>();
  readonly #observed = new Map<Module, readonly Observation[]>();
  readonly #batching: Batching;
  readonly #helpers: RowHelpers;

  /** `fresh`: functions that give None since a fix (`freshKey`): all their uses are looked at. */
  constructor(program: Program, fresh: ReadonlySet<string> = new Set()) {
    this.#program = program;
    this.#domains = new Domains(program.options.domains);
    this.#graph = new CallGraph(program);
    this.#finder = new LookupFinder(program);
    this.#batching = new Batching(this.#graph);
    this.#helpers = new RowHelpers(program);
    this.#entries = new EntryPoints(this.#graph);
    this.#escape = new EscapeAnalysis(this.#graph, new Propagation(this.#graph), this.#entries);
    this.#origins = new Origins(this.#graph, this.#entries);
    this.#bornWith = new BornWith(this.#graph, this.#entries);
    this.#reliedOn = new ReliedOn(this.#graph, this.#bornWith);
    this.#bornTogether = new BornTogether(this.#graph);
    const analysis = {
      graph: this.#graph,
      entries: this.#entries,
      origins: this.#origins,
      finder: this.#finder,
      fate: (thrown: ExceptionRef, place: Place, made?: Expr | null) =>
        this.#escape.fate(thrown, place, made),
      judge: (found: FoundLookup) => this.#judge(found),
      bornWith: this.#bornWith,
    };
    this.#observer = new Observer(analysis, fresh);
  }

  /** Every lookup of a file with its verdict, by position. */
  judgements(module: Module): readonly Judgement[] {
    const known = this.#judged.get(module);
    if (known !== undefined) return known;
    const out = module.functions.flatMap((fn) => this.#lookupsOf(fn).map((lookup) => this.#judge(lookup)));
    out.sort((a, b) => a.lookup.span.start - b.lookup.span.start);
    this.#judged.set(module, out);
    return out;
  }

  /** What is wrong around rows beside lookups in a file, by position. */
  observations(module: Module): readonly Observation[] {
    const known = this.#observed.get(module);
    if (known !== undefined) return known;
    const found = this.#observer.observations(module);
    this.#observed.set(module, found);
    return found;
  }

  #lookupsOf(fn: FunctionInfo): FoundLookup[] {
    return this.#graph.sites.of(fn).flatMap((site) => this.#finder.at(site) ?? []);
  }

  #judge(found: FoundLookup): Judgement {
    const { fn } = found.place;
    const key = lookupKey(found);
    const thrown = thrownBy(found);
    const fate = this.#escape.fate(thrown, found.place, isCoroutine(found) ? found.expr : null);
    const origins = this.#originsOf(found, key, fn, fate);
    const verdict = this.#verdict(found, key, fate);
    const defects = [
      ...defectsOf(this.#graph, found, fate, key),
      ...chained(this.#program, found, key),
      ...wrapperOf(found),
      ...looseKey(found, fate, key),
      ...this.#writtenBefore(found, key, origins),
    ];
    return {
      lookup: this.#lookup(found, key, fate, {
        thrown,
        settled: isSettled(verdict, fate) && defects.length === 0,
      }),
      verdict,
      origins,
      confidence: confidence(found, verdict, defects, fate, origins, (fn) => isPrivileged(this.#program, fn)),
      domain: this.#domains.of(found.model.name, fn.path),
      defects,
    };
  }

  #lookup(
    found: FoundLookup,
    key: Expr | null,
    fate: Fate,
    spot: { readonly thrown: ExceptionRef; readonly settled: boolean },
  ): Lookup {
    const { fn } = found.place;
    const unique = uniqueness(this.#program, found);
    const first = firstForm(this.#program, found, unique);
    return {
      id: `${fn.path}:${found.expr.start}`,
      path: fn.path,
      span: { start: found.expr.start, end: found.expr.end },
      form: found.form,
      method: found.method,
      model: found.model.name,
      label: rowLabel(this.#program, found.model),
      exception: exceptionText(found, this.#program),
      receiver: receiverText(found),
      ofModel: isDefaultManager(this.#program, found),
      keys: keyNames(found),
      key,
      call: found.expr.kind === 'Call' ? found.expr : null,
      uniqueness: unique,
      first,
      batch: this.#batching.of(found, first),
      helper: this.#helpers.of(found),
      column: columnBehind(this.#program, found),
      setters: settersOf(this.#graph, found),
      host: hostOf(this.#graph, this.#entries, this.#finder, { ...found, ...spot }, fate),
    };
  }

  /** Rows that something else has asked for, or written, before this lookup can run: they were there a moment ago. */
  #writtenBefore(found: FoundLookup, key: Expr | null, origins: readonly Origin[]): readonly Defect[] {
    if (isDeletedTogether(this.#program, found)) return [{ kind: 'deleted-together', at: found.expr }];
    if (this.#reliedOn.has(found) || this.#bornTogether.has(found))
      return [{ kind: 'relied-on', at: found.expr }];
    return this.#bornWith.has(found, origins) || checkedByRoute(this.#program, found, key)
      ? [{ kind: 'exists-check', at: found.expr }]
      : [];
  }

  #originsOf(found: FoundLookup, key: Expr | null, fn: FunctionInfo, fate: Fate): readonly Origin[] {
    const installed = installedOrigins(found, () => (key === null ? [] : this.#keyOrigins(found, key, fate)));
    if (installed !== null) return installed;
    const few = key === null ? null : oneOfFew(found, key);
    if (key !== null && few !== null)
      return [{ kind: few, detail: 'one of a few constants', path: fn.path, span: key }];
    if (key !== null) {
      const origins = this.#keyOrigins(found, key, fate);
      const stays = lasting(this.#program, found, key, origins);
      return stays === null ? origins : [{ kind: 'natural-key', detail: stays, path: fn.path, span: key }];
    }
    if (found.expr.kind === 'Attribute')
      return [
        {
          kind: found.form === 'relation' ? 'soft-reference' : 'row',
          detail: `the row that \`${found.method}\` points at`,
          path: fn.path,
          span: found.expr,
        },
      ];
    const [kind, detail]: [OriginKind, string] =
      found.form === 'refresh'
        ? ['row', 'a row at hand']
        : isSingleton(found)
          ? this.#singleton(found)
          : ['unknown', 'no key'];
    return [{ kind, detail, path: fn.path, span: found.expr }];
  }

  #keyOrigins(found: FoundLookup, key: Expr, { openEdges }: Fate): readonly Origin[] {
    const { fn } = found.place;
    const traced = maybeInvalid(this.#program, key, fn, this.#origins.of(key, fn, openEdges));
    const origins = ownOrigins(this.#origins, found, key, traced);
    const of = (value: Expr): readonly Origin[] => this.#origins.of(value, fn, openEdges);
    const one = picked(this.#program, found, key, origins);
    if (one === null) return sentBeside(found, origins, of) ?? origins;
    return one.by === 'value' ? of(one.value) : [one.origin];
  }

  /** The only row of a table: a setting of the deployment where the program makes it, something that a person has to put there where it does not. */
  #singleton({ model }: FoundLookup): [OriginKind, string] {
    return model.cls !== null && this.#bornWith.isWritten(model.cls)
      ? ['natural-key', 'no key: the only row of a table, which the program makes']
      : ['literal', 'no key: the only row of a table'];
  }

  #verdict(found: FoundLookup, key: Expr | null, fate: Fate): Verdict {
    const sure =
      guarantee(this.#program, found, isPlainKey(found) ? key : null, key) ??
      sureRelation(this.#graph, found) ??
      filledByCallers(this.#graph, found) ??
      neverAsked(this.#graph, found);
    if (sure !== null) return { kind: 'guaranteed', by: sure };
    const parent = parentOrigin(this.#program, this.#origins, found, key, fate.openEdges);
    if (parent !== null)
      return {
        kind: 'guaranteed',
        by: { kind: 'constrained-parent', path: parent.path, span: parent.span, detail: parent.detail },
      };
    const together = isDeletedTogether(this.#program, found) ? null : writtenTogether(this.#bornWith, found);
    if (together !== null) return { kind: 'guaranteed', by: together };
    return verdictOf(fate, found.place.fn);
  }
}
