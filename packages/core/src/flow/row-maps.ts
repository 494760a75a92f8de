import { ROW_MAP_METHODS } from '../django/index.ts';
import { type ChainLink, type FunctionInfo, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, dottedName, enclosingStmts, type Expr } from '../syntax/index.ts';
import { puts } from './map-puts.ts';
import { isDictOf } from './optional-candidates.ts';

/** A map that was built from rows: each row under its own id, or under the column that the rows were asked by. */
export interface BuiltMap {
  readonly name: string | null;
  readonly built: Expr;
  readonly model: string | null;
  readonly modelKey: string | null;
  readonly bulk: boolean;
  /** Each row stands under its own id, not under another column of its. */
  readonly ownKey: boolean;
  /** The ids that the rows were asked for by. */
  readonly ids: Expr | null;
  /** It holds the rows themselves, not something of them. */
  readonly ofRows: boolean;
}

interface Selected extends Pick<BuiltMap, 'model' | 'modelKey'> {
  /** The columns that `filter(column__in=...)` asks by. */
  readonly asked: ReadonlySet<string>;
  readonly ids: Expr | null;
  /** The columns that `values_list(...)` gives of each row; empty for rows. */
  readonly columns: readonly (string | null)[];
}

/** The map of rows that an expression names or makes, when its function adds nothing else to it; null for anything else. */
export function mapBehind(program: Program, value: Expr, fn: FunctionInfo): BuiltMap | null {
  const inner = value.kind === 'Subscript' ? innerMap(program, value, fn) : null;
  if (inner !== null) return inner;
  if (value.kind !== 'Name') return built(program, value, fn, null);
  const made = madeAs(value, fn);
  if (made === null) return null;
  const map = built(program, made, fn, value.id);
  if (map !== null) return puts(fn.body, value.id).length > 0 ? null : map;
  return isEmpty(made) ? filled(program, value.id, fn) : null;
}

/** What the only assignment to a name gave it. */
function madeAs(name: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo): Expr | null {
  const [only, other] = reaching(fn.scope.bindings.get(name.id) ?? [], name.start);
  return only?.source.kind === 'assign' && only.source.steps.length === 0 && other === undefined
    ? only.source.value
    : null;
}

/** `maps[kind][key]`: the function puts one map of rows under each kind. */
function innerMap(
  program: Program,
  { value }: Extract<Expr, { kind: 'Subscript' }>,
  fn: FunctionInfo,
): BuiltMap | null {
  const made = value.kind === 'Name' ? madeAs(value, fn) : null;
  if (value.kind !== 'Name' || made === null || !isEmpty(made)) return null;
  const [only, other] = puts(fn.body, value.id);
  return only?.value == null || other !== undefined ? null : built(program, only.value, fn, value.id);
}

/** `rows = {}`, and one loop over rows that puts each under its own id. */
function filled(program: Program, name: string, fn: FunctionInfo): BuiltMap | null {
  const [only, other] = puts(fn.body, name);
  if (only?.value == null || only.loop === null || other !== undefined) return null;
  const { loop, key, value } = only;
  return key === null || isFirstOfKey(fn, name, value)
    ? null
    : keyed(program, { key, target: loop.target, iter: loop.iter, item: value }, fn, { name, at: value });
}

/** `if key not in groups: groups[key] = []`: a map of what rows have in common, which its loop goes on to fill. */
function isFirstOfKey(fn: FunctionInfo, name: string, value: Expr): boolean {
  return enclosingStmts(fn.body, value).some(
    (stmt) =>
      stmt.kind === 'If' &&
      stmt.test.kind === 'Compare' &&
      stmt.test.ops[0] === 'not in' &&
      dottedName(stmt.test.operands[1] ?? value) === name,
  );
}

/** `{}`, `dict()`, `defaultdict(dict)`: nothing is in it yet, and a missing key is no row. */
function isEmpty(value: Expr): boolean {
  if (value.kind === 'Dict') return value.entries.length === 0;
  if (value.kind !== 'Call' || value.func.kind !== 'Name') return false;
  return value.func.id === 'dict' && value.args.length === 0;
}

function built(program: Program, value: Expr, fn: FunctionInfo, name: string | null): BuiltMap | null {
  if (value.kind === 'Await') return built(program, value.value, fn, name);
  if (value.kind === 'Call' && isDictOf(value)) return paired(program, value, fn, name);
  if (value.kind === 'Call') {
    if (value.func.kind !== 'Attribute' || !ROW_MAP_METHODS.has(value.func.attr)) return null;
    const type = parts(program.infer.expr(value.func, fn)).find((part) => part.t === 'rows-method');
    if (type?.t !== 'rows-method' || value.args.every((arg) => arg.name !== null && arg.name !== 'id_list'))
      return null;
    return {
      name,
      built: value,
      model: type.rows.model.name,
      modelKey: type.rows.model.key,
      bulk: true,
      ownKey: true,
      ids: value.args[0]?.value ?? null,
      ofRows: true,
    };
  }
  const clause = value.kind === 'DictComp' ? value.generators[0] : undefined;
  if (value.kind !== 'DictComp' || clause === undefined || value.generators.length > 1) return null;
  const { target, iter } = clause;
  return keyed(program, { key: value.element, target, iter, item: value.value }, fn, { name, at: value });
}

/** A map that takes rows one after the other, each under a key of its own. */
function keyed(
  program: Program,
  { key, target, iter, item }: Keyed,
  fn: FunctionInfo,
  { name, at }: { readonly name: string | null; readonly at: Expr },
): BuiltMap | null {
  if (target.kind === 'Tuple') {
    const place = target.elts.findIndex((elt) => elt.kind === 'Name' && elt.id === dottedName(key));
    const rows = place < 0 ? null : selected(program, iter, fn);
    return rows === null ? null : under(rows, rows.columns[place] ?? null, { name, at, ofRows: false });
  }
  const column = target.kind === 'Name' ? columnOf(key, target.id) : null;
  const rows = column === null ? null : selected(program, iter, fn);
  const ofRows = item !== null && dottedName(item) === dottedName(target);
  return rows === null ? null : under(rows, column, { name, at, ofRows });
}

interface Keyed {
  readonly key: Expr;
  readonly target: Expr;
  readonly iter: Expr;
  /** What stands under the key. */
  readonly item: Expr | null;
}

/** `dict(Order.objects.filter(...).values_list("pk", "number"))`. */
function paired(program: Program, call: Call, fn: FunctionInfo, name: string | null): BuiltMap | null {
  const [given] = call.args;
  const rows = given === undefined ? null : selected(program, given.value, fn);
  if (rows === null || rows.columns.length !== 2) return null;
  return under(rows, rows.columns[0] ?? null, { name, at: call, ofRows: false });
}

/** The map of some rows by a column; null where that neither names them nor is what they were asked by. */
function under(
  { model, modelKey, asked, ids }: Selected,
  column: string | null,
  { name, at, ofRows }: { readonly name: string | null; readonly at: Expr; readonly ofRows: boolean },
): BuiltMap | null {
  if (column === null || !(OWN_KEY.test(column) || asked.has(column))) return null;
  return { name, built: at, model, modelKey, bulk: false, ownKey: OWN_KEY.test(column), ofRows, ids };
}

/** The rows of some query, or those that another system gives. */
function selected(program: Program, source: Expr, fn: FunctionInfo): Selected | null {
  const iter = source.kind === 'Await' ? source.value : source;
  for (const part of parts(program.infer.expr(iter, fn))) {
    if (
      (part.t === 'queryset' || part.t === 'manager') &&
      isSelective(part.rows.chain.map((link) => link.method))
    )
      return {
        model: part.rows.model.name,
        modelKey: part.rows.model.key,
        asked: askedBy(part.rows.chain),
        ids: idsOf(part.rows.chain),
        columns: columnsOf(part.rows.chain),
      };
  }
  const service =
    iter.kind === 'Call' &&
    iter.func.kind === 'Attribute' &&
    /^get_(many|all|\w+s)($|_)/.test(iter.func.attr) &&
    /(^|_)service$/.test(dottedName(iter.func.value) ?? '');
  return service ? { model: null, modelKey: null, asked: new Set(), columns: [], ids: null } : null;
}

/** The columns that `values_list(...)` names; null for one that is no text. */
function columnsOf(chain: readonly ChainLink[]): readonly (string | null)[] {
  const list = chain.findLast(({ method }) => method === 'values_list');
  const named = list?.call.args.filter(({ name }) => name === null) ?? [];
  return named.map(({ value }) => (value.kind === 'Constant' && value.type === 'str' ? value.value : null));
}

const OWN_KEY = /^(id|pk|uuid|guid)$/;

/** The column behind `row.id` and `row["id"]`. */
function columnOf(key: Expr, row: string): string | null {
  if (key.kind === 'Attribute') return key.value.kind === 'Name' && key.value.id === row ? key.attr : null;
  return key.kind === 'Subscript' &&
    key.value.kind === 'Name' &&
    key.value.id === row &&
    key.index.kind === 'Constant'
    ? key.index.value
    : null;
}

/** `filter(pk__in=ids)`, and nothing else that leaves rows out. */
function idsOf(chain: readonly ChainLink[]): Expr | null {
  const [only, other] = chain.flatMap(({ call }) => call.args.filter(({ name }) => name !== null));
  return other === undefined && /^(pk|id|uuid)__in$/.test(only?.name ?? '') ? (only?.value ?? null) : null;
}

/** `filter(owner__in=...)` asks by `owner` and by `owner_id`. */
function askedBy(chain: readonly ChainLink[]): ReadonlySet<string> {
  const names = chain.flatMap(({ call }) => call.args.flatMap(({ name }) => name ?? []));
  const columns = names.filter((name) => name.endsWith('__in')).map((name) => name.slice(0, -4));
  return new Set(columns.flatMap((column) => [column, `${column}_id`]));
}

/** A map of all rows of a table is a table of the program's own. */
function isSelective(chain: readonly string[]): boolean {
  return chain.includes('filter') || chain.includes('exclude');
}
