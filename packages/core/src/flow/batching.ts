import { type Field, type FunctionInfo, parts, type Program, type Type } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Argument, type Expr, type For, opensScope, walkExpr, walkStmts } from '../syntax/index.ts';
import { BatchBody } from './batch-body.ts';
import type { CallGraph } from './call-graph.ts';
import type { FoundLookup } from './find-lookups.ts';
import { family, familyOf } from './key-types.ts';
import { readsAgain } from './read-again.ts';
import { condition, fieldName } from './uniqueness.ts';
import type { BatchForm, FirstForm } from './fix-facts.ts';

type Place = FoundLookup['place'];

/** Decides whether the lookups of a loop can become one query: the table of `semantics.md` §5. */
export class Batching {
  readonly #program: Program;
  readonly #body: BatchBody;

  constructor(graph: CallGraph) {
    this.#program = graph.program;
    this.#body = new BatchBody(graph);
  }

  /** Null outside the body of a `for` loop. */
  of(found: FoundLookup, first: FirstForm): BatchForm | null {
    const { loop } = found.place;
    if (loop?.kind !== 'For' || found.expr.start < (loop.body[0]?.start ?? 0)) return null;
    const why = this.#refusal(found, loop, first);
    if (why !== null) return { kind: 'never', why };
    const asked = this.#asked(found);
    if (asked === null) return { kind: 'never', why: 'the row is not looked up by one unique field alone' };
    const bound = boundIn(loop, found.place.fn);
    const key = this.#keyOfItem(asked.value, found.place, loop, bound);
    if (key === null) return { kind: 'never', why: 'the id is not known before the loop' };
    const harm = this.#body.harm(found, loop);
    if (harm.never !== null) return { kind: 'never', why: harm.never };
    const typed = this.#isTyped(key, asked.field, found);
    const again = readsAgain(this.#program, loop.iter, found.place.fn);
    const doubts = [
      ...(again.doubt === null ? [] : [again.doubt]),
      ...(typed || key.kind === 'Name'
        ? []
        : ['reading the id of an item may raise, now before the first one']),
      ...(typed ? [] : ['an id of the wrong type now fails before the first item, as ValidationError']),
      ...harm.doubts,
    ];
    return { kind: 'map', field: asked.name, key, typed, again: again.sure, doubts };
  }

  #refusal({ form, rows, method, expr }: FoundLookup, loop: For, first: FirstForm): string | null {
    if (loop.async) return 'an asynchronous loop is read once';
    if (form !== 'get' || rows === null || (method !== 'get' && method !== 'aget'))
      return `\`${method}\` has no form for many rows`;
    if (first.kind !== 'same') return first.why;
    if (rows.chain.some((link) => link.method === 'select_for_update'))
      return '`select_for_update` locks the rows one after the other';
    if (rows.cls !== null && this.#program.hierarchy.member(rows.cls, 'in_bulk') !== null)
      return `\`${rows.cls.name}\` has an \`in_bulk\` of its own`;
    const bound = boundIn(loop, null);
    const { func } = expr.kind === 'Call' ? expr : { func: expr };
    if (mentions(func, bound)) return 'what the rows are asked of changes with each item';
    const inLoop = rows.chain.some((link) => link.call.args.some(({ value }) => mentions(value, bound)));
    return inLoop ? 'the rows are filtered by something that changes with each item' : null;
  }

  /** The one argument of the lookup, when it names the primary key or a unique field. `name` is null for the primary key. */
  #asked(
    found: FoundLookup,
  ): { readonly value: Expr; readonly name: string | null; readonly field: Field | null } | null {
    const [only, other] = found.expr.kind === 'Call' ? found.expr.args : ([] as Argument[]);
    if (only === undefined || other !== undefined || only.name === null) return null;
    const { path, operator, value } = condition(only.name, only.value);
    const { cls } = found.model;
    const name = fieldName(this.#program, cls, path);
    if (operator !== 'exact' || path.includes('__')) return null;
    if (name === 'pk') {
      const fields = cls === null ? [] : [...this.#program.models.fields(cls).values()];
      if (fields.some(({ type }) => type === 'CompositePrimaryKey')) return null;
      return { value, name: null, field: fields.find(({ primaryKey }) => primaryKey) ?? null };
    }
    const field = cls === null ? null : this.#program.models.field(cls, name);
    return field?.kind === 'plain' && field.unique && !field.null ? { value, name, field } : null;
  }

  /** The id as an expression of the loop's own targets: as it is, or what the body assigned to the name just before. */
  #keyOfItem(value: Expr, { fn }: Place, loop: For, bound: ReadonlySet<string>): Expr | null {
    const targets = targetsOf(loop);
    const known = (expr: Expr): boolean => {
      const names = namesOf(expr);
      return (
        isCheap(expr) && names.some((name) => targets.has(name)) && names.every((name) => !bound.has(name))
      );
    };
    if (known(value)) return value;
    if (value.kind !== 'Name') return null;
    const [last, other] = reaching(fn.scope.bindings.get(value.id) ?? [], value.start);
    if (last === undefined || other !== undefined || last.source.kind !== 'assign') return null;
    const { source } = last;
    const made = loop.body.find((stmt) => stmt.kind === 'Assign' && stmt.value === source.value);
    if (made === undefined || source.value === null || source.steps.length > 0) return null;
    return known(source.value) ? source.value : null;
  }

  /** True for a column that holds such ids: a relation to the model, or a plain column of the same kind. */
  #isTyped(key: Expr, field: Field | null, found: FoundLookup): boolean {
    if (key.kind !== 'Attribute') return false;
    const types = parts(this.#program.infer.expr(key.value, found.place.fn));
    return types.length > 0 && types.every((type) => this.#isColumn(type, key.attr, field, found));
  }

  #isColumn(type: Type, name: string, field: Field | null, { model }: FoundLookup): boolean {
    if (type.t !== 'row' || type.model.cls === null) return false;
    const { models } = this.#program;
    const relation = models.columnOf(type.model.cls, name);
    if (relation !== null) return relation.target?.key === model.key;
    const column = models.field(type.model.cls, name);
    return (
      column?.kind === 'plain' && family(column.type) !== null && family(column.type) === familyOf(field)
    );
  }
}

/** The names that the loop binds anew in its body: an id that reads one of them is not known before the loop. */
function boundIn(loop: For, fn: FunctionInfo | null): ReadonlySet<string> {
  const targets = targetsOf(loop);
  const bound = new Set<string>(fn === null ? targets : []);
  const add = (expr: Expr): void => walkExpr(expr, (part) => part.kind === 'Name' && bound.add(part.id));
  walkStmts(
    loop.body,
    (stmt) => {
      if (stmt.kind === 'Assign') for (const target of stmt.targets) add(target);
      else if (stmt.kind === 'AugAssign' || stmt.kind === 'For') add(stmt.target);
      else if (stmt.kind === 'With')
        for (const item of stmt.items) if (item.target !== null) add(item.target);
      if (stmt.kind === 'Delete') for (const target of stmt.targets) add(target);
    },
    (stmt) => !opensScope(stmt),
  );
  return bound;
}

function targetsOf(loop: For): ReadonlySet<string> {
  return new Set(namesOf(loop.target));
}

function namesOf(expr: Expr): readonly string[] {
  const names: string[] = [];
  walkExpr(expr, (part) => part.kind === 'Name' && names.push(part.id));
  return names;
}

function mentions(expr: Expr, names: ReadonlySet<string>): boolean {
  return namesOf(expr).some((name) => names.has(name));
}

/** Names, attributes, and items by constant keys: reading them has no effect. */
function isCheap(expr: Expr): boolean {
  if (expr.kind === 'Name') return true;
  if (expr.kind === 'Attribute') return isCheap(expr.value);
  return expr.kind === 'Subscript' && expr.index.kind === 'Constant' && isCheap(expr.value);
}
