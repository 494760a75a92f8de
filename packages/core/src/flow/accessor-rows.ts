import { QUERYSET_METHODS } from '../django/index.ts';
import {
  type ClassInfo,
  type FunctionInfo,
  type ModelRef,
  type Module,
  parts,
  perProgram,
  type Program,
  type Rows,
  type Type,
} from '../project/index.ts';
import type { Attribute, Call, Expr } from '../syntax/index.ts';
import { DYNAMIC } from './dynamic-rows.ts';
import { lastName } from './site-table.ts';

/**
 * The rows of `event.orders.get(code=...)` where nothing tells what `event` is: only one model of the program is reached by an
 * accessor of that name, and what the call names are its columns. So are `orders.get(code=...)` of a parameter and
 * `self.orders.get(code=...)`, also where only the model is called so. `user.badge_set.get(code=...)` is a lookup whatever `user` is,
 * of the model `Badge` or of one that the program does not hold, and so is `rows.latest("created")`. Null when that is not so.
 */
export function accessorRows(
  program: Program,
  receiver: Expr,
  { call, known }: { readonly call: Call; readonly known: Type },
  fn: FunctionInfo,
): Rows | null {
  if (!parts(known).every(isOpen)) return null;
  const chain: { method: string; call: Call }[] = [];
  let current = receiver;
  while (current.kind === 'Call' && current.func.kind === 'Attribute') {
    chain.unshift({ method: current.func.attr, call: current });
    current = current.func.value;
  }
  if (chain.some(({ method }) => !QUERYSET_METHODS.has(method))) return null;
  const name = keptAs(program, current, fn);
  const handed = name === null ? null : (reachedAs(program, name, call) ?? severalOf(program, name, call));
  const model =
    handed ??
    (current.kind === 'Attribute' ? behind(program, current, call, fn) : orderedName(current, call, fn));
  if (model === null || !knowsDjango(program, fn)) return null;
  const from = model.cls === null ? null : program.models.manager(model, '_default_manager');
  if (from !== null && from.cls !== null && overrides(program, from.cls, call)) return null;
  return {
    model,
    manager: lastName(current) ?? '',
    cls: from?.cls ?? null,
    custom: from?.custom ?? false,
    related: current.kind === 'Attribute' && handed === null,
    chain,
  };
}

/** `rows.latest("created")`: rows of a model that nothing tells. Whoever is handed rows is handed some, as a rule. */
function orderedName(expr: Expr, call: Call, fn: FunctionInfo): ModelRef | null {
  if (expr.kind !== 'Name' || fn.params.some(({ name }) => name === expr.id)) return null;
  return isOrdered(call) && call.args.length > 0 ? DYNAMIC : null;
}

/** The model behind an accessor, by its name and by what is asked for. */
function behind(program: Program, { attr, value }: Attribute, call: Call, fn: FunctionInfo): ModelRef | null {
  const named = /^([a-z][a-z0-9]*)_set$/.exec(attr)?.[1];
  const open = named === undefined && isKnown(program, value, fn);
  const mixed = open ? instances(program, value, fn) : [];
  if (mixed.length > 0 && mixed.every((cls) => program.hierarchy.member(cls, attr) === null))
    return reachedAs(program, attr, call);
  if (open && !isOpenRow(program, { attr, value }, fn)) return null;
  const fitting = reachedAs(program, attr, call);
  if (fitting !== null) return fitting;
  if (open || historyNames(program).has(attr)) return asksByColumn(call) ? DYNAMIC : null;
  if (named === undefined || program.models.reachedBy(attr).length > 0) return null;
  const [only, other] = lowerNames(program).get(named) ?? [];
  if (only === undefined)
    return isOrdered(call) || (call.args.length > 0 && call.args.every(({ name }) => name !== null))
      ? DYNAMIC
      : null;
  // A row of a model that has no such way back, or hides it.
  if (parts(program.infer.expr(value, fn)).some(({ t }) => t === 'row')) return null;
  return other === undefined && asksFor(program, only, call) ? only : null;
}

/** Keywords of clients that fetch something else than rows. */
const OF_CLIENTS = /^(url|path|params|headers|timeout|data|json|body|default|version|cache)$/;

/** All that the call asks by are keywords, as columns are: containers take none. */
function asksByColumn(call: Call): boolean {
  const { args } = call;
  return (
    isOrdered(call) || (args.length > 0 && args.every(({ name }) => name !== null && !OF_CLIENTS.test(name)))
  );
}

/** `latest("created")`: of nothing but rows. */
function isOrdered({ func, args }: Call): boolean {
  return (
    func.kind === 'Attribute' &&
    /^a?(latest|earliest)$/.test(func.attr) &&
    args.every(({ name, value }) => name === null && value.kind === 'Constant' && value.type === 'str')
  );
}

/**
 * An attribute that a row of a package's model, or of an abstract one, does not declare: models that point at it, or at those that
 * are made of it, have it as their way back.
 */
function isOpenRow(
  program: Program,
  { attr, value }: Pick<Attribute, 'attr' | 'value'>,
  fn: FunctionInfo,
): boolean {
  const owners = parts(program.infer.expr(value, fn));
  return (
    owners.length > 0 &&
    owners.every((type) => {
      if (type.t !== 'row') return false;
      const { cls } = type.model;
      if (cls === null) return true;
      const { hierarchy, models } = program;
      return models.meta(cls).abstract && hierarchy.member(cls, attr) === null && !keeps(program, cls, attr);
    })
  );
}

/** The name of a parameter, or of an attribute that the class is given, of which nothing is known: `self.orders`. */
function keptAs(program: Program, expr: Expr, fn: FunctionInfo): string | null {
  if (expr.kind === 'Name') return fn.params.some(({ name }) => name === expr.id) ? expr.id : null;
  if (expr.kind !== 'Attribute') return null;
  const classes = instances(program, expr.value, fn);
  return classes.length > 0 && classes.every((cls) => keeps(program, cls, expr.attr)) ? expr.attr : null;
}

/** The classes of the program of which a value is an instance; none where it may be something else. */
function instances(program: Program, expr: Expr, fn: FunctionInfo): readonly ClassInfo[] {
  const found = parts(program.infer.expr(expr, fn));
  const classes = found.flatMap((type) => (type.t === 'instance' ? [type.cls] : []));
  return classes.length === found.length ? classes : [];
}

function keeps({ hierarchy }: Program, cls: ClassInfo, attr: string): boolean {
  return hierarchy.mro(cls).some((base) => typeof base !== 'string' && base.selfAttributes.has(attr));
}

/** The only model that an accessor of that name leads to and that has the columns which are asked by. */
function reachedAs(program: Program, name: string, call: Call): ModelRef | null {
  const [fitting, another] = program.models.reachedBy(name).filter((model) => asksFor(program, model, call));
  return another === undefined ? (fitting ?? null) : null;
}

/** The only model that a name is the plural of, if it has the columns which are asked by: `tickets`. */
function severalOf(program: Program, name: string, call: Call): ModelRef | null {
  const one = name.endsWith('s') ? name.slice(0, -1).replaceAll('_', '') : '';
  const [only, other] = lowerNames(program).get(one) ?? [];
  return only !== undefined && other === undefined && asksFor(program, only, call) ? only : null;
}

/** Names under which models keep what their rows were before: `history = HistoricalRecords()`. */
export const historyNames = perProgram((program): ReadonlySet<string> => {
  const names = [...program.models.byName.values()].flat().flatMap(({ bodyScope }) => {
    const made = [...bodyScope.scope.bindings].filter(([, bindings]) => {
      const source = bindings.at(-1)?.source;
      const value = source?.kind === 'assign' ? source.value : null;
      return value?.kind === 'Call' && lastName(value.func) === 'HistoricalRecords';
    });
    return made.map(([name]) => name);
  });
  return new Set(names);
});

/** Models by their names in lower case: what Django makes of a foreign key without a `related_name`. */
const lowerNames = perProgram((program): ReadonlyMap<string, readonly ModelRef[]> => {
  const out = new Map<string, ModelRef[]>();
  for (const [name, classes] of program.models.byName) {
    const lower = name.toLowerCase();
    const before = out.get(lower) ?? [];
    out.set(lower, [...before, ...classes.map((cls) => program.models.ref(cls))]);
  }
  return out;
});

/** True where something is known of a value, more than that it may be `None`. */
function isKnown(program: Program, expr: Expr, fn: FunctionInfo): boolean {
  return !parts(program.infer.expr(expr, fn)).every(isOpen);
}

/** Unknown, or something that a class of the framework gives: `self.order` of a view. */
function isOpen(type: Type): boolean {
  return (
    type.t === 'unknown' ||
    ((type.t === 'external' || type.t === 'made') && /^(django|rest_framework)\./.test(type.name))
  );
}

/** A package with a module that imports Django, or something of it. Where none does, `page.leads.get(id=1)` is of another kind. */
function knowsDjango(program: Program, { module }: FunctionInfo): boolean {
  const known = packages(program);
  const root = rootOf(module.name);
  const before = known.get(root);
  if (before !== undefined) return before;
  const answer = program.modules.some((other) => rootOf(other.name) === root && importsDjango(other));
  known.set(root, answer);
  return answer;
}

const packages = perProgram(() => new Map<string, boolean>());

function importsDjango({ top }: Module): boolean {
  for (const bindings of top.scope.bindings.values()) {
    for (const { source } of bindings)
      if (
        (source.kind === 'from' || source.kind === 'import') &&
        /^(django|rest_framework)\b/.test(source.module)
      )
        return true;
  }
  return false;
}

function rootOf(name: string): string {
  return name.split('.', 1)[0] ?? name;
}

function overrides(program: Program, manager: NonNullable<Rows['cls']>, { func }: Call): boolean {
  return func.kind === 'Attribute' && program.hierarchy.member(manager, func.attr)?.method != null;
}

/** All that the call asks by are columns of the model, named as keywords; something is. */
function asksFor(program: Program, { cls }: ModelRef, call: Call): boolean {
  const { args } = call;
  if (isOrdered(call)) return cls !== null;
  return (
    cls !== null &&
    args.length > 0 &&
    args.every(({ name }) => {
      const [column = ''] = name?.split('__', 1) ?? [];
      return (
        column === 'pk' ||
        column === program.models.primaryKey(cls) ||
        program.models.field(cls, column) !== null ||
        program.models.columnOf(cls, column) !== null
      );
    })
  );
}
