import type { Expr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';

/** Keywords that name the row and no operator: what a reader calls "the id". */
const PRIMARY = /^(pk|id|uuid|slug|name|key|guid|code|uid|token|email|username)(__exact)?$/;

/** The expression that the row is looked up by: the id when there is one, else the only argument; null for several or none. */
export function lookupKey(lookup: FoundLookup): Expr | null {
  if (lookup.expr.kind !== 'Call') return null;
  const args = lookup.expr.args.filter((arg) => arg.star === 0);
  const named = args.filter((arg) => arg.name !== null);
  const primary =
    named.find(({ name }) => /^(pk|id)(__exact)?$/.test(name ?? '')) ??
    named.find(({ name }) => PRIMARY.test(name ?? ''));
  if (primary !== undefined) return primary.value;
  const id = named.find((arg) => /_id$|__id$|__pk$/.test(arg.name ?? ''));
  if (id !== undefined) return id.value;
  if (named.length >= 1) return (named.find(({ value }) => !isFixed(value)) ?? named[0])?.value ?? null;
  if (lookup.form === 'refresh' || lookup.form === 'ordered') return null;
  if (args.length === 1 && args[0] !== undefined) return args[0].value;
  const filter = lookup.rows?.chain
    .find((link) => link.method === 'filter')
    ?.call.args.find((arg) => arg.name !== null);
  return filter?.value ?? null;
}

/** A constant, by its kind or its name: it chooses a sort of rows, not a row. */
function isFixed(value: Expr): boolean {
  if (value.kind === 'List' || value.kind === 'Tuple' || value.kind === 'Set')
    return value.elts.every(isFixed);
  const name = value.kind === 'Attribute' ? value.attr : value.kind === 'Name' ? value.id : '';
  return value.kind === 'Constant' || /^[A-Z][A-Z0-9_]*$/.test(name);
}

/**
 * The value by which an earlier `filter` narrows the rows that a lookup then picks one of; null where only constants do, and where
 * the lookup itself names the row.
 */
export function narrowedBy(lookup: FoundLookup): Expr | null {
  if (keyNames(lookup).some((name) => PRIMARY.test(name))) return null;
  const { rows } = lookup;
  const values = (rows?.chain ?? []).flatMap(({ method, call }) =>
    method === 'filter' ? call.args.filter(({ name }) => name !== null) : [],
  );
  return values.find(({ value }) => !isFixed(value))?.value ?? null;
}

/** True when the lookup, or the one `filter` before a bare `get()`, pins the row by its id alone; who wants values reads it anew. */
export function isPlainKey(lookup: FoundLookup): boolean {
  const { expr, rows } = lookup;
  const asks = expr.kind === 'Call' && expr.args.length > 0;
  const isAnew = !asks && rows?.chain.some(({ method }) => method.startsWith('values')) === true;
  return !isAnew && /^(pk|id)(__exact)?$/.test(plainColumn(lookup) ?? '');
}

/** The only keyword of a lookup, or of the one `filter` before a bare `get()`, that nothing else narrows; null when it has none or more. */
export function plainColumn({ expr, form, rows }: FoundLookup): string | null {
  if (expr.kind !== 'Call') return null;
  const filters = (rows?.chain ?? []).flatMap(({ method, call }) =>
    method === 'filter' || method === 'exclude' ? [{ method, args: call.args }] : [],
  );
  const [filter, more] = filters;
  const isBare = expr.args.length === 0 && form === 'get' && more === undefined;
  if (filter !== undefined && !(isBare && filter.method === 'filter')) return null;
  const [only, other] = filter?.args ?? expr.args;
  return other === undefined ? (only?.name ?? null) : null;
}

/** Keyword names of the lookup as written. */
export function keyNames(lookup: FoundLookup): readonly string[] {
  return lookup.expr.kind === 'Call'
    ? lookup.expr.args.flatMap((arg) => (arg.name === null ? [] : [arg.name]))
    : [];
}
