import type { FunctionInfo, Program } from '../project/index.ts';
import type { Argument, Call, Expr } from '../syntax/index.ts';
import { isBound } from './bound.ts';
import type { CallEdge } from './call-graph.ts';
import { partialCall } from './partials.ts';
import type { Valued } from './values.ts';

/**
 * What a call gives to each parameter of a function, defaults included. `*args` gets a tuple of what is left, `**kwargs` a
 * dictionary; `f(**data)` gives each parameter `data["name"]`.
 */
export function argumentsOf(fn: FunctionInfo, call: Call, caller: FunctionInfo): ReadonlyMap<string, Valued> {
  const out = new Map<string, Valued>();
  for (const param of fn.params)
    if (param.default !== null) out.set(param.name, { expr: param.default, fn: fn.parent ?? fn });
  const params = isBound(fn) ? fn.params.slice(1) : fn.params;
  const give = (name: string, expr: Expr): unknown => out.set(name, { expr, fn: caller });
  const variadic = params.findIndex((param) => param.star === 1);
  const places = params.slice(0, variadic < 0 ? params.length : variadic).filter((param) => param.star === 0);
  const positional = call.args.filter((arg) => arg.name === null && arg.star !== 2);
  const rest: Expr[] = [];
  for (const [i, arg] of positional.entries()) {
    const place = places[i];
    if (place === undefined) rest.push(arg.value);
    else if (arg.star === 0) give(place.name, arg.value);
    else for (const open of places.slice(i)) give(open.name, arg.value);
  }
  const star = params[variadic];
  if (star !== undefined && rest.length > 0)
    give(star.name, { kind: 'Tuple', start: call.start, end: call.end, elts: rest });
  const named = new Set(params.filter((param) => param.star === 0).map((param) => param.name));
  const spread = call.args.find((arg) => arg.star === 2);
  const filled = new Set(
    call.args.map((arg) => arg.name).concat(places.slice(0, positional.length).map((param) => param.name)),
  );
  if (spread !== undefined)
    for (const name of named) if (!filled.has(name)) give(name, entry(spread.value, name));
  for (const arg of call.args) if (arg.name !== null && named.has(arg.name)) give(arg.name, arg.value);
  const double = params.find((param) => param.star === 2);
  if (double !== undefined)
    give(
      double.name,
      leftOver(
        call,
        call.args.filter((arg) => arg.star === 2 || (arg.name !== null && !named.has(arg.name))),
      ),
    );
  return out;
}

/** The same for a call of what `partial` made: its arguments stand before the call's own. */
export function givenTo(
  program: Program,
  fn: FunctionInfo,
  call: Call,
  caller: FunctionInfo,
): ReadonlyMap<string, Valued> {
  const kept = partialCall(program, call.func, caller);
  if (kept === null) return argumentsOf(fn, call, caller);
  const early = kept.call.args.slice(1);
  const given = argumentsOf(fn, { ...call, args: [...early, ...call.args] }, caller);
  const there = new Set(early.map((arg) => arg.value));
  return new Map(
    [...given].map(([name, value]) => [
      name,
      there.has(value.expr) ? { expr: value.expr, fn: kept.fn } : value,
    ]),
  );
}

/** What a parameter gets by one way into its function; null when the text does not tell. */
export function givenBy(
  program: Program,
  { kind, expr, handed, place }: CallEdge,
  fn: FunctionInfo,
  name: string,
): Valued | null {
  if (kind === 'call' && expr.kind === 'Call') return givenTo(program, fn, expr, place.fn).get(name) ?? null;
  const kept = handed === null ? null : partialCall(program, handed, place.fn);
  return kept === null
    ? null
    : (argumentsOf(fn, { ...kept.call, args: kept.call.args.slice(1) }, kept.fn).get(name) ?? null);
}

function leftOver(call: Call, args: readonly Argument[]): Expr {
  const entries = args.map(({ name, value }) => ({ key: name === null ? null : text(name, value), value }));
  return { kind: 'Dict', start: call.start, end: call.end, entries };
}

function entry(table: Expr, name: string): Expr {
  return { kind: 'Subscript', start: table.start, end: table.end, value: table, index: text(name, table) };
}

function text(value: string, at: Expr): Expr {
  return { kind: 'Constant', type: 'str', start: at.start, end: at.end, value };
}
