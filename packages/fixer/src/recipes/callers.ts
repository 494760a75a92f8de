import {
  type Edit,
  enclosingStmts,
  type FixRequest,
  type Hop,
  type ImportRequest,
  type Name,
  type Stmt,
} from '@danglint/core';
import { insertion } from '../build/edit.ts';
import { lineEnd } from '../build/lines.ts';
import { isNoneCheck } from './handler.ts';
import type { Missing } from './branch.ts';
import { blockOf, lineOf, loopOf } from './line.ts';
import { missingBranch } from './missing.ts';
import type { Place } from './place.ts';
import { branchLines } from './write/branch-lines.ts';
import { siteOf } from './write/site.ts';
import { finished, type Written } from './write/written.ts';

/**
 * A getter that begins to return None, with what its callers need: each gets a guard that does what its own function wants.
 * Only when all callers that the program shows stand in the same file, assign the result to a name, and can leave; else the
 * fix stays as it is, with its doubt.
 */
export function withCallers(
  request: FixRequest,
  missing: Missing,
  written: Written,
): { readonly written: Written; readonly doubts: readonly string[] } {
  if (missing.callers === undefined) return { written, doubts: missing.doubts };
  const guards = guardAll(request, missing.log);
  if (guards === null) return { written, doubts: [missing.callers, ...missing.doubts] };
  const { host } = request.judgement.lookup;
  return {
    written: finished([...written.edits, ...guards.edits], [...written.imports, ...guards.imports]),
    doubts: [
      `the guarded callers of \`${host.function}\` may have written rows before in a transaction`,
      ...guards.doubts,
      ...missing.doubts,
    ],
  };
}

interface Guards {
  readonly edits: readonly Edit[];
  readonly doubts: readonly string[];
  readonly imports: readonly ImportRequest[];
}

/** `logged`: the getter tells of the missing row itself. */
function guardAll(request: FixRequest, logged: boolean): Guards | null {
  const { verdict } = request.judgement;
  if (verdict.kind !== 'escapes' || verdict.callers.length === 0) return null;
  const guards = verdict.callers.map((caller) => guardOne(request, caller, logged));
  if (guards.includes(null)) return null;
  return {
    edits: guards.flatMap((guard) => guard?.edits ?? []),
    imports: guards.flatMap((guard) => guard?.imports ?? []),
    doubts: guards.flatMap((guard) => guard?.doubts ?? []),
  };
}

function guardOne(request: FixRequest, caller: Hop, logged: boolean): Guards | null {
  const found = callPlace(request, caller);
  if (found === null) return null;
  const { place, target } = found;
  const next = place.block[place.block.indexOf(place.stmt) + 1];
  if (next?.kind === 'If' && isNoneCheck(next.test, target.id)) return { edits: [], imports: [], doubts: [] };
  const inside = asCaller(request, caller, place);
  const branch = inside === null ? null : missingBranch(inside, place, 'host');
  if (inside === null || branch === null || 'reason' in branch) return null;
  const site = siteOf(inside, place);
  const quiet = { ...branch.missing, log: branch.missing.log && !logged };
  const lines = branchLines(
    site,
    quiet,
    { indent: place.indent + place.unit, unit: place.unit, limit: site.style.limit },
    false,
  );
  const guard = [`${place.indent}if ${target.id} is None:`, ...lines.lines];
  const at = lineEnd(request.source.text, place.stmt.end);
  const text = guard.map((line) => site.style.newline + line).join('');
  return { edits: [insertion(at, text), ...lines.edits], imports: lines.imports, doubts: quiet.doubts };
}

/** The place of a call whose result is assigned to a name. */
function callPlace(
  { source, facts }: FixRequest,
  { path, span }: Hop,
): { readonly place: Place; readonly target: Name } | null {
  if (path !== source.path) return null;
  const chain = enclosingStmts(facts.body, span);
  const stmt = chain.at(-1);
  if (stmt?.kind !== 'Assign' || stmt.value === null || stmt.annotation !== null) return null;
  const [target] = stmt.targets;
  const call = stmt.value.kind === 'Await' ? stmt.value.value : stmt.value;
  if (
    stmt.targets.length !== 1 ||
    target?.kind !== 'Name' ||
    call.start !== span.start ||
    call.end !== span.end
  )
    return null;
  const around: readonly Stmt[] = chain.slice(0, -1);
  const block = blockOf(around.at(-1), stmt, facts.body);
  const line = lineOf(source.text, facts.body, stmt, around.at(-1), block);
  if ('reason' in line || line.inlineAfter !== null) return null;
  const functions = around.filter((outer) => outer.kind === 'FunctionDef');
  const position = { kind: 'assign', target } as const;
  return {
    target,
    place: {
      stmt,
      around,
      block,
      functions,
      loop: loopOf(around, stmt),
      path: [call],
      node: call,
      value: stmt.value,
      position,
      ...line,
    },
  };
}

/**
 * The request as the caller sees it: its own function is the host, and there is no key to log. Null where the caller is a
 * helper too: its callers would have to be asked in turn.
 */
function asCaller(request: FixRequest, { function: name }: Hop, { functions }: Place): FixRequest | null {
  const { judgement } = request;
  const { verdict, lookup } = judgement;
  const fn = functions.at(-1);
  if (verdict.kind !== 'escapes' || fn === undefined) return null;
  const { entry } = verdict;
  if (entry.path !== lookup.path || entry.function !== name) return null;
  const kind = entry.kind === 'uncalled' || entry.kind === 'script' ? null : entry.kind;
  const host = {
    ...lookup.host,
    function: name,
    async: fn.async,
    generator: fn.generator,
    entry: kind,
    returnsOptional: false,
    resultUnused: true,
    calledLast: false,
    hazards: [],
  };
  return { ...request, judgement: { ...judgement, lookup: { ...lookup, host, call: null } } };
}
