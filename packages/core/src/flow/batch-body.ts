import { WRITE_METHODS } from '../django/index.ts';
import { type CallSite, type FunctionInfo, type ModelRef, parts, type Program } from '../project/index.ts';
import { dottedName, type Expr, type For, opensScope, type Stmt, walkStmts } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import type { FoundLookup } from './find-lookups.ts';

/** What the body of a loop does to rows that were read before it. */
export interface Harm {
  /** Why a row that is there would be treated otherwise; null when nothing shows that. */
  readonly never: string | null;
  readonly doubts: readonly string[];
}

const BUILTINS =
  /^(?:print|len|str|int|float|bool|isinstance|type|repr|min|max|sum|sorted|list|dict|set|tuple|range|enumerate|zip|any|all|abs|round|hasattr)$/;
const CONTAINER =
  /^(?:append|extend|get|setdefault|insert|index|join|format|strip|lower|upper|title|replace|split|startswith|endswith|items|keys|values|isoformat|strftime)$/;
const LOG = /^(?:debug|info|warning|warn|error|exception|critical|log|bind)$/;

/** Reads the body of a loop for what would matter to rows that were loaded before it. */
export class BatchBody {
  readonly #graph: CallGraph;
  readonly #program: Program;
  readonly #quiet = new Map<FunctionInfo, boolean>();

  constructor(graph: CallGraph) {
    this.#graph = graph;
    this.#program = graph.program;
  }

  harm(found: FoundLookup, loop: For): Harm {
    const { fn } = found.place;
    const doubts = new Set<string>();
    for (const site of this.#graph.sites.of(fn)) {
      const at = site.kind === 'raise' ? site.stmt : site.expr;
      if (at.start < loop.start || at.end > loop.end || at.start < (loop.body[0]?.start ?? 0)) continue;
      if (site.kind === 'yield') doubts.add('whoever iterates over it runs between the items');
      if (site.kind !== 'call' || site.expr === found.expr || within(site.expr, found.expr)) continue;
      const written = this.#writes(site, found);
      if (written === 'rows')
        return {
          never: 'the loop writes such rows by query: rows that were read before would be stale',
          doubts: [],
        };
      if (written === 'delete')
        return {
          never: 'the loop deletes the row: a second item of the same id would find it again',
          doubts: [],
        };
      if (written === 'save')
        doubts.add('the row is saved as it was before the first item: what is written in between is lost');
      else if (written === null && !this.#isHarmless(site))
        doubts.add(`\`${nameOf(site)}\` may change rows that are read before`);
    }
    if (setsAttributes(found, loop)) doubts.add('items of the same id share one object');
    return { never: null, doubts: [...doubts] };
  }

  /** How a call writes rows: `other` are those of models that share no table with the loop's; null when it is none of Django's own. */
  #writes(site: CallSite, found: FoundLookup): 'rows' | 'save' | 'delete' | 'other' | null {
    const { func } = site.expr;
    if (func.kind !== 'Attribute' || !WRITE_METHODS.has(func.attr)) return null;
    const types = parts(this.#program.infer.expr(func.value, found.place.fn));
    const models = types.flatMap((type) =>
      type.t === 'row'
        ? [type.model]
        : type.t === 'manager' || type.t === 'queryset'
          ? [type.rows.model]
          : [],
    );
    if (models.some((model) => this.#shareRows(model, found.model))) {
      if (types.some((type) => type.t !== 'row')) return 'rows';
      return func.attr.endsWith('delete') ? 'delete' : 'save';
    }
    const known =
      models.length > 0 && models.length === types.length && models.every(({ cls }) => cls !== null);
    return known && this.#graph.callees(site).length === 0 ? 'other' : null;
  }

  #shareRows(a: ModelRef, b: ModelRef): boolean {
    if (a.key === b.key) return true;
    if (a.cls === null || b.cls === null) return false;
    const { hierarchy } = this.#program;
    return hierarchy.mro(a.cls).includes(b.cls) || hierarchy.mro(b.cls).includes(a.cls);
  }

  /** True for calls that write no row that a loop could have loaded: logs, builtins, containers, and functions of the program that do only such. */
  #isHarmless(site: CallSite): boolean {
    const { func } = site.expr;
    if (func.kind === 'Name' && BUILTINS.test(func.id)) return true;
    const callees = this.#graph.callees(site);
    if (callees.length > 0) return callees.every((fn) => this.#isQuiet(fn));
    if (func.kind !== 'Attribute') return false;
    const owner = dottedName(func.value) ?? '';
    if (this.#asksRows(func.value, site.place.fn) && !WRITE_METHODS.has(func.attr)) return true;
    if (LOG.test(func.attr) && /(?:^|\.|_)(?:log|logger|logging)$/i.test(owner)) return true;
    return CONTAINER.test(func.attr);
  }

  /** True for managers and querysets: what they do beside writing is reading. */
  #asksRows(receiver: Expr, fn: FunctionInfo): boolean {
    const types = parts(this.#program.infer.expr(receiver, fn));
    return types.length > 0 && types.every(({ t }) => t === 'manager' || t === 'queryset');
  }

  #isQuiet(fn: FunctionInfo): boolean {
    const known = this.#quiet.get(fn);
    if (known !== undefined) return known;
    this.#quiet.set(fn, true);
    const quiet =
      fn.def !== null &&
      !fn.def.generator &&
      this.#graph.sites.of(fn).every((site) => site.kind !== 'call' || this.#isHarmless(site)) &&
      !assigns(fn.body);
    this.#quiet.set(fn, quiet);
    return quiet;
  }
}

function within(part: Expr, whole: Expr): boolean {
  return whole.start <= part.start && part.end <= whole.end;
}

function nameOf({ expr: { func } }: CallSite): string {
  return func.kind === 'Attribute' ? `${func.attr}()` : func.kind === 'Name' ? `${func.id}()` : 'a call';
}

/** True when a block assigns to attributes of anything. */
function assigns(body: readonly Stmt[], of: string | null = null): boolean {
  let found = false;
  const is = (target: Expr): boolean =>
    target.kind === 'Attribute' && (of === null || (target.value.kind === 'Name' && target.value.id === of));
  walkStmts(
    body,
    (stmt) => {
      if (stmt.kind === 'Assign') found ||= stmt.targets.some(is);
      if (stmt.kind === 'AugAssign') found ||= is(stmt.target);
    },
    (stmt) => !opensScope(stmt),
  );
  return found;
}

function setsAttributes({ place: { stmt } }: FoundLookup, loop: For): boolean {
  const target = stmt.kind === 'Assign' ? stmt.targets[0] : undefined;
  return target?.kind === 'Name' ? assigns(loop.body, target.id) : false;
}
