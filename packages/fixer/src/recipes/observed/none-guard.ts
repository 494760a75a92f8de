import {
  type Argument,
  enclosingStmts,
  type FixRequest,
  type OptionalRow,
  type Recipe,
  type RecipeResult,
  type Span,
  type Stmt,
  stmtExprs,
  walkExpr,
} from '@danglint/core';
import { insertion } from '../../build/edit.ts';
import { lineEnd } from '../../build/lines.ts';
import { type Missing, rowName } from '../branch.ts';
import { isLogCall } from '../handler.ts';
import { outermostCatches } from '../leaving.ts';
import { blockOf, lineOf, loopOf } from '../line.ts';
import { hoistBarrier } from '../order.ts';
import { intoHandler } from '../into-handler.ts';
import { missingBranch } from '../missing.ts';
import { type Place, placeAt } from '../place.ts';
import { fixOf, refuse } from '../result.ts';
import { branchLines } from '../write/branch-lines.ts';
import { roomAt, type Site, siteOf } from '../write/site.ts';
import { opening } from '../write/wrap.ts';
import { finished, type Written } from '../write/written.ts';
import { asLookup, filterArguments } from './as-lookup.ts';
import { firstUse } from './first-use.ts';
import { guardedValue } from './guard.ts';
import { withKeysAt } from './lost-keys.ts';
import { broadDoubts, lastWord, leftAtOnce, leftBy, toldOnce } from './left-at-none.ts';

const NAME = { name: 'none-guard', pattern: 'B' };

/** A value that may be None because its row is gone is checked before it is used. */
export const noneGuard: Recipe = {
  ...NAME,
  build: () => refuse(NAME, 'nothing here may be None'),
  observe(request) {
    const { observation } = request;
    if (observation.kind !== 'optional-row') return refuse(NAME, 'nothing here may be None');
    const { fetched, span, by, method } = observation;
    const inner = asLookup(request, {
      at: observation.span,
      model: observation.model,
      keys: keysOf(observation),
      ...(by === 'nulled' ? { relation: { at: fetched, name: method } } : {}),
    });
    const atOnce = span.start === fetched.start && fetched.end < span.end;
    if (observation.name === null || atOnce) {
      const text = {
        name: { start: fetched.end, end: fetched.end, text: '' },
        tail: { at: fetched.end, text: '' },
      };
      return guardedValue(inner, NAME, fetched, text, doubtsOf(observation));
    }
    return beforeUse(inner, observation, observation.name);
  },
};

/** What has lost a row that it names is there itself, and may be due for an answer of its own. */
function doubtsOf({ by, method }: OptionalRow): readonly string[] {
  return by === 'nulled' ? [`what has lost its \`${method}\` may be worth an answer without it`] : [];
}

/** What the row was asked for by: the filter before `first()`, else the one key that is known, by its own name where a getter is given it. */
export function keysOf({ call, key, by }: OptionalRow): readonly Argument[] {
  const filtered = filterArguments(call);
  if (filtered.length > 0 || key === null) return filtered;
  const own = key.kind === 'Name' ? key.id : key.kind === 'Attribute' ? key.attr : null;
  if (own === null) return key.kind === 'Subscript' ? [{ name: 'pk', star: 0, value: key }] : [];
  return ID_NAME.test(own) ? [{ name: by === 'getter' ? own : 'pk', star: 0, value: key }] : [];
}

/** What a function was called with is an id where it is called one; else it may be a row, or anything. */
const ID_NAME = /(?:^|_|[a-z])(?:id|pk|uuid|slug)$/;

/** A `try` that begins with the statement gets the guard before it: what it catches is no business of the guard. */
function outOfTry(request: FixRequest, place: Place): Place {
  const parent = place.around.at(-1);
  if (
    parent?.kind !== 'Try' ||
    parent.body[0] !== place.stmt ||
    outermostCatches(parent, request.judgement.lookup.model)
  )
    return place;
  const around = place.around.slice(0, -1);
  const block = blockOf(around.at(-1), parent, request.facts.body);
  const line = lineOf(request.source.text, request.facts.body, parent, around.at(-1), block);
  if ('reason' in line) return place;
  return outOfTry(request, { ...place, stmt: parent, around, block, loop: loopOf(around, parent), ...line });
}

/**
 * Where a call is given the name between the statement that fetches it and the one that uses it: what is called may use it as well,
 * so that the check has to stand before it. Logs may tell of None, and so may what is called behind a handler that goes on with it on purpose.
 */
function givenBefore({ facts }: FixRequest, row: OptionalRow, name: string): Span | null {
  const { by, fetched, span } = row;
  if (by === 'caught' || by === 'suppressed') return null;
  const chain = enclosingStmts(facts.body, fetched);
  const fetching = chain.at(-1);
  const block = fetching === undefined ? [] : blockOf(chain.at(-2), fetching, facts.body);
  const from = block.findIndex((stmt) => stmt.start <= fetched.start && fetched.end <= stmt.end);
  for (const stmt of from < 0 ? [] : block.slice(from + 1)) {
    if (stmt.end > span.start) return null;
    const given = stmt.kind === 'Assign' || stmt.kind === 'ExprStmt' ? argumentIn(stmt, name) : null;
    if (given !== null) return given;
  }
  return null;
}

function givenPlace(request: FixRequest, row: OptionalRow, name: string): Place | null {
  const given = givenBefore(request, row, name);
  const found = given === null ? null : placeAt(request, given);
  if (found === null || 'reason' in found) return null;
  return hoistBarrier(found.place.stmt, found.place.path, false) === null ? found.place : null;
}

function argumentIn(stmt: Stmt, name: string): Span | null {
  if (stmt.kind === 'ExprStmt' && isLogCall(stmt.value)) return null;
  let found: Span | null = null;
  for (const expr of stmtExprs(stmt))
    walkExpr(expr, (part) => {
      const given =
        part.kind === 'Call'
          ? part.args.find((arg) => arg.value.kind === 'Name' && arg.value.id === name)
          : undefined;
      found ??= given?.value ?? null;
    });
  return found;
}

function checked(site: Site, missing: Missing, name: string, behind: Stmt | null): Written {
  const { place, request, style } = site;
  const branch = branchLines(site, missing, roomAt(site, 1), false);
  const lines = [`if ${name} is None:`, ...branch.lines];
  const guard =
    behind === null
      ? opening(site, [...lines, place.indent].join(style.newline))
      : insertion(
          lineEnd(request.source.text, behind.end),
          ['', place.indent + lines.join(style.newline)].join(style.newline),
        );
  return finished([guard, ...branch.edits], branch.imports);
}

/** `if name is None:` right before the statement that uses it; or what it would do, in the handler right before that. */
function beforeUse(asked: FixRequest, row: OptionalRow, name: string): RecipeResult {
  const { fetched, span } = row;
  const given = givenPlace(asked, row, name);
  const found = given === null ? placeAt(asked, span) : { place: given };
  if ('reason' in found) return refuse(NAME, found.reason);
  const barrier = hoistBarrier(found.place.stmt, found.place.path, false);
  if (barrier !== null) return refuse(NAME, barrier);
  const outer = outOfTry(asked, found.place);
  const within = (stmt: Stmt): boolean => stmt.start <= fetched.start && fetched.end <= stmt.end;
  const near = within(outer.stmt) ? found.place : outer;
  if (within(near.stmt)) {
    return refuse(NAME, 'the row is fetched and used in one statement');
  }
  const { place, behind } = firstUse(asked, row, near, name);
  const request = withKeysAt(asked, place, fetched);
  const own = intoHandler(request, place, name);
  const branch = own === null ? missingBranch(request, place, 'host') : { missing: own };
  if ('reason' in branch) return refuse(NAME, branch.reason);
  const left = leftBy(request, row);
  const missing = toldOnce(branch.missing, left, place);
  const site = siteOf(request, place);
  const last = left === null ? null : lastWord(site, left, name);
  const written = last === null ? checked(site, missing, name, behind) : leftAtOnce(site, missing, last);
  const doubts = [
    ...missing.doubts,
    ...(missing.callers === undefined ? [] : [missing.callers]),
    ...(left === null ? [] : broadDoubts(left)),
    ...doubtsOf(row),
    ...(given === null ? [] : [`a call that is given \`${name}\` would no longer be given None`]),
  ];
  const title = `${missing.title} when ${rowName(request.judgement.lookup.model)} is missing`;
  return fixOf(request, NAME, title, written, doubts, missing);
}
