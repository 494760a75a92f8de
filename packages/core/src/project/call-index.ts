import { type Call, type Expr, walkOwnExprs } from '../syntax/index.ts';
import type { FunctionInfo } from './entities.ts';
import { nameIndex } from './name-index.ts';
import { perModule, push } from './per-module.ts';

/** A call, and the function that makes it. */
export interface PlacedCall {
  readonly call: Call;
  readonly fn: FunctionInfo;
}

/** All calls of a module by the last name that they call. Nothing is inferred. */
export const callsOf = perModule((module): ReadonlyMap<string, readonly PlacedCall[]> => {
  const out = new Map<string, PlacedCall[]>();
  for (const fn of module.functions) {
    const visit = (part: Expr): void => {
      if (part.kind !== 'Call') return;
      const { func } = part;
      const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : null;
      if (name !== null) push(out, name, { call: part, fn });
    };
    walkOwnExprs(fn.body, visit);
  }
  return out;
});

/** All calls of a program by the last name that they call. */
export const programCalls = nameIndex(callsOf);
