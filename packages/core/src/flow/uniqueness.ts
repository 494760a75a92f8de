import { PLAIN_CHAIN } from '../django/index.ts';
import { type ClassInfo, type ModelRef, type Program, type Rows } from '../project/index.ts';
import type { Argument, Call, Expr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import type { FirstForm, Uniqueness } from './fix-facts.ts';

/** One condition of a lookup: `slug="x"` gives the path `slug` and no operator. */
interface Condition {
  readonly path: string;
  readonly operator: string;
  readonly value: Expr;
}

const OPERATORS =
  /__(exact|iexact|in|contains|icontains|startswith|istartswith|endswith|iendswith|gt|gte|lt|lte|range|isnull|regex|iregex|date|year|month|day)$/;

/** Whether the arguments pin one row, from the fields and constraints of the model (`semantics.md` §3). */
export function uniqueness(program: Program, lookup: FoundLookup): Uniqueness {
  const args = allArguments(lookup);
  if (args === null) return { proven: false, why: 'the lookup has keywords that are only known at run time' };
  const conditions = args.flatMap((arg) => (arg.name === null ? [] : [condition(arg.name, arg.value)]));
  const cls = lookup.model.cls;
  const join = conditions.find(
    (item) =>
      (item.path.includes('__') && !forwardOnly(program, cls, item.path)) ||
      joinsMany(program, cls, item.path),
  );
  if (join !== undefined) return { proven: false, why: `\`${join.path}\` may join several rows` };
  const exact = conditions.filter((item) => item.operator === 'exact' || isSingleton(item));
  const pinned = new Set(exact.map((item) => fieldName(program, cls, item.path)));
  if (pinned.has('pk')) return { proven: true, why: 'the primary key is pinned' };
  if (cls === null)
    return { proven: false, why: `the fields of \`${lookup.model.name ?? 'the model'}\` are not known` };
  for (const item of exact) {
    const field = program.models.field(cls, fieldName(program, cls, item.path));
    if (field !== null && field.unique && (!field.null || isText(item.value)))
      return { proven: true, why: `\`${field.name}\` is unique` };
  }
  for (const set of program.models.meta(cls).uniqueSets) {
    const names = set.map((name) => fieldName(program, cls, name));
    const nullable = names.some((name) => program.models.field(cls, name)?.null === true);
    if (names.every((name) => pinned.has(name)) && !nullable)
      return { proven: true, why: `${names.map((name) => `\`${name}\``).join(', ')} are unique together` };
  }
  const named = [...new Set(conditions.map((item) => item.path))].map((name) => `\`${name}\``).join(', ');
  return {
    proven: false,
    why:
      named === ''
        ? 'nothing pins the row'
        : `${named} ${conditions.length > 1 ? 'are' : 'is'} not known to be unique on \`${cls.name}\``,
  };
}

/** Whether `filter(...).first()` gives what the lookup gives (`semantics.md` §2). */
export function firstForm(program: Program, lookup: FoundLookup, unique: Uniqueness): FirstForm {
  const { rows } = lookup;
  const never = (why: string): FirstForm => ({ kind: 'never', why });
  if (rows === null) return never('it is not a query');
  if (lookup.form === 'cached') return never('`first()` would go round the cache');
  if (lookup.form === 'ordered') return never(`\`${lookup.method}\` orders the rows itself`);
  if (lookup.method !== 'get' && lookup.method !== 'aget')
    return never(`\`${lookup.method}\` is not a plain \`get\``);
  const odd = rows.chain.find((link) => !PLAIN_CHAIN.has(link.method));
  if (odd !== undefined)
    return never(
      odd.method === '[:]' ? 'the queryset is sliced' : `\`${odd.method}\` changes what \`first()\` gives`,
    );
  if (ownMethods(program, rows))
    return never(`the manager \`${rows.cls?.name ?? rows.manager}\` has a \`get\` or \`filter\` of its own`);
  if (rows.custom && rows.cls === null) return never(`the manager \`${rows.manager}\` is not Django's own`);
  const ordering = joiningOrder(program, lookup.model.cls);
  if (ordering !== null)
    return never(
      `\`Meta.ordering\` goes through \`${ordering}\`, and \`first()\` would lose rows whose relation dangles`,
    );
  return unique.proven ? { kind: 'same' } : { kind: 'unproven', why: unique.why };
}

/** A class between the model and Django's manager that defines `get`, `filter`, `first` or a `get_queryset` that is not plain. */
function ownMethods(program: Program, rows: Rows): boolean {
  if (rows.cls === null) return false;
  const cls = rows.cls;
  return ['get', 'filter', 'first', 'aget', 'afirst'].some(
    (name) => program.hierarchy.member(cls, name)?.method != null,
  );
}

function joiningOrder(program: Program, cls: ClassInfo | null): string | null {
  if (cls === null) return null;
  for (const name of program.models.meta(cls).ordering) {
    const bare = name.replace(/^-/, '');
    if (bare.includes('__')) return bare;
    const target = program.models.field(cls, bare)?.target;
    if (target === null || target === undefined) continue;
    if (target.cls === null || program.models.meta(target.cls).ordering.length > 0) return bare;
  }
  return null;
}

/** Keyword arguments of the lookup and of the filters before it; null when some are only known at run time. */
function allArguments(lookup: FoundLookup): readonly Argument[] | null {
  const calls: Call[] = lookup.expr.kind === 'Call' ? [lookup.expr] : [];
  for (const link of lookup.rows?.chain ?? [])
    if (link.method === 'filter' || link.method === 'exclude') calls.push(link.call);
  const out: Argument[] = [];
  for (const call of calls) {
    for (const arg of call.args) {
      if (arg.star !== 0) return null;
      if (arg.name === null) continue;
      const chained = lookup.rows?.chain.find((link) => link.call === call);
      if (chained?.method !== 'exclude') out.push(arg);
    }
  }
  return out;
}

export function condition(keyword: string, value: Expr): Condition {
  const operator = OPERATORS.exec(keyword);
  return {
    path: operator === null ? keyword : keyword.slice(0, operator.index),
    operator: operator?.[1] ?? 'exact',
    value,
  };
}

function isSingleton(item: Condition): boolean {
  return (
    item.operator === 'in' &&
    (item.value.kind === 'List' || item.value.kind === 'Tuple') &&
    item.value.elts.length === 1
  );
}

function isText(value: Expr): boolean {
  return value.kind === 'Constant' && value.type !== 'none';
}

/** The field behind a keyword: `pk`, the primary key's own name and `id` are one; `author_id` is `author`. */
export function fieldName(program: Program, cls: ClassInfo | null, path: string): string {
  const bare = path.replace(/__(id|pk)$/, '').replace(/^(.*)__exact$/, '$1');
  if (bare === 'pk' || (bare === 'id' && cls === null)) return 'pk';
  if (cls === null) return bare;
  if (bare === program.models.primaryKey(cls)) return 'pk';
  return program.models.columnOf(cls, bare)?.name ?? bare;
}

/** A bare name that leads to many rows: a many-to-many field, or another model's foreign key read backwards (`books__year`). */
function joinsMany(program: Program, cls: ClassInfo | null, path: string): boolean {
  if (cls === null || path.includes('__')) return false;
  const field = program.models.field(cls, path);
  if (field !== null) return field.kind === 'm2m' || field.kind === 'generic';
  const query = path.replace(/_set$/, '');
  const model = program.models.ref(cls);
  return (
    program.models.reverse(model, path)?.kind === 'many' ||
    program.models.reverse(model, `${query}_set`)?.kind === 'many'
  );
}

/** True when every step of a path follows a foreign key forward (and ends at it, or at its id). */
function forwardOnly(program: Program, cls: ClassInfo | null, path: string): boolean {
  let current: ModelRef | null = cls === null ? null : program.models.ref(cls);
  const steps = path.split('__');
  for (const [i, step] of steps.entries()) {
    if (current?.cls == null) return false;
    const field = program.models.field(current.cls, step);
    if (field === null) return i > 0 && /^(id|pk)$/.test(step) && i === steps.length - 1;
    if (field.kind === 'm2m' || field.kind === 'generic') return false;
    if (i === steps.length - 1) return true;
    current = field.target;
  }
  return true;
}
