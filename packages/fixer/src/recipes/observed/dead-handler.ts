import {
  type Assign,
  type DeadHandler,
  enclosingStmts,
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
      `Check \`${found.name}\` for None instead`,
      rewritten(request.source, found),
      doubts,
    );
  },
};

interface Parts {
  readonly stmt: Try;
  readonly only: Assign | Return;
  readonly handler: Handler;
  /** The variable that holds the row; a fresh one where the row is returned. */
  readonly name: string;
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
  return typeof name === 'string' ? { stmt, only, handler: answer, name } : name;
}

function assignedName({ targets }: Assign): string | { readonly reason: string } {
  const [target] = targets;
  return targets.length === 1 && target?.kind === 'Name'
    ? target.id
    : { reason: 'the `try` holds more than one assignment' };
}

/** A name for a row that is returned: the branch for None has to leave before that. */
function returnedName(request: FixRequest, { body }: Handler): string | { readonly reason: string } {
  if (!leaves(body)) return { reason: 'the handler goes on behind the `try`' };
  const found = placeAt(request, request.judgement.lookup.span);
  return 'reason' in found ? found : rowVariable(siteOf(request, found.place));
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
  const returned = only.kind === 'Return';
  const at = lineStart(text, stmt.start);
  const keyword = only.start + 'return'.length;
  return finished(
    [
      ...(returned
        ? [
            replacement(at, keyword, `${outer}${name} =${text[keyword] === ' ' ? '' : ' '}`),
            insertion(lineEnd(text, handler.end), `${newline}${outer}return ${name}`),
          ]
        : [replacement(at, only.start, outer)]),
      ...lines.map((line) => replacement(line, line + deeper, '')),
      replacement(handler.start, handler.start + header.length, `if ${name} is None:`),
    ],
    [],
  );
}
