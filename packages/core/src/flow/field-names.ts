import type { FunctionInfo } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import { bindingsAt } from './bindings-at.ts';
import type { CallGraph } from './call-graph.ts';
import type { FoundLookup } from './find-lookups.ts';
import { givenByAll } from './given-by-all.ts';
import { lastName } from './site-table.ts';

/** How many expressions stand between a key and the data that it is a name in. */
const STEPS = 8;

/** Methods of strings, and functions, that give the same key in other words. */
const SAME =
  /^(replace|strip|lstrip|rstrip|removeprefix|removesuffix|split|rsplit|partition|rpartition|lower)$/;

/**
 * True for a key that is, or is a part of, the name under which a form or serializer keeps what it has checked: `for name, value in
 * form.cleaned_data.items()`. Names are those of its fields: no client can send another.
 */
export function isFieldName(graph: CallGraph, { place: { fn } }: FoundLookup, key: Expr | null): boolean {
  return key !== null && new FieldNames(graph).isName(key, fn, STEPS);
}

class FieldNames {
  readonly #graph: CallGraph;

  constructor(graph: CallGraph) {
    this.#graph = graph;
  }

  isName(expr: Expr, fn: FunctionInfo, steps: number): boolean {
    if (steps === 0) return false;
    if (expr.kind === 'Subscript') return this.isName(expr.value, fn, steps - 1);
    if (expr.kind === 'Call') {
      const { func, args } = expr;
      if (func.kind === 'Attribute') return SAME.test(func.attr) && this.isName(func.value, fn, steps - 1);
      const first = args[0]?.value;
      return (
        first !== undefined &&
        /^(int|str|UUID)$/.test(lastName(func) ?? '') &&
        this.isName(first, fn, steps - 1)
      );
    }
    if (expr.kind !== 'Name') return false;
    const bindings = bindingsAt(expr, fn);
    return (
      bindings.length > 0 &&
      bindings.every(({ source }) => {
        if (source.kind === 'assign')
          return source.value !== null && this.isName(source.value, fn, steps - 1);
        return source.kind === 'for' && this.#givesNames(source.iter, source.steps, fn, steps - 1);
      })
    );
  }

  /** `data`, `data.keys()`, and the first of each pair of `data.items()`. */
  #givesNames(iter: Expr, at: readonly number[], fn: FunctionInfo, steps: number): boolean {
    if (iter.kind === 'Call' && iter.func.kind === 'Attribute' && /^(items|keys)$/.test(iter.func.attr))
      return (
        (iter.func.attr === 'items' ? at.length === 1 && at[0] === 0 : at.length === 0) &&
        this.#isData(iter.func.value, fn, steps)
      );
    if (iter.kind === 'Call' && /^(list|sorted|tuple)$/.test(lastName(iter.func) ?? '')) {
      const first = iter.args[0]?.value;
      return first !== undefined && this.#givesNames(first, at, fn, steps);
    }
    return at.length === 0 && this.#isData(iter, fn, steps);
  }

  /** Checked data itself, a copy of it, or a parameter to which every caller gives it. */
  #isData(expr: Expr, fn: FunctionInfo, steps: number): boolean {
    if (steps === 0) return false;
    if (expr.kind === 'Attribute') return CHECKED.test(expr.attr);
    if (expr.kind === 'Call')
      return (
        expr.func.kind === 'Attribute' &&
        expr.func.attr === 'copy' &&
        this.#isData(expr.func.value, fn, steps)
      );
    if (expr.kind !== 'Name') return false;
    const bindings = bindingsAt(expr, fn);
    return (
      bindings.length > 0 &&
      bindings.every(({ source }) => {
        if (source.kind === 'assign')
          return source.value !== null && this.#isData(source.value, fn, steps - 1);
        return (
          source.kind === 'param' && (expr.id === 'validated_data' || this.#isGiven(expr.id, fn, steps - 1))
        );
      })
    );
  }

  #isGiven(param: string, fn: FunctionInfo, steps: number): boolean {
    const all = givenByAll(this.#graph, fn, param);
    return all.length > 0 && all.every((given) => this.#isData(given.expr, given.fn, steps));
  }
}

const CHECKED = /^(cleaned|validated)_data$/;
