import { type FunctionInfo, parts, perProgram, type Program } from '../project/index.ts';
import { dottedName, enclosingStmts, type Expr } from '../syntax/index.ts';
import { argumentsOf } from './arguments.ts';
import type { CallEdge } from './call-graph.ts';
import type { Fate } from './escape.ts';
import type { FoundLookup } from './find-lookups.ts';
import { instanceTest } from './instance-test.ts';
import { otherThan } from './never-asked.ts';
import { isTestCode } from './test-code.ts';
import type { Valued } from './values.ts';

/**
 * True for the key of a parameter that is a row or a key, `if not isinstance(order, Order): order = Order.objects.get(pk=order)`, where nobody
 * who lets the exception out is known to give a key, and one gives a row.
 */
export function isMostlyRow(
  program: Program,
  lookup: FoundLookup,
  key: Expr | null,
  { openEdges }: Fate,
): boolean {
  const { fn } = lookup.place;
  if (key?.kind !== 'Name' || !fn.params.some(({ name }) => name === key.id)) return false;
  if (!isKeyBranch(lookup, key.id)) return false;
  const edges = openEdges.filter(({ place }) => !isTestCode(place.fn.path));
  const given = edges.map((edge) => givenTo(edge, fn, key.id));
  return (
    given.length > 0 &&
    given.every((value) => value !== null && !isKey(value)) &&
    given.some((value) => value !== null && isRow(program, value))
  );
}

/** The lookup runs where the parameter is no row, or a number or text. */
function isKeyBranch({ expr, place: { fn } }: FoundLookup, name: string): boolean {
  if (otherThan(fn, expr)?.value.id === name) return true;
  return enclosingStmts(fn.body, expr).some((stmt) => {
    const found = stmt.kind === 'If' ? instanceTest(stmt.test) : null;
    return (
      stmt.kind === 'If' &&
      found?.value.id === name &&
      /^(int|str|UUID)$/.test(found.of) &&
      stmt.body.some(({ start, end }) => start <= expr.start && expr.end <= end)
    );
  });
}

function givenTo({ kind, expr, place }: CallEdge, fn: FunctionInfo, name: string): Valued | null {
  return kind === 'call' && expr.kind === 'Call' ? (argumentsOf(fn, expr, place.fn).get(name) ?? null) : null;
}

/** A constant, or what is named as keys are: `order_id`, `order.pk`, `data["order_id"]`. */
function isKey({ expr }: Valued): boolean {
  if (expr.kind === 'Constant' || expr.kind === 'JoinedStr') return true;
  if (expr.kind === 'Call' && expr.func.kind === 'Name' && /^(int|str)$/.test(expr.func.id)) return true;
  return /(^|[._])(id|pk|uuid|key|slug|code|name|number)$/.test(nameOf(expr) ?? '');
}

function nameOf(expr: Expr): string | null {
  const item =
    expr.kind === 'Subscript'
      ? expr.index
      : expr.kind === 'Call' && expr.func.kind === 'Attribute' && /^(get|pop)$/.test(expr.func.attr)
        ? expr.args[0]?.value
        : undefined;
  return item?.kind === 'Constant' ? item.value : dottedName(expr);
}

function isRow(program: Program, { expr, fn }: Valued): boolean {
  return (
    parts(program.infer.expr(expr, fn)).some(({ t }) => t === 'row') ||
    (expr.kind === 'Attribute' && relationNames(program).has(expr.attr))
  );
}

/** Names of foreign keys that are names of nothing else in the models of the program. */
const relationNames = perProgram((program): ReadonlySet<string> => {
  const relations = new Set<string>();
  const others = new Set<string>();
  for (const cls of program.classes) {
    if (program.hierarchy.kind(cls) !== 'model') continue;
    for (const { name, kind } of program.models.fields(cls).values())
      (kind === 'fk' || kind === 'o2o' ? relations : others).add(name);
  }
  return new Set([...relations].filter((name) => !others.has(name)));
});
