import type { Program } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { narrowedBy } from './key.ts';
import type { Origin, OriginKind } from './verdict.ts';
import { isWrittenHere } from './written-here.ts';

const CHOSEN = 'a constant, which picks one of the rows of another row';
const WRITTEN = 'a constant, of a row that the same module writes';

/** What says which row is meant: a value, or the row that the asked ones belong to. */
type Picked =
  | { readonly by: 'value'; readonly value: Expr }
  | { readonly by: 'owner'; readonly origin: Origin };

/**
 * `order.refunds.get(status="pending")`, `Refund.objects.filter(order=order).get(status="pending")`: a constant picks one of the
 * rows that belong to another row. Null where it names a row of the table: one that a deployment brings along.
 */
export function picked(
  program: Program,
  found: FoundLookup,
  key: Expr,
  origins: readonly Origin[],
): Picked | null {
  if (found.rows === null || !origins.every(({ kind }) => kind === 'literal' || kind === 'settings'))
    return null;
  const value = narrowedBy(found);
  if (!found.rows.related && value === null) return null;
  const at = { path: found.place.fn.path, span: key };
  if (isWrittenHere(program, found, key))
    return { by: 'owner', origin: { kind: 'natural-key', detail: WRITTEN, ...at } };
  return value === null || found.rows.related
    ? { by: 'owner', origin: { kind: 'row', detail: CHOSEN, ...at } }
    : { by: 'value', value };
}

/** Keys that somebody outside of the program sent. */
const SENT: ReadonlySet<OriginKind> = new Set(['request', 'json', 'message']);

/**
 * What was sent beside a choice among rows that are there: `Vlan.objects.get(site=site, vid=vid)`. Nobody checked the two of them
 * together. Null where nothing was.
 */
export function sentBeside(
  { expr }: FoundLookup,
  origins: readonly Origin[],
  of: (value: Expr) => readonly Origin[],
): readonly Origin[] | null {
  if (expr.kind !== 'Call' || origins.length === 0 || origins.some(({ kind }) => kind !== 'choice'))
    return null;
  for (const { name, value } of expr.args) {
    const beside = name === null ? [] : of(value);
    if (beside.length > 0 && beside.every(({ kind }) => SENT.has(kind))) return beside;
  }
  return null;
}
