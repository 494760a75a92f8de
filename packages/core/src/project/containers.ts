import type { Expr } from '../syntax/index.ts';
import { VALUES_METHODS } from '../django/index.ts';
import { parts, type Rows, type Type, UNKNOWN, union } from './types.ts';

/** True for querysets whose items are dictionaries, tuples or values, not rows. */
export function givesValues(rows: Rows): boolean {
  return rows.chain.some((link) => VALUES_METHODS.has(link.method));
}

/** One row of a manager or queryset; unknown when its items are no rows. */
export function rowOf(rows: Rows): Type {
  return givesValues(rows) ? UNKNOWN : { t: 'row', model: rows.model };
}

/** What a `for` loop over a value binds. */
export function itemOf(type: Type): Type {
  return union(
    parts(type).map((part): Type => {
      if (part.t === 'seq') return part.item;
      if (part.t === 'queryset' || part.t === 'manager') return rowOf(part.rows);
      return part.t === 'tuple' ? union(part.items) : UNKNOWN;
    }),
  );
}

/** Follows unpacking steps into a type. */
export function step(type: Type, steps: readonly number[]): Type {
  let current = type;
  for (const at of steps) current = union(parts(current).map((part) => unpacked(part, at)));
  return current;
}

/** The part at a place; a negative one is what a star takes. */
function unpacked(type: Type, at: number): Type {
  if (type.t === 'tuple') return at < 0 ? { t: 'seq', item: union(type.items) } : (type.items[at] ?? UNKNOWN);
  const item = itemOf(type);
  return at < 0 ? { t: 'seq', item } : item;
}

/** `base[index]`. */
export function subscript(base: Type, expr: Extract<Expr, { kind: 'Subscript' }>): Type {
  return union(
    parts(base).map((part): Type => {
      if (part.t === 'map') return valueOf(part, expr.index);
      if (expr.index.kind === 'Slice')
        return part.t === 'seq' || part.t === 'queryset' || part.t === 'manager'
          ? sliced(part, expr)
          : UNKNOWN;
      if (part.t === 'seq') return part.item;
      if (part.t === 'queryset') return rowOf(part.rows);
      if (part.t === 'tuple') return element(part.items, expr.index);
      return part.t === 'class' || part.t === 'model' || part.t === 'external' ? part : UNKNOWN;
    }),
  );
}

/** What a literal has under a constant key: what it has under others says nothing of it. */
function valueOf({ value, entries }: Extract<Type, { t: 'map' }>, index: Expr): Type {
  if (entries === undefined || index.kind !== 'Constant' || index.type !== 'str') return value;
  return entries.find(({ name }) => name === index.value)?.type ?? UNKNOWN;
}

function element(items: readonly Type[], index: Expr): Type {
  if (index.kind === 'Constant') return items[Number(index.value)] ?? UNKNOWN;
  const back =
    index.kind === 'UnaryOp' && index.op === '-' && index.operand.kind === 'Constant'
      ? Number(index.operand.value)
      : 0;
  return back > 0 ? (items.at(-back) ?? UNKNOWN) : union(items);
}

function sliced(type: Type, expr: Extract<Expr, { kind: 'Subscript' }>): Type {
  if (type.t !== 'queryset' && type.t !== 'manager') return type;
  const call = { kind: 'Call' as const, start: expr.start, end: expr.end, func: expr.value, args: [] };
  return { t: 'queryset', rows: { ...type.rows, chain: [...type.rows.chain, { method: '[:]', call }] } };
}
