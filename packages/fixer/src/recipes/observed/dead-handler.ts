import {
  type Assign,
  type DeadHandler,
  enclosingStmts,
  type Handler,
  type ObservationRequest,
  type Recipe,
  type Try,
} from '@danglint/core';
import { replacement } from '../../build/edit.ts';
import { indentOf, lineStart, startsLine } from '../../build/lines.ts';
import { movableLines } from '../../build/shift.ts';
import { hazardDoubts } from '../branch.ts';
import { mentionsName } from '../handler.ts';
import { outsideTry } from '../leaving.ts';
import { fixOf, refuse } from '../result.ts';
import { finished, type Written } from '../write/written.ts';
import { asLookup } from './as-lookup.ts';

const NAME = { name: 'dead-handler', pattern: 'B' };

/** `try: x = ...first()` with a handler that never runs: the handler's body becomes the branch of `if x is None`. */
export const deadHandler: Recipe = {
  ...NAME,
  build: () => refuse(NAME, 'no handler is dead here'),
  observe(request) {
    const { observation } = request;
    if (observation.kind !== 'dead-handler') return refuse(NAME, 'no handler is dead here');
    const found = partsOf(request, observation);
    if ('reason' in found) return refuse(NAME, found.reason);
    const inner = asLookup(request, { at: observation.call, model: observation.model, keys: [] });
    const doubts = [
      ...hazardDoubts(observation.host.hazards, 'jump'),
      ...outsideTry(enclosingStmts(request.facts.body, observation.handler)),
    ];
    return fixOf(
      inner,
      NAME,
      `Check \`${found.name}\` for None instead`,
      rewritten(request.source.text, found),
      doubts,
    );
  },
};

interface Parts {
  readonly stmt: Try;
  readonly assign: Assign;
  readonly handler: Handler;
  readonly name: string;
}

function partsOf(
  { facts, source }: ObservationRequest,
  { handler, method, call }: DeadHandler,
): Parts | { readonly reason: string } {
  const { text } = source;
  if (!/^a?(?:first|last)$/.test(method)) return { reason: `\`${method}\` does not give one row or None` };
  const stmt = enclosingStmts(facts.body, handler).findLast((item) => item.kind === 'Try');
  const [only] = stmt?.handlers ?? [];
  const [assign] = stmt?.body ?? [];
  if (
    stmt === undefined ||
    only === undefined ||
    stmt.handlers.length > 1 ||
    stmt.orelse.length > 0 ||
    stmt.finalbody.length > 0
  ) {
    return { reason: 'the `try` has other clauses' };
  }
  const target = assign?.kind === 'Assign' && assign.targets.length === 1 ? assign.targets[0] : undefined;
  if (stmt.body.length > 1 || assign?.kind !== 'Assign' || target?.kind !== 'Name')
    return { reason: 'the `try` holds more than one assignment' };
  const value = assign.value?.kind === 'Await' ? assign.value.value : assign.value;
  if (value?.start !== call.start || value.end !== call.end)
    return { reason: 'something else than the row is assigned' };
  const { name } = only;
  if (name !== null && only.body.some((inner) => mentionsName(inner, name)))
    return { reason: 'the handler uses the exception' };
  const between = text.slice(stmt.start, assign.start);
  if (!/^try\s*:\s*$/.test(between) || !startsLine(text, assign.start))
    return { reason: 'a comment stands between `try` and its statement' };
  return { stmt, assign, handler: only, name: target.id };
}

function rewritten(text: string, { stmt, assign, handler, name }: Parts): Written {
  const outer = indentOf(text, stmt.start);
  const deeper = indentOf(text, assign.start).length - outer.length;
  const first = handler.body[0];
  const header = text.slice(handler.start, first?.start).match(/^[^:]*:/)?.[0] ?? '';
  const lines = movableLines(text, assign.start, assign.end).filter((at) =>
    text.startsWith(indentOf(text, assign.start), at),
  );
  return finished(
    [
      replacement(lineStart(text, stmt.start), assign.start, outer),
      ...lines.map((at) => replacement(at, at + deeper, '')),
      replacement(handler.start, handler.start + header.length, `if ${name} is None:`),
    ],
    [],
  );
}
