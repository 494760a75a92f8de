import { type FunctionInfo, metaModel, type ModelRef, type Program } from '../project/index.ts';
import type { Call, Expr } from '../syntax/index.ts';
import { sameModel } from './live-rows.ts';
import { onlyValue } from './only-value.ts';
import { serializersOf } from './origin-shown.ts';
import { ranBefore } from './ran-before.ts';
import { stmtCalls } from './stmt-calls.ts';

/**
 * The name of a serializer or form whose row was saved before in the same function, by the id of which a lookup asks:
 * `serializer.data["id"]`, `serializer.instance.pk`. Null where it is of another model or nothing says which.
 */
export function savedRow(program: Program, key: Expr, model: ModelRef, fn: FunctionInfo): string | null {
  const owner = ownerOfId(key.kind === 'Name' ? (onlyValue(key, fn) ?? key) : key);
  if (owner?.kind !== 'Name') return null;
  const of = serializersOf(program, owner, fn).map((cls) => metaModel(program.infer, cls));
  if (of.length === 0 || of.some((one) => one === null || !sameModel(program, one, model))) return null;
  const saved = ranBefore(fn.body, key).some((stmt) =>
    stmtCalls(stmt).some((call) => savesIt(call, owner.id)),
  );
  return saved ? owner.id : null;
}

/** The serializer behind an id of what it has saved. */
function ownerOfId(key: Expr): Expr | null {
  if (key.kind === 'Attribute')
    return /^(id|pk)$/.test(key.attr) && key.value.kind === 'Attribute' && key.value.attr === 'instance'
      ? key.value.value
      : null;
  const item = key.kind === 'Subscript' ? { of: key.value, name: key.index } : gotten(key);
  return item !== null &&
    item.name.kind === 'Constant' &&
    /^(id|pk)$/.test(item.name.value) &&
    item.of.kind === 'Attribute' &&
    item.of.attr === 'data'
    ? item.of.value
    : null;
}

/** `data.get("id")`. */
function gotten(key: Expr): { readonly of: Expr; readonly name: Expr } | null {
  if (key.kind !== 'Call' || key.func.kind !== 'Attribute' || key.func.attr !== 'get') return null;
  const name = key.args[0]?.value;
  return name === undefined ? null : { of: key.func.value, name };
}

/** `serializer.save()`, `self.perform_create(serializer)`. */
function savesIt({ func, args }: Call, name: string): boolean {
  if (func.kind !== 'Attribute') return false;
  const what =
    func.attr === 'save' ? func.value : /^perform_(create|update)$/.test(func.attr) ? args[0]?.value : null;
  return what?.kind === 'Name' && what.id === name;
}
