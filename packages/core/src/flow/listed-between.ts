import type { FunctionInfo, Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { chainStart, dottedName, type Expr } from '../syntax/index.ts';
import { isBetween } from './asked-through.ts';
import type { FoundLookup } from './find-lookups.ts';

/** How many names and conversions stand between a loop and the rows that it goes through. */
const STEPS = 4;

/**
 * True in a loop over what a many-to-many relation gave, where the lookup is of the rows between the two sides:
 * `for tag in old_tags - new_tags: Tagging.objects.get(post=post, tag=tag)` of `old_tags = set(post.tags.all())`.
 */
export function isListedBetween(program: Program, { expr, model, place: { fn } }: FoundLookup): boolean {
  if (expr.kind !== 'Call' || model.cls === null) return false;
  const given = expr.args.map(({ value }) => value);
  const names = new Set(given.map((value) => dottedName(value)));
  return given.some(
    (value) =>
      value.kind === 'Name' &&
      reaching(fn.scope.bindings.get(value.id) ?? [], value.start).some(
        ({ source }) =>
          source.kind === 'for' &&
          listed(source.iter, fn, STEPS).some((rows) => {
            const owner = ownerOf(rows);
            return owner !== null && names.has(owner) && isBetween(program, rows, fn, model.key);
          }),
      ),
  );
}

/** What a loop goes through, behind names, conversions and what is left out. */
function listed(expr: Expr, fn: FunctionInfo, steps: number): readonly Expr[] {
  if (steps === 0) return [];
  if (expr.kind === 'BinOp' && /^[-&]$/.test(expr.op)) return listed(expr.left, fn, steps);
  if (expr.kind === 'Name')
    return reaching(fn.scope.bindings.get(expr.id) ?? [], expr.start).flatMap(({ source }) =>
      source.kind === 'assign' && source.value !== null ? listed(source.value, fn, steps - 1) : [],
    );
  if (expr.kind !== 'Call') return [];
  const { func, args } = expr;
  if (func.kind === 'Name') return args[0] === undefined ? [] : listed(args[0].value, fn, steps);
  return func.kind === 'Attribute' && /^(difference|intersection|copy)$/.test(func.attr)
    ? listed(func.value, fn, steps)
    : [expr];
}

/** `post` of `post.tags.all()`. */
function ownerOf(rows: Expr): string | null {
  const current = chainStart(rows);
  return current.kind === 'Attribute' ? dottedName(current.value) : null;
}
