import {
  type FunctionInfo,
  functionSites,
  nameIndex,
  type NameIndex,
  parts,
  type Program,
  sitesOf,
} from '../project/index.ts';
import type { Call, Expr } from '../syntax/index.ts';
import { lastName } from './site-table.ts';

/** The one item that is taken of what a remote method gives: `(user,) = user_service.serialize_many(...)`, `...get_many(...)[0]`. */
export interface ServiceItem {
  /** What dies when the answer is empty. */
  readonly at: Expr;
  readonly call: Call;
  readonly how: 'unpack' | 'index';
  /** `user_service.serialize_many`. */
  readonly method: string;
}

/** Remote methods that are declared to give a list of what they find, by `Class.method`. */
const listsOf = nameIndex(
  (module): ReadonlyMap<string, readonly FunctionInfo[]> =>
    new Map(
      module.functions.flatMap((fn): [string, FunctionInfo[]][] =>
        fn.cls !== null && givesList(fn) ? [[`${fn.cls.name}.${fn.name}`, [fn]]] : [],
      ),
    ),
);

function givesList({ def, cls }: FunctionInfo): boolean {
  if (def === null || cls?.name.endsWith('Service') !== true || def.returns?.kind !== 'Subscript')
    return false;
  return /^(list|List|Sequence)$/.test(lastName(def.returns.value) ?? '');
}

/**
 * Takes of one item from the answer of another system, which leaves out what is gone: an empty answer raises `ValueError` or
 * `IndexError`. Only answers that are taken apart at once: those under a name may have been looked at.
 */
export function serviceItems(program: Program, fn: FunctionInfo): readonly ServiceItem[] {
  const lists = listsOf(program);
  const out: ServiceItem[] = [];
  const take = (at: Expr, value: Expr, how: ServiceItem['how']): void => {
    const call = value.kind === 'Await' ? value.value : value;
    const method = call.kind === 'Call' ? methodOf(program, lists, call, fn) : null;
    if (call.kind === 'Call' && method !== null) out.push({ at, call, how, method });
  };
  for (const site of sitesOf(fn)) if (site.kind === 'first') take(site.expr, site.expr.value, 'index');
  for (const { target, value, by } of functionSites(fn).given)
    if (by === 'assignment' && isOne(target)) take(value, value, 'unpack');
  return out;
}

/** `(x,)`, `[x]`. */
function isOne(target: Expr): boolean {
  const elts = target.kind === 'Tuple' || target.kind === 'List' ? target.elts : [];
  return elts.length === 1 && elts[0]?.kind !== 'Starred';
}

/** `user_service.get_many`, by the type of its receiver or by the name of the service; null for other calls. */
function methodOf(
  program: Program,
  lists: NameIndex<FunctionInfo>,
  { func }: Call,
  fn: FunctionInfo,
): string | null {
  const receiver = func.kind === 'Attribute' ? lastName(func.value) : null;
  if (func.kind !== 'Attribute' || receiver === null || /^(self|cls)$/.test(receiver)) return null;
  const types = parts(program.infer.expr(func, fn));
  const known = types.length > 0 && types.every((type) => type.t === 'function' && givesList(type.fn));
  const named =
    receiver.endsWith('_service') && lists.of(`${serviceClass(receiver)}.${func.attr}`).length > 0;
  return known || named ? `${receiver}.${func.attr}` : null;
}

/** The class of `user_service`: `UserService`. */
export function serviceClass(name: string): string {
  return name.replaceAll(/(^|_)(\w)/g, (_all, _bar, letter: string) => letter.toUpperCase());
}
