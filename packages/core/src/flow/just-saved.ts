import { type ClassInfo, type FunctionInfo, parts, type Program } from '../project/index.ts';
import { type Call, dottedName, type Expr } from '../syntax/index.ts';
import type { Fact } from './narrow-state.ts';

/** Views of Django that save a row of their model, and then ask where to go. */
const SAVING = /^django\.views\.generic\.(edit\.)?(Base)?(Create|Update)View$/;

/** Methods that choose no rows. */
const WHOLE = /^(all|order_by|reverse|select_related|prefetch_related|only|defer|using)$/;

/** `Order.objects.order_by("pk").last()` in the `get_success_url` of a view that has just saved an order. */
export function hasJustSaved(program: Program, { by, call }: Fact, fn: FunctionInfo): boolean {
  const { cls, name } = fn;
  if (by !== 'query' || call === null || cls === null || name !== 'get_success_url') return false;
  if (!program.hierarchy.externalBases(cls).some((base) => SAVING.test(base))) return false;
  const saved = modelOfView(program, cls);
  return saved !== null && isFirstOf(program, call, saved, fn);
}

function modelOfView(program: Program, cls: ClassInfo): string | null {
  const member = program.hierarchy.member(cls, 'model');
  const source = member?.bindings.at(-1)?.source;
  if (member === null || source?.kind !== 'assign' || source.value === null) return null;
  const [type] = parts(program.infer.expr(source.value, member.cls.bodyScope));
  return type?.t === 'model' ? type.model.key : null;
}

function isFirstOf(program: Program, call: Call, model: string, fn: FunctionInfo): boolean {
  return parts(program.infer.expr(call.func, fn)).every(
    (type) =>
      type.t === 'rows-method' &&
      !type.rows.related &&
      type.rows.model.key === model &&
      type.rows.chain.every(({ method, call: link }) => WHOLE.test(method) || asksByPosted(method, link)) &&
      call.args.length === 0,
  );
}

/** `filter(name=self.request.POST["name"])`: what the form has just put into the column. */
function asksByPosted(method: string, { args }: Call): boolean {
  return (
    method === 'filter' &&
    args.length > 0 &&
    args.every(({ name, value }) => name !== null && isPosted(value, name))
  );
}

function isPosted(value: Expr, column: string): boolean {
  const isItem = value.kind === 'Subscript';
  const owner = isItem
    ? value.value
    : value.kind === 'Call' && value.func.kind === 'Attribute'
      ? value.func.value
      : null;
  const key = isItem ? value.index : value.kind === 'Call' ? value.args[0]?.value : undefined;
  return (
    owner !== null &&
    /(^|\.)request\.POST$/.test(dottedName(owner) ?? '') &&
    key?.kind === 'Constant' &&
    key.value === column
  );
}
