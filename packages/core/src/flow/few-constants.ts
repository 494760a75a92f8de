import type { FunctionInfo } from '../project/index.ts';
import { dottedName, type Expr, type Stmt } from '../syntax/index.ts';
import { bindingsAt } from './bindings-at.ts';
import type { FoundLookup } from './find-lookups.ts';
import { onlyValue } from './only-value.ts';
import { ranBefore } from './ran-before.ts';
import { lastName } from './site-table.ts';

/** Where the few values stand that a key was found to be one of. */
type Few = 'literal' | 'settings';

/**
 * `if name not in {"free", TRIAL}:` that leaves stands before the lookup, or `if set(names) - set(settings.ROLES):` before a loop over
 * the names: whoever sent the key, it is one of a few constants. Null where nothing of the kind does.
 */
export function oneOfFew({ place: { fn }, expr }: FoundLookup, key: Expr): Few | null {
  if (key.kind !== 'Name') return null;
  const all = loopedOver(key, fn);
  for (const stmt of ranBefore(fn.body, expr)) {
    const test = refusal(stmt);
    if (test === null) continue;
    const few = refused(test, key.id) ?? left(test, all, fn);
    if (few !== null) return few;
  }
  return null;
}

/** The test of an `if` that ends in leaving. */
function refusal(stmt: Stmt): Expr | null {
  const last = stmt.kind === 'If' ? stmt.body.at(-1)?.kind : undefined;
  return stmt.kind === 'If' && (last === 'Return' || last === 'Raise') ? stmt.test : null;
}

/** `name not in ROLES`. */
function refused(test: Expr, key: string): Few | null {
  const [name, few] = test.kind === 'Compare' && test.ops[0] === 'not in' ? test.operands : [];
  return name?.kind === 'Name' && name.id === key && few !== undefined ? constants(few) : null;
}

/** `unknown` of `unknown = names - set(ROLES)`: what is left of the names that the loop goes over. */
function left(test: Expr, all: ReadonlySet<string>, fn: FunctionInfo): Few | null {
  const value = test.kind === 'Name' ? onlyValue(test, fn) : test;
  const [whole, few] =
    value?.kind === 'BinOp' && value.op === '-'
      ? [value.left, value.right]
      : value?.kind === 'Call' && value.func.kind === 'Attribute' && value.func.attr === 'difference'
        ? [value.func.value, value.args[0]?.value]
        : [];
  if (whole === undefined || few === undefined) return null;
  const name = dottedName(within(whole));
  return name !== null && all.has(name) ? constants(few) : null;
}

/** The names that a loop takes the key from. */
function loopedOver(key: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo): ReadonlySet<string> {
  const all = bindingsAt(key, fn);
  return new Set(
    all.flatMap(({ source }) =>
      source.kind === 'for' && source.steps.length === 0 ? (dottedName(within(source.iter)) ?? []) : [],
    ),
  );
}

/** `names` of `set(names)`. */
function within(expr: Expr): Expr {
  const first = expr.kind === 'Call' ? expr.args[0]?.value : undefined;
  return first !== undefined &&
    expr.kind === 'Call' &&
    /^(set|frozenset|list|tuple|sorted)$/.test(lastName(expr.func) ?? '')
    ? within(first)
    : expr;
}

/** A display of constants, a name that is spelled as a constant, a setting. */
function constants(expr: Expr): Few | null {
  const few = within(expr);
  if (few.kind === 'Set' || few.kind === 'Tuple' || few.kind === 'List')
    return few.elts.every((part) => part.kind === 'Constant' || isConstantName(part)) ? 'literal' : null;
  if (!isConstantName(few)) return null;
  return few.kind === 'Attribute' && /(^|[._])settings$/.test(dottedName(few.value) ?? '')
    ? 'settings'
    : 'literal';
}

function isConstantName(expr: Expr): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(lastName(expr) ?? '');
}
