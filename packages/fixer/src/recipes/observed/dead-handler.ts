import {
  type Assign,
  type DeadHandler,
  enclosingStmts,
  type Expr,
  type FixRequest,
  type Handler,
  type Recipe,
  type Return,
  type SourceFile,
  type Try,
} from '@danglint/core';
import { insertion, replacement } from '../../build/edit.ts';
import { indentOf, lineEnd, lineStart, startsLine } from '../../build/lines.ts';
import { movableLines } from '../../build/shift.ts';
import { hazardDoubts } from '../branch.ts';
import { leaves, usesException } from '../handler-takes-over.ts';
import { outsideTry } from '../leaving.ts';
import { placeAt } from '../place.ts';
import { fixOf, refuse } from '../result.ts';
import { rowVariable } from '../write/row-variable.ts';
import { siteOf } from '../write/site.ts';
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
    const inner = asLookup(request, { at: observation.call, model: observation.model, keys: [] });
    const found = partsOf(inner, observation);
    if ('reason' in found) return refuse(NAME, found.reason);
    const doubts = [
      ...hazardDoubts(observation.host.hazards, 'jump'),
      ...outsideTry(enclosingStmts(request.facts.body, observation.handler)),
    ];
    return fixOf(
      inner,
      NAME,
      found.name === null ? 'Return None without it' : `Check \`${found.name}\` for None instead`,
      rewritten(request.source, found),
      doubts,
    );
  },
};

interface Parts {
  readonly stmt: Try;
  readonly only: Assign | Return;
  readonly handler: Handler;
  /** The variable that holds the row; a fresh one where the row is returned, null where the handler returns the None that it is. */
  readonly name: string | null;
}

function partsOf(
  request: FixRequest,
  { handler, method, call }: DeadHandler,
): Parts | { readonly reason: string } {
  const { facts, source } = request;
  const { text } = source;
  if (!/^a?(?:first|last)$/.test(method)) return { reason: `\`${method}\` does not give one row or None` };
  const stmt = enclosingStmts(facts.body, handler).findLast((item) => item.kind === 'Try');
  const [answer] = stmt?.handlers ?? [];
  const [only] = stmt?.body ?? [];
  if (
    stmt === undefined ||
    answer === undefined ||
    stmt.handlers.length > 1 ||
    stmt.orelse.length > 0 ||
    stmt.finalbody.length > 0
  ) {
    return { reason: 'the `try` has other clauses' };
  }
  if (stmt.body.length > 1 || (only?.kind !== 'Assign' && only?.kind !== 'Return'))
    return { reason: 'the `try` holds more than one assignment' };
  const value = only.value?.kind === 'Await' ? only.value.value : only.value;
  if (value?.start !== call.start || value.end !== call.end)
    return { reason: 'something else than the row is assigned' };
  if (usesException(answer)) return { reason: 'the handler uses the exception' };
  const between = text.slice(stmt.start, only.start);
  if (!/^try\s*:\s*$/.test(between) || !startsLine(text, only.start))
    return { reason: 'a comment stands between `try` and its statement' };
  const name = only.kind === 'Assign' ? assignedName(only) : returnedName(request, answer);
  return name === null || typeof name === 'string' ? { stmt, only, handler: answer, name } : name;
}

function assignedName({ targets }: Assign): string | { readonly reason: string } {
  const [target] = targets;
  return targets.length === 1 && target?.kind === 'Name'
    ? target.id
    : { reason: 'the `try` holds more than one assignment' };
}

/** A name for a row that is returned: the branch for None has to leave before that. None is needed for a handler that only returns None. */
function returnedName(
  request: FixRequest,
  { body, start, end }: Handler,
): string | null | { readonly reason: string } {
  const [only] = body;
  const plain = !request.source.text.slice(start, lineEnd(request.source.text, end)).includes('#');
  if (plain && body.length === 1 && only?.kind === 'Return' && isNone(only.value)) return null;
  if (!leaves(body)) return { reason: 'the handler goes on behind the `try`' };
  const found = placeAt(request, request.judgement.lookup.span);
  return 'reason' in found ? found : rowVariable(siteOf(request, found.place));
}

function isNone(value: Expr | null): boolean {
  return value === null || (value.kind === 'Constant' && value.type === 'none');
}

function rewritten(
  { text, newline }: Pick<SourceFile, 'text' | 'newline'>,
  { stmt, only, handler, name }: Parts,
): Written {
  const outer = indentOf(text, stmt.start);
  const deeper = indentOf(text, only.start).length - outer.length;
  const first = handler.body[0];
  const header = text.slice(handler.start, first?.start).match(/^[^:]*:/)?.[0] ?? '';
  const lines = movableLines(text, only.start, only.end).filter((at) =>
    text.startsWith(indentOf(text, only.start), at),
  );
  const at = lineStart(text, stmt.start);
  const keyword = only.start + 'return'.length;
  const moved = lines.map((line) => replacement(line, line + deeper, ''));
  if (name === null) {
    const rest = replacement(lineEnd(text, only.end), lineEnd(text, handler.end), '');
    return finished([replacement(at, only.start, outer), ...moved, rest], []);
  }
  const check = replacement(handler.start, handler.start + header.length, `if ${name} is None:`);
  if (only.kind === 'Assign') return finished([replacement(at, only.start, outer), ...moved, check], []);
  const gap = text[keyword] === ' ' ? '' : ' ';
  return finished(
    [
      replacement(at, keyword, `${outer}${name} =${gap}`),
      ...moved,
      check,
      insertion(lineEnd(text, handler.end), `${newline}${outer}return ${name}`),
    ],
    [],
  );
}
