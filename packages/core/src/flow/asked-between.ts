import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import {
  chainStart,
  type Compare,
  dottedName,
  enclosingStmts,
  type Expr,
  type Stmt,
  walkExpr,
  walkStmts,
} from '../syntax/index.ts';
import { isBetween } from './asked-through.ts';
import type { FoundLookup } from './find-lookups.ts';
import { ranBefore } from './ran-before.ts';

/**
 * True for `member in team.members.all()`, in whose body a place stands, and `member not in team.members.all()`, which it does not,
 * where what runs at the place asks for a row between the two by both: `member.membership_set.get(team=team)`.
 */
export function asksBetween(
  program: Program,
  { operands, ops }: Compare,
  { fn, at }: { readonly fn: FunctionInfo; readonly at: Expr },
  { model }: FoundLookup,
): boolean {
  const [row, rows] = operands;
  if (row === undefined || rows === undefined || ops.length !== 1 || !/^(not )?in$/.test(ops[0] ?? ''))
    return false;
  const inBody = enclosingStmts(fn.body, at).some(
    ({ kind, start, end }) => kind === 'If' && start <= row.start && row.end <= end,
  );
  const names = namesIn(at);
  const owner = ownerOf(rows);
  return (
    (ops[0] === 'in') === inBody &&
    owner !== null &&
    names.has(owner) &&
    names.has(dottedName(row) ?? '') &&
    isOfBetween(program, rows, fn, model.key)
  );
}

/** True behind `team.members.add(member)`, where a row between the two is asked for by both. */
export function addedBetween(program: Program, { expr, model, place: { fn } }: FoundLookup): boolean {
  if (model.cls === null) return false;
  const names = namesIn(expr);
  return ranBefore(fn.body, expr).some((stmt) => {
    const call = stmt.kind === 'ExprStmt' && stmt.value.kind === 'Call' ? stmt.value : null;
    if (call?.func.kind !== 'Attribute' || !/^a?add$/.test(call.func.attr)) return false;
    const rows = call.func.value;
    return (
      names.has(ownerOf(rows) ?? '') &&
      call.args.some(({ value }) => names.has(dottedName(value) ?? '')) &&
      isBetween(program, rows, fn, model.key)
    );
  });
}

/** Rows of the relation itself, or of a property of the program that gives some of them: `team.active_members`. */
function isOfBetween(program: Program, rows: Expr, fn: FunctionInfo, model: string): boolean {
  if (isBetween(program, rows, fn, model)) return true;
  const start = chainStart(rows);
  const member = start.kind === 'Attribute' ? start : null;
  if (member === null) return false;
  return parts(program.infer.expr(member.value, fn)).some((type) => {
    const cls = type.t === 'row' ? type.model.cls : null;
    const method = cls === null ? null : (program.hierarchy.member(cls, member.attr)?.method ?? null);
    return method !== null && gives(method.body, (value) => isBetween(program, value, method, model));
  });
}

function gives(body: readonly Stmt[], isWanted: (value: Expr) => boolean): boolean {
  let all = true;
  let some = false;
  walkStmts(body, (stmt) => {
    if (stmt.kind !== 'Return') return;
    const wanted = stmt.value !== null && isWanted(stmt.value);
    all &&= wanted;
    some ||= wanted;
  });
  return all && some;
}

/** `team` of `team.members.all()`. */
function ownerOf(rows: Expr): string | null {
  const start = chainStart(rows);
  return start.kind === 'Attribute' ? dottedName(start.value) : null;
}

function namesIn(expr: Expr): ReadonlySet<string> {
  const out = new Set<string>();
  walkExpr(expr, (part) => {
    const name = dottedName(part);
    if (name !== null) out.add(name);
  });
  return out;
}
