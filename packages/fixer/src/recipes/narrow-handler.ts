import {
  type FixRequest,
  type Handler,
  opensScope,
  type Recipe,
  type Stmt,
  type Try,
  walkStmts,
} from '@danglint/core';
import { insertion } from '../build/edit.ts';
import { boundNames } from '../build/names.ts';
import { indentOf, lineStart, startsLine } from '../build/lines.ts';
import { rowName } from './branch.ts';
import { type Place, placeOf } from './place.ts';
import { catchesOnlyMissingRows, isLogCall, mentionsName } from './handler.ts';
import { fixOf, refuse } from './result.ts';
import { logLines } from './write/branch-lines.ts';
import { NO_NAME, type Site, siteOf } from './write/site.ts';
import { exceptLine } from './write/wrap.ts';
import { finished, type Written } from './write/written.ts';

const NAME = { name: 'narrow-handler', pattern: 'narrow-handler' };

/** A handler of its own before a broad one that reports errors: the missing row is logged at info, and the flow is the same. */
export const narrowHandler: Recipe = {
  ...NAME,
  build(request) {
    const found = placeOf(request);
    if ('reason' in found) return refuse(NAME, found.reason);
    const { place } = found;
    const broad = broadHandler(request, place);
    if (broad === null) return refuse(NAME, 'the broad handler does not stand in the function of the lookup');
    if (catchesOnlyMissingRows(broad.handler)) return refuse(NAME, 'the handler is for missing rows already');
    const leave = leaveOf(broad.handler.body);
    if (leave === 'more') return refuse(NAME, 'the broad handler does more than report the error');
    if (!startsLine(request.source.text, broad.handler.start))
      return refuse(NAME, 'several statements share its line');
    const site = siteOf(request, { ...place, indent: indentOf(request.source.text, broad.handler.start) });
    if (site.exception === null) return refuse(NAME, NO_NAME);
    const alone =
      broad.stmt.body.length === 1 && broad.stmt.body[0] === place.stmt && place.position.kind !== 'inner';
    const doubts = alone
      ? []
      : ['other statements of the `try` may raise the same exception, which is then no longer reported'];
    return fixOf(
      request,
      NAME,
      `Log at info that ${rowName(request.judgement.lookup.model)} is missing`,
      written(site, broad, leave),
      doubts,
    );
  },
};

interface Broad {
  readonly stmt: Try;
  readonly handler: Handler;
}

/** The handler that the verdict names, when it stands around the lookup in the same function. */
function broadHandler({ judgement: { verdict, lookup } }: FixRequest, { around, stmt }: Place): Broad | null {
  if (verdict.kind !== 'contained' || verdict.path.length > 0 || verdict.by.path !== lookup.path) return null;
  const { span } = verdict.by;
  for (const [i, outer] of around.entries()) {
    if (outer.kind !== 'Try' || !outer.body.includes(around[i + 1] ?? stmt)) continue;
    const handler = outer.handlers.find(({ start, end }) => start <= span.start && span.end <= end);
    if (handler !== undefined) return { stmt: outer, handler };
  }
  return null;
}

/** How a handler leaves after it has reported: null when it falls out of its `try`, `more` when it does something else too. */
function leaveOf(body: readonly Stmt[]): Stmt | null | 'more' {
  const rest = body.filter(
    (stmt) => !(stmt.kind === 'ExprStmt' && isLogCall(stmt.value)) && stmt.kind !== 'Pass',
  );
  const [leave] = rest;
  if (leave === undefined) return null;
  const jumps = leave.kind === 'Return' || leave.kind === 'Continue' || leave.kind === 'Break';
  return rest.length === 1 && jumps && leave === body.at(-1) ? leave : 'more';
}

/** Names that a statement of a `try` before the lookup binds: in a handler they may not be there. */
function boundInside({ body }: Try): ReadonlySet<string> {
  const names = new Set<string>();
  walkStmts(
    body,
    (stmt) => {
      for (const name of boundNames(stmt)) names.add(name);
    },
    (stmt) => !opensScope(stmt),
  );
  return names;
}

function written(site: Site, { stmt, handler }: Broad, leave: Stmt | null): Written {
  const { request, place, style } = site;
  const { text } = request.source;
  const room = { indent: place.indent + place.unit, unit: place.unit, limit: style.limit };
  const log = logLines(site, room, boundInside(stmt));
  const last = leave === null ? [] : [room.indent + text.slice(leave.start, leave.end)];
  const body = [...log.lines, ...last];
  const lines = [header(site, handler, leave), ...(body.length === 0 ? [`${room.indent}pass`] : body)];
  const edits = [
    insertion(lineStart(text, handler.start), lines.map((line) => line + style.newline).join('')),
    ...log.edits,
  ];
  return finished(edits, [...(site.exception?.imports ?? []), ...log.imports]);
}

/** The name of the exception comes along where the way out uses it. */
function header(site: Site, { name }: Handler, leave: Stmt | null): string {
  const line = exceptLine(site);
  return name !== null && leave !== null && mentionsName(leave, name)
    ? line.replace(/:$/, ` as ${name}:`)
    : line;
}
