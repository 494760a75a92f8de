import { type FunctionInfo, functionSites, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, dottedName, type Expr } from '../syntax/index.ts';
import { givenBy } from './arguments.ts';
import type { CallGraph } from './call-graph.ts';
import type { Fate } from './escape.ts';
import type { FoundLookup } from './find-lookups.ts';
import { onlyValue } from './only-value.ts';
import { testedAt } from './tested.ts';

/**
 * True where the key came from a function of the program that gives none without a row: `number = checked_number(request)`, which says
 * `if not Order.objects.filter(number=number).exists(): raise ...` before it returns the number. The lookup may stand there, or in a function
 * that everybody calls with it.
 */
export function isCheckedByGiver(
  graph: CallGraph,
  lookup: FoundLookup,
  key: Expr | null,
  { openEdges }: Fate,
): boolean {
  const { fn } = lookup.place;
  if (key?.kind !== 'Name') return false;
  if (isChecked(graph.program, key, fn, lookup)) return true;
  const isParam = reaching(fn.scope.bindings.get(key.id) ?? [], key.start).every(
    ({ source }) => source.kind === 'param',
  );
  return (
    isParam &&
    openEdges.length > 0 &&
    openEdges.every((edge) => {
      const given = givenBy(graph.program, edge, fn, key.id);
      return given !== null && given.fn !== fn && isChecked(graph.program, given.expr, given.fn, lookup);
    })
  );
}

function isChecked(program: Program, value: Expr, fn: FunctionInfo, lookup: FoundLookup): boolean {
  const given = value.kind === 'Name' ? onlyValue(value, fn) : value;
  if (given?.kind !== 'Call') return false;
  const givers = parts(program.infer.expr(given.func, fn)).flatMap((type) =>
    type.t === 'function' ? [type.fn] : [],
  );
  return givers.length > 0 && givers.every((giver) => givesChecked(program, giver, lookup));
}

/** Whatever the function returns is a name that a test for rows of the model has been asked with. */
function givesChecked(program: Program, giver: FunctionInfo, { model }: FoundLookup): boolean {
  const values = functionSites(giver).returns.flatMap(({ value }) => value ?? []);
  const asks = (call: Call, name: string): boolean =>
    call.func.kind === 'Attribute' &&
    /^a?exists$/.test(call.func.attr) &&
    parts(program.infer.expr(call.func.value, giver)).some(
      (type) =>
        type.t === 'queryset' &&
        type.rows.model.key === model.key &&
        type.rows.chain.some(({ call: link }) => link.args.some(({ value }) => dottedName(value) === name)),
    );
  return (
    values.length > 0 &&
    values.every((value) => {
      const name = dottedName(value);
      return (
        name !== null &&
        testedAt(giver.body, value, (part) => part.kind === 'Call' && asks(part, name)) !== null
      );
    })
  );
}
