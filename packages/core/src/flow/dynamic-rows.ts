import { QUERYSET_METHODS, VALUES_METHODS } from '../django/index.ts';
import {
  type FunctionInfo,
  type ModelRef,
  parts,
  type Program,
  type Rows,
  type Type,
} from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import type { Attribute, Call, Expr } from '../syntax/index.ts';

/** Models that no class names: `model.objects` where `model` is a variable. */
export const DYNAMIC: ModelRef = { key: 'self:dynamic', name: null, cls: null };

/**
 * `<something>.objects.get(key=...)`: surely Django, of a class that the program does not hold, of a variable, or of one model out
 * of a table: `MODELS[kind].objects`. So are `queryset.get(key=...)`, and `Order.objects.open_ones().get(key=...)` behind a method
 * that nothing is known of.
 */
export function dynamicRows(
  program: Program,
  { func, args }: Call,
  known: Type,
  fn: FunctionInfo,
): Rows | null {
  const several = ofSeveral(known);
  if (func.kind !== 'Attribute' || (!isOpen(known) && !several)) return null;
  const asked = args.some((arg) => arg.name !== null || arg.star === 2);
  const { end: current, chain } = unrolled(func.value, fn);
  if (!(asked || chain.length > 0)) return null;
  const odd = chain.some(({ method }) => !QUERYSET_METHODS.has(method) && !VALUES_METHODS.has(method));
  const rows = { cls: null, custom: true, related: false, chain };
  if (isQuerySet(current)) return odd ? null : { ...rows, model: DYNAMIC, manager: 'queryset' };
  if (current.kind !== 'Attribute' || (several && isClassOf(current.value))) return null;
  if (!/^(\w+_)?objects$|^_(default|base)_manager$/.test(current.attr)) return null;
  if (odd && !(asked && args.every(({ name }) => name !== null))) return null;
  const model = historicalModel(current.value, fn) ?? managed(program, current, fn) ?? DYNAMIC;
  return { ...rows, model, manager: current.attr };
}

type Link = Rows['chain'][number];

/** A chain of calls, and what they start from. */
interface Unrolled {
  readonly end: Expr;
  readonly chain: readonly Link[];
}

/** Most names that a chain is followed through. */
const MOST_NAMES = 4;

/**
 * Walks back from what is asked to what the chain of its calls starts from, also through names of the function
 * (`rows = self.model.objects.all()`, `rows = rows.filter(...)`): where the values that a name may have there start from more
 * than one expression, it goes no further than the name.
 */
function unrolled(asked: Expr, fn: FunctionInfo, names = MOST_NAMES): Unrolled {
  const chain: Link[] = [];
  let current = asked;
  while (current.kind === 'Call' && current.func.kind === 'Attribute' && !isQuerySet(current)) {
    chain.unshift({ method: current.func.attr, call: current });
    current = current.func.value;
  }
  if (current.kind !== 'Name' || isQuerySet(current) || names === 0) return { end: current, chain };
  const values = reaching(fn.scope.bindings.get(current.id) ?? [], current.start).map(({ source }) =>
    source.kind === 'assign' ? source.value : null,
  );
  const [first, ...others] = values.map((value) =>
    value?.kind === 'Call' ? unrolled(value, fn, names - 1) : null,
  );
  if (first == null || others.some((other) => other?.end !== first.end)) return { end: current, chain };
  const all = [first, ...others].flatMap((other) => other?.chain ?? []);
  return {
    end: first.end,
    chain: [...new Map([...all, ...chain].map((link) => [link.call, link])).values()],
  };
}

/** Types that leave open what a value is; `None` is one of several that a function gives. */
function isOpen(type: Type): boolean {
  return (
    type.t === 'none' || parts(type).every(({ t }) => t === 'unknown' || t === 'external' || t === 'made')
  );
}

/** The model of `Order.objects`: as inferred, or by the name of `Order` alone. */
function managed(program: Program, { value, attr }: Attribute, fn: FunctionInfo): ModelRef | null {
  const [manager, other] = parts(program.attribute(program.infer.expr(value, fn), attr));
  return manager?.t === 'manager' && other === undefined ? manager.rows.model : namedModel(value, fn);
}

/** What is called a queryset, where nothing tells what it is: a parameter, an attribute, an item, what a method gives. */
export function isQuerySet(expr: Expr): boolean {
  switch (expr.kind) {
    case 'Name':
      return QUERYSET.test(expr.id);
    case 'Attribute':
      return QUERYSET.test(expr.attr);
    case 'Subscript':
      return expr.index.kind === 'Constant' && expr.index.type === 'str' && QUERYSET.test(expr.index.value);
    case 'Call':
      return expr.func.kind === 'Attribute' && /^_?get_(\w+_)?queryset$/.test(expr.func.attr);
    default:
      return false;
  }
}

const QUERYSET = /^(\w+_)?(query_?set|qs)$/;

/** `type(row)`, `row.__class__`: who asks for a class so has a row of it at hand. */
function isClassOf(owner: Expr): boolean {
  return owner.kind === 'Call'
    ? owner.func.kind === 'Name' && owner.func.id === 'type'
    : owner.kind === 'Attribute' && owner.attr === '__class__';
}

/** True for rows of more models than one, and of nothing else. */
function ofSeveral(type: Type): boolean {
  const keys = parts(type).map((part) =>
    part.t === 'manager' || part.t === 'queryset' ? part.rows.model.key : null,
  );
  return new Set(keys).size > 1 && !keys.includes(null);
}

/** `Order = apps.get_model("shop", "Order")` with a migration's own `apps`: the model as it was then. */
function historicalModel(owner: Expr, fn: FunctionInfo): ModelRef | null {
  if (owner.kind !== 'Name') return null;
  for (const { source } of reaching(fn.scope.bindings.get(owner.id) ?? [], owner.start)) {
    const value = source.kind === 'assign' ? source.value : null;
    if (
      value?.kind !== 'Call' ||
      value.func.kind !== 'Attribute' ||
      value.func.attr !== 'get_model' ||
      value.func.value.kind !== 'Name'
    )
      continue;
    const apps = value.func.value.id;
    if (fn.params.some((param) => param.name === apps))
      return { key: `historical:${owner.id}`, name: owner.id, cls: null };
  }
  return null;
}

/** The model of `Order.objects` where nothing tells what `Order` is: known by its name alone, unless that stands for whatever model something names. */
function namedModel(owner: Expr, fn: FunctionInfo): ModelRef | null {
  const name = owner.kind === 'Name' ? owner.id : owner.kind === 'Attribute' ? owner.attr : '';
  if (owner.kind === 'Name' && isChosen(owner, fn)) return null;
  return /^[A-Z]\w*[a-z]/.test(name) ? { key: `named:${name}`, name, cls: null } : null;
}

/** `ModelClass = content_type.model_class()`, an entry of a table, a parameter. */
function isChosen(name: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo): boolean {
  return reaching(fn.scope.bindings.get(name.id) ?? [], name.start).some(({ source }) => {
    if (source.kind === 'param' || source.kind === 'for') return true;
    const value = source.kind === 'assign' ? source.value : null;
    return (
      value?.kind === 'Subscript' ||
      value?.kind === 'Attribute' ||
      (value?.kind === 'Call' && value.func.kind === 'Attribute' && value.func.attr === 'model_class')
    );
  });
}
