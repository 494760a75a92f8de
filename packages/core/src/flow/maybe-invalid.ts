import type { FunctionInfo, Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, type Expr, walkExpr, walkStmts } from '../syntax/index.ts';
import { Choices } from './choices.ts';
import { testedAt } from './tested.ts';
import type { Origin } from './verdict.ts';

/**
 * Django calls a form's `clean` also when some of its fields were not valid: those are missing in `cleaned_data`, where
 * `.get(name)` gives None for them. Until a test has looked at the value it is no choice that the form checked.
 * https://docs.djangoproject.com/en/stable/ref/forms/validation/
 */
export function maybeInvalid(
  program: Program,
  key: Expr,
  fn: FunctionInfo,
  origins: readonly Origin[],
): readonly Origin[] {
  if (!origins.some(({ kind }) => kind === 'choice') || !isFormClean(program, fn)) return origins;
  const item = itemThatMayBeMissing(key, fn);
  if (item === null || asksBefore(fn, key, item)) return origins;
  if (fn.cls !== null && new Choices(program).disabled(fn.cls, item)) return origins;
  if (testedAt(fn.body, key, (part) => isSame(part, key)) !== null) return origins;
  return origins.map((origin) =>
    origin.kind === 'choice'
      ? {
          ...origin,
          kind: 'request',
          detail: 'an item of `cleaned_data`, which is missing when its field is not valid',
        }
      : origin,
  );
}

function isFormClean(program: Program, { cls, name }: FunctionInfo): boolean {
  if (cls === null || name !== 'clean') return false;
  return program.hierarchy.externalBases(cls).some((base) => /(^|\.)forms\.|Form$/.test(base));
}

/** The name in `data.get("name")` without a default, or in the one that a name stands for; null for other values. */
function itemThatMayBeMissing(key: Expr, fn: FunctionInfo): string | null {
  if (key.kind === 'Call') return itemOf(key);
  if (key.kind !== 'Name') return null;
  for (const { source } of reaching(fn.scope.bindings.get(key.id) ?? [], key.start)) {
    const value = source.kind === 'assign' && source.steps.length === 0 ? source.value : null;
    const item = value?.kind === 'Call' ? itemOf(value) : null;
    if (item !== null) return item;
  }
  return null;
}

function itemOf({ func, args }: Call): string | null {
  const [first] = args;
  if (func.kind !== 'Attribute' || func.attr !== 'get' || args.length !== 1) return null;
  return first?.value.kind === 'Constant' && first.value.type === 'str' ? first.value.value : null;
}

function isSame(part: Expr, key: Expr): boolean {
  if (key.kind === 'Name') return part.kind === 'Name' && part.id === key.id;
  return part.kind === 'Call' && key.kind === 'Call' && itemOf(part) !== null && itemOf(part) === itemOf(key);
}

/** `if self.errors: return`, `if "name" in data:`: whatever follows from it, the author thought of fields that are not valid. */
function asksBefore(fn: FunctionInfo, key: Expr, item: string): boolean {
  let asks = false;
  walkStmts(fn.body, (stmt) => {
    if (stmt.kind !== 'If' || stmt.start > key.start) return;
    walkExpr(stmt.test, (part) => {
      const [first] = part.kind === 'Compare' ? part.operands : [];
      asks ||= part.kind === 'Attribute' && /^_?errors$/.test(part.attr);
      asks ||= first?.kind === 'Constant' && first.value === item;
    });
  });
  return asks;
}
