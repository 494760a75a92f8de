import {
  type Assign,
  type Edit,
  enclosingStmts,
  type FixRequest,
  type Handler,
  type OptionalRow,
  type Span,
  span,
  type Try,
} from '@danglint/core';
import { replacement } from '../../build/edit.ts';
import { indentOf, startsLine } from '../../build/lines.ts';
import type { Missing } from '../branch.ts';
import type { Place } from '../place.ts';
import { catchesOnlyMissingRows, logs } from '../handler.ts';
import { leaves } from '../handler-takes-over.ts';
import { branchLines } from '../write/branch-lines.ts';
import type { Site } from '../write/site.ts';
import { finished, type Written } from '../write/written.ts';

/** A `try` with the handler in it that leaves a name at None, or not bound at all. */
export interface Left {
  readonly stmt: Try;
  readonly handler: Handler;
}

/** The lookup; together with the handler that answers it, where that is what leaves None. */
export function fetchedIn({ by, fetched, decided }: OptionalRow): Span {
  return isAnswered({ by }) && decided !== null && decided.span.start > fetched.start
    ? span(fetched.start, decided.span.end)
    : fetched;
}

/** The handler that leaves it so; null for all other rows. */
export function leftBy({ facts }: Pick<FixRequest, 'facts'>, row: OptionalRow): Left | null {
  if (!isAnswered(row) || row.decided === null) return null;
  const { start } = row.decided.span;
  const stmt = enclosingStmts(facts.body, fetchedIn(row)).at(-1);
  const handler = stmt?.kind === 'Try' ? stmt.handlers.find((one) => one.start === start) : undefined;
  return stmt?.kind === 'Try' && handler !== undefined ? { stmt, handler } : null;
}

/** True for rows that a handler in the function answers for. */
function isAnswered({ by }: Pick<OptionalRow, 'by'>): boolean {
  return by === 'caught' || by === 'unbound';
}

/** What else the handler catches would get the same answer. */
export function broadDoubts({ handler }: Left): readonly string[] {
  return catchesOnlyMissingRows(handler) ? [] : ['the handler catches more than a missing row'];
}

/** The branch without its log line, where the handler has told of the missing row: the guard stands behind its `try` in one block. */
export function toldOnce(missing: Missing, left: Left | null, { block }: Place): Missing {
  return left !== null && logs(left.handler) && block.includes(left.stmt)
    ? { ...missing, log: false }
    : missing;
}

/** The `name = None` that a handler ends with, where its row is used right behind the `try` and no other handler gets there. */
export function lastWord({ request, place }: Site, left: Left, name: string): Assign | null {
  const { stmt, handler } = left;
  const next = place.block[place.block.indexOf(stmt) + 1];
  const last = handler.body.at(-1);
  if (!place.block.includes(stmt) || next !== place.stmt || last?.kind !== 'Assign') return null;
  const [target, other] = last.targets;
  const alone = target?.kind === 'Name' && target.id === name && other === undefined;
  const none = last.value?.kind === 'Constant' && last.value.type === 'none';
  const others = stmt.handlers.every((one) => one === handler || leaves(one.body));
  return alone && none && others && stmt.finalbody.length === 0 && startsLine(request.source.text, last.start)
    ? last
    : null;
}

/** The branch in the place of the `name = None`. */
export function leftAtOnce(site: Site, missing: Missing, last: Assign): Written {
  const { request, place, style } = site;
  const indent = indentOf(request.source.text, last.start);
  const branch = branchLines(site, missing, { indent, unit: place.unit, limit: style.limit }, true);
  const edits: readonly Edit[] = [
    replacement(last.start, last.end, branch.lines.join(style.newline).slice(indent.length)),
    ...branch.edits,
  ];
  return finished(edits, branch.imports);
}
