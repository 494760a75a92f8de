import type { FunctionInfo, Program } from '../project/index.ts';
import type { Call } from '../syntax/index.ts';
import { argumentsOf } from './arguments.ts';
import { type Chosen, chosenBy, constantOf } from './chosen-body.ts';
import { isTestCode } from './test-code.ts';

/**
 * What a call chooses of a function, where it hands on parameters of its own function to which nobody in the program gives anything else than
 * their defaults: `find(order, create=create)` in `def total(order, create=True)`.
 */
export function chosenOf(program: Program, fn: FunctionInfo, call: Call, caller: FunctionInfo): Chosen {
  const out = new Map(chosenBy(fn, call, caller));
  for (const [name, { expr }] of argumentsOf(fn, call, caller)) {
    if (expr.kind !== 'Name' || out.has(name) || (fn.scope.bindings.get(name)?.length ?? 0) > 1) continue;
    const held = heldDefault(program, caller, expr.id);
    if (held !== undefined) out.set(name, held);
  }
  return out;
}

function heldDefault(program: Program, fn: FunctionInfo, name: string): boolean | string | null | undefined {
  const at = fn.params.findIndex((param) => param.name === name && param.star === 0);
  const value = fn.params[at]?.default ?? null;
  const constant = value === null ? undefined : constantOf(value);
  if (constant === undefined || (fn.scope.bindings.get(name)?.length ?? 0) > 1) return undefined;
  const calls = program.calls.of(fn.name).filter(({ place }) => !isTestCode(place.fn.path));
  const isLeft = calls.every(
    ({ expr: { args } }) =>
      args.every((arg) => arg.star === 0 && arg.name !== name) &&
      args.filter((arg) => arg.name === null).length <= at - (fn.isMethod ? 1 : 0),
  );
  return calls.length > 0 && isLeft ? constant : undefined;
}
