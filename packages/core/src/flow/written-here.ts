import {
  type FunctionInfo,
  nameIndex,
  parts,
  perModule,
  type Program,
  push,
  sitesOf,
} from '../project/index.ts';
import { type Call, type Expr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { sameModel } from './live-rows.ts';
import { onlyValue } from './only-value.ts';
import { lastName } from './site-table.ts';

/** Methods that write a row of what they are given, or keep what is to be written. */
const WRITES = /^a?(create|get_or_create|update_or_create)$/;
const KEEPS = /^(append|add|insert|extend)$/;

interface Written {
  readonly call: Call;
  readonly fn: FunctionInfo;
}

/** The calls of a module that write a row with a constant, or keep a dictionary with one, by both: `name="Due date"`. */
const writtenIn = perModule((module): ReadonlyMap<string, readonly Written[]> => {
  const out = new Map<string, Written[]>();
  for (const fn of module.functions)
    for (const site of sitesOf(fn)) {
      if (site.kind !== 'call') continue;
      for (const name of constantsOf(site.expr)) push(out, name, { call: site.expr, fn });
    }
  return out;
});

function constantsOf({ args, func }: Call): readonly string[] {
  const method = func.kind === 'Attribute' ? func.attr : '';
  const named = (column: string, value: Expr): string[] =>
    value.kind === 'Constant' && value.type === 'str' ? [`${column}="${value.value}"`] : [];
  if (WRITES.test(method))
    return args.flatMap(({ name, value }) => (name === null ? [] : named(name, value)));
  if (!KEEPS.test(method)) return [];
  return args.flatMap(({ value }) =>
    value.kind === 'Dict'
      ? value.entries.flatMap((entry) =>
          entry.key?.kind === 'Constant' ? named(entry.key.value, entry.value) : [],
        )
      : [],
  );
}

/** The columns of rows that a module writes under a name that a function makes, by both: `name=group_name(...)`. */
const namedIn = nameIndex((module): ReadonlyMap<string, readonly Written[]> => {
  const out = new Map<string, Written[]>();
  for (const fn of module.functions)
    for (const site of sitesOf(fn)) {
      if (site.kind !== 'call' || site.expr.func.kind !== 'Attribute' || !WRITES.test(site.expr.func.attr))
        continue;
      for (const { name, value } of site.expr.args) {
        const maker = value.kind === 'Call' && value.func.kind === 'Name' ? value.func.id : null;
        if (name !== null && maker !== null) push(out, `${name}=${maker}`, { call: site.expr, fn });
      }
    }
  return out;
});

/**
 * True for a row that is asked for by what a function makes of other things, where the program writes such rows under what the same
 * function makes: `Group.objects.get(name=group_name(team))`.
 */
export function isWrittenByName(
  program: Program,
  { expr, model, place: { fn } }: FoundLookup,
  key: Expr | null,
): boolean {
  const column = expr.kind === 'Call' ? expr.args.find(({ value }) => value === key)?.name : null;
  const value = key?.kind === 'Name' ? onlyValue(key, fn) : key;
  if (column == null || value?.kind !== 'Call' || value.func.kind !== 'Name' || value.args.length === 0)
    return false;
  const isOwn = parts(program.infer.expr(value.func, fn)).some(({ t }) => t === 'function');
  return (
    isOwn &&
    namedIn(program)
      .of(`${column}=${value.func.id}`)
      .some(({ call: { func }, fn: writer }) =>
        parts(program.infer.expr(func.kind === 'Attribute' ? func.value : func, writer)).some(
          (type) =>
            (type.t === 'manager' || type.t === 'queryset') && sameModel(program, type.rows.model, model),
        ),
      )
  );
}

/**
 * True for one of the rows of another row that a constant picks (`order.labels.get(name="paid")`), where another function of the
 * module, an importer for instance, writes such a row with the constant, or puts it down among those that will be written
 * (`template.labels.append({"name": "paid"})`).
 */
export function isWrittenHere(
  program: Program,
  { expr, model, place: { fn } }: FoundLookup,
  key: Expr,
): boolean {
  const column = expr.kind === 'Call' ? expr.args.find(({ value }) => value === key)?.name : null;
  if (column == null || key.kind !== 'Constant' || key.type !== 'str') return false;
  const uses = writtenIn(fn.module).get(`${column}="${key.value}"`) ?? [];
  const accessor = expr.kind === 'Call' && expr.func.kind === 'Attribute' ? lastName(expr.func.value) : null;
  return uses.some(({ call: { func }, fn: writer }) => {
    if (writer === fn || func.kind !== 'Attribute') return false;
    if (KEEPS.test(func.attr)) {
      const kept = lastName(func.value);
      return kept !== null && (accessor === kept || accessor === `get_${kept}`);
    }
    return parts(program.infer.expr(func.value, writer)).some(
      (type) => (type.t === 'manager' || type.t === 'queryset') && sameModel(program, type.rows.model, model),
    );
  });
}
