import { Domains, LOOKUP_METHODS, OPTIONAL_METHODS } from '../django/index.ts';
import { type FunctionInfo, type Module, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import type { Expr } from '../syntax/index.ts';
import { Batching } from './batching.ts';
import { BornWith } from './born-with.ts';
import { CallGraph } from './call-graph.ts';
import { confidence } from './confidence.ts';
import { defectsOf } from './defects.ts';
import { EntryPoints } from './entry.ts';
import { EscapeAnalysis, type Fate } from './escape.ts';
import { columnBehind } from './column-behind.ts';
import { exceptionText, type FoundLookup, LookupFinder } from './find-lookups.ts';
import { isInstalled, isLasting, isOwn, isSingleton } from './fixed-rows.ts';
import { guarantee } from './guaranteed.ts';
import { hostOf } from './host.ts';
import { isPlainKey, keyNames, lookupKey } from './key.ts';
import type { Observation } from './observation.ts';
import { Observer } from './observe.ts';
import { Origins } from './origins.ts';
import { Propagation } from './propagate.ts';
import { RowHelpers } from './row-helper.ts';
import { firstForm, uniqueness } from './uniqueness.ts';
import { wrapperOf } from './wrapper-of.ts';
import type { Defect, EntryKind, Judgement, Lookup, Origin, OriginKind, Verdict } from './verdict.ts';

/** Judges the lookups of a program, file by file as they are asked for. No answer depends on what was asked before. */
export class Judge {
  readonly #program: Program;
  readonly #graph: CallGraph;
  readonly #finder: LookupFinder;
  readonly #entries: EntryPoints;
  readonly #escape: EscapeAnalysis;
  readonly #origins: Origins;
  readonly #bornWith: BornWith;
  readonly #domains: Domains;
  readonly #observer: Observer;
  readonly #judged = new Map<Module, readonly Judgement[]>();
  readonly #observed = new Map<Module, readonly Observation[]>();
  readonly #batching: Batching;
  readonly #helpers: RowHelpers;

  constructor(program: Program) {
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
    const analysis = {
      graph: this.#graph,
      entries: this.#entries,
      origins: this.#origins,
      finder: this.#finder,
    };
    this.#observer = new Observer(analysis, (error, place) =>
      this.#ofFate(this.#escape.fate({ kind: 'external', name: error }, place), place.fn),
    );
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
    const fate = this.#escape.fate(
      { kind: 'missing', model: found.model, attribute: found.form === 'reverse-one-to-one' },
      found.place,
      isCoroutine(found) ? found.expr : null,
    );
    const unique = uniqueness(this.#program, found);
    const first = firstForm(this.#program, found, unique);
    const lookup: Lookup = {
      id: `${fn.path}:${found.expr.start}`,
      path: fn.path,
      span: { start: found.expr.start, end: found.expr.end },
      form: found.form,
      method: found.method,
      model: found.model.name,
      exception: exceptionText(found, this.#program),
      receiver: receiverText(found),
      keys: keyNames(found),
      key,
      call: found.expr.kind === 'Call' ? found.expr : null,
      uniqueness: unique,
      first,
      batch: this.#batching.of(found, first),
      helper: this.#helpers.of(found),
      column: columnBehind(this.#program, found),
      host: hostOf(this.#graph, this.#entries, this.#finder, found, fate),
    };
    const origins = this.#originsOf(found, key, fn, fate);
    const verdict = this.#verdict(found, key, fate);
    const defects = [
      ...defectsOf(this.#program, found, fate),
      ...this.#chained(found, key),
      ...wrapperOf(found),
    ];
    const domain = this.#domains.of(found.model.name, fn.path);
    return {
      lookup,
      verdict,
      origins,
      confidence: confidence(found, verdict, defects, fate, origins),
      domain,
      defects,
    };
  }

  #originsOf(found: FoundLookup, key: Expr | null, fn: FunctionInfo, fate: Fate): readonly Origin[] {
    if (isInstalled(found))
      return [
        { kind: 'natural-key', detail: 'a name that migrations write', path: fn.path, span: found.expr },
      ];
    if (key !== null) {
      const origins = this.#origins.of(key, fn, fate.openEdges);
      return isLasting(found) && isOwn(origins)
        ? [{ kind: 'natural-key', detail: 'a content type of an installed model', path: fn.path, span: key }]
        : origins;
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
          ? ['literal', 'no key: the only row of a table']
          : ['unknown', 'no key'];
    return [{ kind, detail, path: fn.path, span: found.expr }];
  }

  #verdict(found: FoundLookup, key: Expr | null, fate: Fate): Verdict {
    const sure = guarantee(this.#program, found, isPlainKey(found) ? key : null, key);
    if (sure !== null) return { kind: 'guaranteed', by: sure };
    const parent = this.#parentOf(found, key);
    if (parent !== null)
      return {
        kind: 'guaranteed',
        by: { kind: 'constrained-parent', path: parent.path, span: parent.span, detail: parent.detail },
      };
    const creator =
      found.form === 'reverse-one-to-one' && found.model.cls !== null
        ? this.#bornWith.creator(found.model.cls)
        : null;
    if (creator !== null)
      return {
        kind: 'guaranteed',
        by: {
          kind: 'created',
          path: creator.path,
          span: creator.def?.nameSpan ?? creator.span,
          detail: `\`${creator.qualname}\` writes the row together with its parent`,
        },
      };
    return this.#ofFate(fate, found.place.fn);
  }

  /** The only origin of a key that was passed on, when it is a constrained column of a row at hand. Columns read in place are judged by `guarantee`. */
  #parentOf(found: FoundLookup, key: Expr | null): Origin | null {
    if (key === null || key.kind === 'Attribute' || !isPlainKey(found)) return null;
    const [origin, other] = this.#origins.of(key, found.place.fn);
    return origin !== undefined &&
      other === undefined &&
      this.#origins.pointsAt(origin)?.key === found.model.key
      ? origin
      : null;
  }

  /** Who answers an exception that was followed to its ends; the most exposed entry point when nobody does. */
  #ofFate(fate: Fate, fn: FunctionInfo): Verdict {
    const best = [...fate.escapes].sort(
      (a, b) => rank(a.entry.kind) - rank(b.entry.kind) || a.path.length - b.path.length,
    )[0];
    if (best !== undefined)
      return {
        kind: 'escapes',
        entry: best.entry,
        path: best.path,
        otherPaths: fate.escapes.length - 1,
        callers: fate.callers,
      };
    const contained = fate.answered.find((item) => item.contained);
    if (contained !== undefined) return { kind: 'contained', by: contained.guard, path: contained.path };
    const handled = fate.answered[0];
    if (handled !== undefined) return { kind: 'handled', by: handled.guard, path: handled.path };
    return {
      kind: 'escapes',
      entry: { kind: 'uncalled', function: fn.qualname, path: fn.path, span: fn.def?.nameSpan ?? fn.span },
      path: [],
      otherPaths: 0,
      callers: [],
    };
  }

  /** The key is read from the row that another lookup of the same function found. */
  #chained(found: FoundLookup, key: Expr | null): Defect[] {
    if (key === null || key.kind !== 'Attribute' || key.value.kind !== 'Name') return [];
    const name = key.value.id;
    for (const { source } of reaching(found.place.fn.scope.bindings.get(name) ?? [], key.start)) {
      if (source.kind !== 'assign' || source.value === null) continue;
      const value = source.value.kind === 'Await' ? source.value.value : source.value;
      if (value.kind !== 'Call' || value.func.kind !== 'Attribute' || !isRowQuery(value.func.attr)) continue;
      const row = parts(this.#program.infer.expr(value, found.place.fn)).find((type) => type.t === 'row');
      if (row?.t === 'row') return [{ kind: 'chained', at: value, first: row.model.name ?? 'row' }];
    }
    return [];
  }
}

/** Methods that ask for one row by what the caller gives. */
function isRowQuery(method: string): boolean {
  return LOOKUP_METHODS.has(method) || OPTIONAL_METHODS.has(method);
}

/** `aget(...)` and the like run where they are awaited. */
function isCoroutine(found: FoundLookup): boolean {
  return /^a(get|latest|earliest)$/.test(found.method);
}

const RANKS: readonly EntryKind[] = [
  'task',
  'consumer',
  'receiver',
  'rpc',
  'api',
  'view',
  'graphql',
  'middleware',
  'thread',
  'serializer',
  'template-tag',
  'admin',
  'uncalled',
  'command',
  'script',
];

function rank(kind: EntryKind): number {
  return RANKS.indexOf(kind);
}

function receiverText(found: FoundLookup): string {
  if (found.rows === null) return found.expr.kind === 'Attribute' ? 'descriptor' : 'row';
  const chain = found.rows.chain.map((link) => link.method);
  return [found.rows.related ? `related manager ${found.rows.manager}` : found.rows.manager, ...chain].join(
    '.',
  );
}
