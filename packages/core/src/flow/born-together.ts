import {
  type CallSite,
  type ClassInfo,
  type Field,
  type FunctionInfo,
  parts,
  type Program,
  sitesOf,
} from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, chainStart, dottedName, enclosingStmts, type Expr, walkStmts } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import type { FoundLookup } from './find-lookups.ts';
import { wordsOf } from './same-words.ts';
import { lastName } from './site-table.ts';
import { isTestCode } from './test-code.ts';

/** Methods that leave one row behind. */
const MAKES = ['create', 'acreate', 'get_or_create', 'update_or_create'];

/** What a lookup asks of the rows of a parent: the column that leads to it, and the constants that choose one of them. */
interface Asked {
  readonly field: Field;
  readonly constants: ReadonlyMap<string, string>;
}

/**
 * Knows rows that the program makes wherever it makes the row they belong to: `Seat.objects.create(match=match, number=1)` in each
 * function that creates a match says that `match.seats.get(number=1)` is there.
 */
export class BornTogether {
  readonly #graph: CallGraph;
  readonly #program: Program;
  readonly #makers = new Map<ClassInfo, ReadonlyMap<FunctionInfo, readonly Call[]>>();

  constructor(graph: CallGraph) {
    this.#graph = graph;
    this.#program = graph.program;
  }

  /** What hangs on a user is told by what the program asks of it: users come from elsewhere, too. */
  has(found: FoundLookup): boolean {
    const { cls } = found.model;
    const asked = cls === null ? null : this.#asked(found, cls);
    const parent = asked?.field.target?.cls ?? null;
    if (cls === null || asked === null || parent === null || parent === cls) return false;
    if (found.form === 'reverse-one-to-one' && this.#program.models.userModel().cls === parent) return false;
    const makers = [...this.#makersOf(parent)];
    return (
      makers.length > 0 &&
      makers.every(([fn, calls]) => calls.every((call) => this.#isBeside(call, fn, cls, asked)))
    );
  }

  /** True where the row is made whenever the call makes its parent: by the same function, or by one that it calls. */
  #isBeside(parent: Call, fn: FunctionInfo, cls: ClassInfo, asked: Asked): boolean {
    const made = (by: FunctionInfo): readonly Call[] =>
      (this.#makersOf(cls).get(by) ?? []).filter(
        (call) => isChosen(call, asked) || isFilled(by, call, asked),
      );
    if (made(fn).some((call) => isSure(fn, call, parent))) return true;
    return sitesOf(fn).some(
      (site) =>
        site.kind === 'call' &&
        isSure(fn, site.expr, parent) &&
        this.#graph.callees(site).some((part) => made(part).some((call) => isSure(part, call, null))),
    );
  }

  /** Null where the lookup asks by anything else than a row and constants. */
  #asked({ expr, place, rows }: FoundLookup, cls: ClassInfo): Asked | null {
    const args = [expr, ...(rows?.chain ?? []).map(({ call }) => call)].flatMap((call) =>
      call.kind === 'Call' ? call.args.filter(({ name }) => name !== null) : [],
    );
    const named = args.filter((arg) => this.#relation(cls, arg) !== null);
    const rest = args.filter((arg) => !named.includes(arg));
    const owner = this.#accessed(expr, place.fn);
    const ways = named.flatMap((arg) => this.#relation(cls, arg) ?? []);
    const [field, other] = owner === null ? ways : [owner, ...ways];
    if (field === undefined || other !== undefined) return null;
    if (!named.every(({ value }) => this.#isOfRow(value, place.fn))) return null;
    if (!rest.every(({ value }) => isConstant(value))) return null;
    return { field, constants: new Map(rest.map(({ name, value }) => [name ?? '', wordsOf(value)])) };
  }

  /** A row, or the key of one: not what somebody has sent. */
  #isOfRow(value: Expr, fn: FunctionInfo): boolean {
    const { infer, models } = this.#program;
    const isKey = (of: Expr, attr: string): boolean =>
      /^(id|pk)$/.test(attr) ||
      parts(infer.expr(of, fn)).some(
        (type) => type.t === 'row' && type.model.cls !== null && models.primaryKey(type.model.cls) === attr,
      );
    const owner = value.kind === 'Attribute' && isKey(value.value, value.attr) ? value.value : value;
    return (
      parts(infer.expr(owner, fn)).some(({ t }) => t === 'row') ||
      (owner.kind === 'Name' && this.#isKeyOfRow(owner, fn))
    );
  }

  /** `match_id = match.id` before. */
  #isKeyOfRow(name: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo): boolean {
    const [only, other] = reaching(fn.scope.bindings.get(name.id) ?? [], name.start);
    const value =
      other === undefined && only?.source.kind === 'assign' && only.source.steps.length === 0
        ? only.source.value
        : null;
    return value?.kind === 'Attribute' && this.#isOfRow(value, fn);
  }

  #relation(cls: ClassInfo, { name, value }: Call['args'][number]): Field | null {
    if (name === null || isConstant(value)) return null;
    const { models } = this.#program;
    const field = models.field(cls, name) ?? models.columnOf(cls, name);
    return field?.kind === 'fk' || field?.kind === 'o2o' ? field : null;
  }

  /** The column behind `match.seat` or `match.seats`. */
  #accessed(expr: Expr, fn: FunctionInfo): Field | null {
    const current = chainStart(expr);
    if (current.kind !== 'Attribute') return null;
    const { attr } = current;
    const owners = parts(this.#program.infer.expr(current.value, fn));
    const [field] = owners.flatMap((type) =>
      type.t === 'row' ? (this.#program.models.reverse(type.model, attr)?.field ?? []) : [],
    );
    return field ?? null;
  }

  /** The functions that make rows of a model, with the calls that do. */
  #makersOf(cls: ClassInfo): ReadonlyMap<FunctionInfo, readonly Call[]> {
    const known = this.#makers.get(cls);
    if (known !== undefined) return known;
    const out = new Map<FunctionInfo, readonly Call[]>();
    for (const { expr, place } of this.#sitesOf(cls)) {
      if (isTestCode(place.fn.path) || OUTSIDE.test(place.fn.path)) continue;
      const target =
        expr.func.kind === 'Attribute' && MAKES.includes(expr.func.attr) ? expr.func.value : expr.func;
      const makes = parts(this.#program.infer.expr(target, place.fn)).some((type) =>
        type.t === 'manager' || type.t === 'queryset'
          ? type.rows.model.cls === cls
          : type.t === 'model' && type.model.cls === cls,
      );
      if (makes) out.set(place.fn, [...(out.get(place.fn) ?? []), expr]);
    }
    this.#makers.set(cls, out);
    return out;
  }

  #sitesOf({ name }: ClassInfo): readonly CallSite[] {
    const { sites } = this.#graph;
    return [...MAKES, name].flatMap((method) => sites.calls(method));
  }
}

/** What fills a database once, or by hand. */
const OUTSIDE = /(^|\/)(\w*migrations|management\/commands|scripts|fixtures)\//;

/** True where no test stands around a call that does not stand around the other one as well. */
function isSure({ body }: FunctionInfo, call: Call, beside: Call | null): boolean {
  return enclosingStmts(body, call).every(
    (stmt) =>
      !/^(If|While|Match|Try)$/.test(stmt.kind) ||
      (beside !== null && stmt.start <= beside.start && beside.end <= stmt.end),
  );
}

/** The call gives the row its parent, and all constants that the lookup asks by. */
function isChosen({ func, args }: Call, { field, constants }: Asked): boolean {
  const related =
    func.kind === 'Attribute' && !/^(objects|_default_manager)$/.test(lastName(func.value) ?? '');
  const given = args.some(({ name }) => name === field.name || name === `${field.name}_id`);
  if (!given && !(related && MAKES.includes(func.attr))) return false;
  return [...constants].every(([column, words]) =>
    args.some(({ name, value }) => name === column && wordsOf(value) === words),
  );
}

/** `seat = Seat()`, `seat.match = match`, `seat.number = 1` and `seat.save()`. */
function isFilled(fn: FunctionInfo, call: Call, { field, constants }: Asked): boolean {
  const stmt = enclosingStmts(fn.body, call).at(-1);
  const target = stmt?.kind === 'Assign' && stmt.value === call ? stmt.targets[0] : undefined;
  if (target?.kind !== 'Name' || call.args.length > 0) return false;
  const { start, end } = call;
  const set = new Map<string, Expr>();
  let saved = false;
  walkStmts(fn.body, (next) => {
    const to = next.kind === 'Assign' && next.start > end ? next.targets[0] : undefined;
    if (next.kind === 'Assign' && to?.kind === 'Attribute' && next.value !== null)
      if (dottedName(to.value) === target.id) set.set(to.attr, next.value);
    const done = next.kind === 'ExprStmt' && next.start > start ? next.value : undefined;
    saved ||= done?.kind === 'Call' && dottedName(done.func) === `${target.id}.save`;
  });
  return (
    saved &&
    (set.has(field.name) || set.has(`${field.name}_id`)) &&
    [...constants].every(([column, words]) => {
      const value = set.get(column);
      return value !== undefined && wordsOf(value) === words;
    })
  );
}

function isConstant(value: Expr): boolean {
  return value.kind === 'Constant' || /(^|\.)[A-Z][A-Z0-9_]*$/.test(dottedName(value) ?? '');
}
