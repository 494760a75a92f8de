import type { FunctionInfo, Program } from '../project/index.ts';
import type { Argument, Expr } from '../syntax/index.ts';
import { type Valued, valuesOf } from './values.ts';

/** A keyword argument, with the function whose names its value reads. */
export interface Option extends Valued {
  readonly name: string;
}

/** The options that a call gives, entries of dictionaries behind `**` included; none for anything else. */
export function optionsOf(program: Program, expr: Expr, scope: FunctionInfo): readonly Option[] {
  return expr.kind === 'Call' ? expr.args.flatMap((arg) => given(program, arg, scope)) : [];
}

function given(program: Program, arg: Argument, scope: FunctionInfo): readonly Option[] {
  if (arg.name !== null) return [{ name: arg.name, expr: arg.value, fn: scope }];
  if (arg.star !== 2) return [];
  const tables =
    arg.value.kind === 'Dict' ? [{ expr: arg.value, fn: scope }] : valuesOf(program, arg.value, scope);
  return tables.flatMap(({ expr, fn }) => {
    if (expr.kind === 'Call')
      return expr.args.flatMap(({ name, value }) => (name === null ? [] : [{ name, expr: value, fn }]));
    if (expr.kind !== 'Dict') return [];
    return expr.entries.flatMap(({ key, value }) =>
      key?.kind === 'Constant' ? [{ name: key.value, expr: value, fn }] : [],
    );
  });
}
