import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import type { Call, Expr } from '../syntax/index.ts';
import { argumentsOf } from './arguments.ts';
import { narrow } from './narrow.ts';
import { SILENT_HOOKS } from './narrow-hooks.ts';
import { type Fact, factOf, State } from './narrow-state.ts';
import type { OptionalRow } from './observation.ts';
import { placeAt } from './spot.ts';
import type { Site } from './verdict.ts';

/** Where a function uses what it is given as if it were there. */
export interface Inside {
  readonly at: Site;
  /** The function's own name. */
  readonly name: string;
  readonly use: OptionalRow['use'];
}

/** Knows functions that use a parameter whatever else they are given: before any test, return or loop. */
export class UsedInside {
  readonly #program: Program;
  readonly #leaves: (call: Call, fn: FunctionInfo) => boolean;
  readonly #known = new Map<FunctionInfo, Map<string, Inside | null>>();

  constructor(program: Program, leaves: (call: Call, fn: FunctionInfo) => boolean) {
    this.#program = program;
    this.#leaves = leaves;
  }

  /** The use of an argument in what is called; null where that is not one function of the program, or where it looks at it first. */
  of(call: Call, value: Expr, fn: FunctionInfo): Inside | null {
    const [callee, other] = parts(this.#program.infer.expr(call.func, fn));
    if (callee?.t !== 'function' || other !== undefined) return null;
    const { def } = callee.fn;
    if (def === null || def.generator || def.decorators.length > 0) return null;
    const given = [...argumentsOf(callee.fn, call, fn)].find(([, { expr }]) => expr === value);
    return given === undefined ? null : this.#ofParameter(callee.fn, given[0]);
  }

  #ofParameter(fn: FunctionInfo, name: string): Inside | null {
    const params = this.#known.get(fn) ?? new Map<string, Inside | null>();
    this.#known.set(fn, params);
    const known = params.get(name);
    if (known !== undefined) return known;
    const found = this.#look(fn, name);
    params.set(name, found);
    return found;
  }

  #look(fn: FunctionInfo, name: string): Inside | null {
    const param = fn.params.find((one) => one.name === name);
    if (param === undefined || param.star !== 0) return null;
    const source: Expr = { kind: 'Name', id: name, start: param.start, end: param.end };
    const start = new State([[name, parameterFact(source)]]);
    let found: Inside | null = null;
    const hooks = {
      ...SILENT_HOOKS,
      used: (fact: Fact, at: Expr, use: OptionalRow['use'], _: string | null, { tests }: State): void => {
        if (fact.source !== source || found !== null) return;
        const place = placeAt(fn, at);
        if (tests.length === 0 && place !== null && place.loop === null)
          found = { at: { path: fn.path, span: { start: at.start, end: at.end } }, name: fn.name, use };
      },
      leaves: (call: Call) => this.#leaves(call, fn),
    };
    narrow(fn.body, hooks, start);
    return found;
  }
}

function parameterFact(source: Expr): Fact {
  return factOf(source, {
    by: 'query',
    method: '',
  });
}
