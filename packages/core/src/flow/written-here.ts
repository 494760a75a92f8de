import { type FunctionInfo, parts, perModule, type Program, push, sitesOf } from '../project/index.ts';
import { type Call, type Expr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { sameModel } from './live-rows.ts';
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
