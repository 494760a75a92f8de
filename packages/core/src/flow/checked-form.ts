import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import {
  type Attribute,
  type Call,
  dottedName,
  enclosingStmts,
  type Expr,
  type Stmt,
  walkExpr,
} from '../syntax/index.ts';
import { blockOf } from './block-of.ts';
import type { Choices } from './choices.ts';

/**
 * True for `request.POST` behind the check of a form that was made of it and has a field of choices of that name: in the body of
 * `if form.is_valid():`, below an `if not form.is_valid():` that leaves.
 */
export function isChecked(
  program: Program,
  choices: Choices,
  { data, name }: { readonly data: Attribute; readonly name: string },
  fn: FunctionInfo,
): boolean {
  const source = dottedName(data);
  if (source === null || !/(^|\.)request\.(POST|GET|data)$/.test(source)) return false;
  const forms = enclosingStmts(fn.body, data).flatMap((stmt) => formsChecked(stmt, data, fn));
  return forms.some(
    (form) =>
      takes(form, source) &&
      parts(program.infer.expr(form, fn)).some((type) => type.t === 'instance' && choices.in(type.cls, name)),
  );
}

/** The calls that made the forms that are valid where `at` stands in a statement. */
function formsChecked(stmt: Stmt, at: Attribute, fn: FunctionInfo): readonly Call[] {
  if (stmt.kind === 'If' && stmt.body.some((inner) => inner.start <= at.start && at.end <= inner.end))
    return valid(stmt.test, fn);
  const block = blockOf(fn.body, stmt);
  return block.slice(0, block.indexOf(stmt)).flatMap((before) => {
    if (before.kind !== 'If' || before.test.kind !== 'UnaryOp' || before.test.op !== 'not') return [];
    const last = before.body.at(-1)?.kind;
    return last === 'Return' || last === 'Raise' ? valid(before.test.operand, fn) : [];
  });
}

/** The forms of `form.is_valid()`, alone or with others that must hold. */
function valid(test: Expr, fn: FunctionInfo): readonly Call[] {
  if (test.kind === 'BoolOp' && test.op === 'and') return [...valid(test.left, fn), ...valid(test.right, fn)];
  if (test.kind !== 'Call' || test.func.kind !== 'Attribute' || test.func.attr !== 'is_valid') return [];
  const form = test.func.value;
  if (form.kind === 'Call') return [form];
  if (form.kind !== 'Name') return [];
  return reaching(fn.scope.bindings.get(form.id) ?? [], form.start).flatMap(({ source }) =>
    source.kind === 'assign' && source.value?.kind === 'Call' ? [source.value] : [],
  );
}

function takes(call: Call, source: string): boolean {
  let found = false;
  for (const { value } of call.args)
    walkExpr(value, (part) => {
      found ||= part.kind === 'Attribute' && dottedName(part) === source;
    });
  return found;
}
