import { type Argument, type Call, dottedName, type Expr, type FixRequest } from '@danglint/core';
import { logKey } from '../build/logging.ts';
import { snakeCase } from '../build/names.ts';
import { isCheap } from './purity.ts';

/** One value worth logging about a missing row: `detector_id`, and the source that gives it. */
export interface LogKey {
  readonly name: string;
  readonly source: string;
}

/**
 * What was looked up by, as far as reading it again is free. Ids and the like come alone where there are any: other values
 * are often rows, whose `repr` may run a query.
 */
export function logKeys(request: FixRequest): readonly LogKey[] {
  const { call, method, model } = request.judgement.lookup;
  if (call === null) return ownerKey(request);
  if (/^a?refresh_from_db$/.test(method)) return rowAtHand(call, snakeCase(model));
  const args =
    method === 'get_for_id' ? call.args.map((argument) => ({ ...argument, name: 'id' })) : call.args;
  const found = args.flatMap((argument) => keyOf(request, argument, snakeCase(model)));
  const ids = found.filter(({ id }) => id);
  const keys = new Map((ids.length > 0 ? ids : found).map((key) => [key.name, key]));
  return [...keys.values()].map(({ name, source }) => ({ name, source }));
}

/** The row that is read again: `order_id` of `order.refresh_from_db()`. */
function rowAtHand({ func }: Call, model: string): readonly LogKey[] {
  const row = func.kind === 'Attribute' ? dottedName(func.value) : null;
  return row === null ? [] : [{ name: `${model}_id`, source: `${row}.pk` }];
}

/** The row at hand, for a relation that leads nowhere: `customer_id` of `customer.profile`. */
function ownerKey({ judgement: { lookup }, source }: FixRequest): readonly LogKey[] {
  if (lookup.form !== 'relation' && lookup.form !== 'reverse-one-to-one') return [];
  const owner = source.text.slice(lookup.span.start, lookup.span.end - lookup.method.length - 1);
  if (!/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(owner)) return [];
  if (lookup.column !== null) return [{ name: lookup.column.name, source: `${owner}.${lookup.column.name}` }];
  const last = owner.split('.').at(-1) ?? owner;
  const name = last === 'self' ? snakeCase(lookup.host.function.split('.').at(-2) ?? null) : last;
  return [{ name: `${name}_id`, source: `${owner}.pk` }];
}

const ID = /(?:^|_|[a-z])(?:id|pk|uuid|guid)$/;
const ID_LIKE = /(?:^|_)(?:slug|code|number|name|identifier|version|label|key)$/;
const ROWS =
  /(?:^|_)(?:user|account|owner|author|customer|organi[sz]ation|project|team|group|parent|member|instance|object|obj|row)$/;
/** Values that belong in no log. */
const SECRET = /token|secret|password|passwd|api_?key|(?:^|_)auth(?:$|_)|cookie|session_?key|signature/i;

function keyOf(
  { source }: FixRequest,
  { name, star, value }: Argument,
  model: string,
): (LogKey & { readonly id: boolean })[] {
  if (name === null || star !== 0) return [];
  return isFree(converted(value)) ? loggedAs(source.text, name, converted(value), model) : [];
}

/** `kwargs["user"]` of `int(kwargs["user"])`: what was asked for is worth logging as it came. */
function converted(value: Expr): Expr {
  const [only, ...rest] = value.kind === 'Call' ? value.args : [];
  if (value.kind !== 'Call' || value.func.kind !== 'Name' || !/^(?:int|str|UUID)$/.test(value.func.id))
    return value;
  return only !== undefined && rest.length === 0 && only.star === 0 && only.name === null
    ? only.value
    : value;
}

const MAPS =
  /(?:^|[._])(?:data|kwargs|params|payload|event|message|body|options|attrs|config|context|item|GET|POST|job)$/;

/** True for what can be read again for nothing: `payload.get("id")` of a map that was given, too. */
function isFree(value: Expr): boolean {
  if (isCheap(value)) return true;
  if (value.kind !== 'Call' || value.func.kind !== 'Attribute' || value.func.attr !== 'get') return false;
  const [only, ...rest] = value.args;
  const constant = only?.value.kind === 'Constant' && only.value.type === 'str';
  return constant && rest.length === 0 && MAPS.test(dottedName(value.func.value) ?? '');
}

function loggedAs(
  source: string,
  name: string,
  value: Expr,
  model: string,
): (LogKey & { readonly id: boolean })[] {
  const text = source.slice(value.start, value.end);
  if (/[\r\n]/.test(text) || SECRET.test(name) || SECRET.test(text)) return [];
  const field = name.replace(/__(?:exact|iexact)$/, '').replace(/__(?:id|pk)$/, '_id');
  const own = ownName(value);
  const plain = keyName(field, own, model).replace(/^_+(?=[a-z])/i, '');
  const id = ID.test(field) || ID.test(plain);
  if (/__/.test(field) || (!id && (ROWS.test(field) || ROWS.test(plain)))) return [];
  return [{ name: logKey(plain, model), source: text, id: id || ID_LIKE.test(field) || ID_LIKE.test(plain) }];
}

/** An id keeps its own name where it has a telling one; another value is called as it is in the code. */
function keyName(field: string, own: string | null, model: string): string {
  const telling = own !== null && !/^[A-Z0-9_]+$/.test(own) && !/^(?:id|pk|key|value|k|v|x|i|o)$/.test(own);
  if (!ID.test(field)) return telling ? own : field;
  if (telling && ID.test(own)) return own;
  return /^(?:id|pk)$/.test(field) ? `${model}_id` : field;
}

function ownName(value: Argument['value']): string | null {
  if (value.kind === 'Name') return value.id;
  if (value.kind === 'Attribute') return value.attr;
  const key =
    value.kind === 'Subscript' ? value.index : value.kind === 'Call' ? value.args[0]?.value : undefined;
  if (key?.kind !== 'Constant' || key.type !== 'str') return null;
  return /^[A-Za-z_]\w*$/.test(key.value) ? key.value : null;
}
