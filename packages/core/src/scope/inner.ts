import type { Comprehension, Lambda } from '../syntax/index.ts';
import type { Span } from '../text/index.ts';
import { type Binding, type BindingSource, targetNames } from './bindings.ts';
import { History } from './history.ts';

/** A stretch of a function in which a lambda's parameters or a comprehension's targets hide outer names. */
export interface InnerScope {
  readonly start: number;
  readonly end: number;
  readonly bindings: readonly Binding[];
}

/** The stretches of a lambda or comprehension that see its own names: defaults and the first iterable are read outside. */
export function innerScopes(expr: Lambda | Comprehension): InnerScope[] {
  if (expr.kind === 'Lambda') {
    const bindings = expr.params.map((param, index) =>
      loose(param.name, param, { kind: 'param', param, index }),
    );
    return [{ start: expr.body.start, end: expr.body.end, bindings }];
  }
  const bindings = expr.generators.flatMap(({ target, iter }) =>
    targetNames(target).map(({ name, at, steps }) => loose(name, at, { kind: 'for', iter, steps })),
  );
  const first = expr.generators[0]?.iter ?? expr;
  return [
    { start: expr.start, end: first.start, bindings },
    { start: first.end, end: expr.end, bindings },
  ];
}

/** A binding that no other one of its name competes with. */
function loose(name: string, at: Span, source: BindingSource): Binding {
  return { name, source, at, history: new History() };
}
