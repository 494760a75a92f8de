import type { FunctionInfo, Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, type Comprehension, type Expr, isComprehension } from '../syntax/index.ts';
import { bindingsAt } from './bindings-at.ts';
import type { Fate } from './escape.ts';
import type { FoundLookup } from './find-lookups.ts';
import { readsRows } from './one-of-rows.ts';
import { isShort } from './short-entries.ts';
import { lastName } from './site-table.ts';

/** How many names stand between a loop and the rows that it is about. */
const STEPS = 4;

/**
 * True where a request goes through what it has read off the rows that it then asks: `for number in known - sent:
 * rows.get(number=number)` of `known = {row.number for row in rows}`.
 */
export function isAmongRows(program: Program, lookup: FoundLookup, key: Expr | null, fate: Fate): boolean {
  if (key?.kind !== 'Name' || lookup.expr.kind !== 'Call' || lookup.expr.args.length !== 1) return false;
  if (!isShort(fate)) return false;
  const column = lookup.expr.args[0]?.name?.replace(/__exact$|_id$/, '') ?? null;
  if (column === null) return false;
  const rows = new Values(program, lookup, column);
  const items = itemsOf(key, lookup.place.fn);
  return items.length > 0 && items.every((iter) => rows.hold(iter, STEPS));
}

/** What a name goes through, where it is the whole item of a loop. */
function itemsOf(name: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo): readonly Expr[] {
  const all = bindingsAt(name, fn);
  const loops = all.flatMap(({ source }) =>
    source.kind === 'for' && source.steps.length === 0 ? [source.iter] : [],
  );
  return loops.length === all.length ? loops : [];
}

/** Knows collections of what a column of the asked rows holds. */
class Values {
  readonly #program: Program;
  readonly #lookup: FoundLookup;
  readonly #column: string;

  constructor(program: Program, lookup: FoundLookup, column: string) {
    this.#program = program;
    this.#lookup = lookup;
    this.#column = column;
  }

  hold(expr: Expr, steps: number): boolean {
    if (steps === 0) return false;
    if (expr.kind === 'Name') {
      const given = reaching(this.#lookup.place.fn.scope.bindings.get(expr.id) ?? [], expr.start);
      return (
        given.length > 0 &&
        given.every(
          ({ source }) =>
            source.kind === 'assign' && source.value !== null && this.hold(source.value, steps - 1),
        )
      );
    }
    if (expr.kind === 'BinOp')
      return (
        (expr.op === '-' || expr.op === '&') &&
        (this.hold(expr.left, steps) || (expr.op === '&' && this.hold(expr.right, steps)))
      );
    if (isComprehension(expr)) return this.#collects(expr, steps);
    return expr.kind === 'Call' && this.#call(expr, steps);
  }

  #call({ func, args }: Call, steps: number): boolean {
    const first = args[0]?.value;
    if (func.kind !== 'Attribute')
      return (
        first !== undefined &&
        /^(set|frozenset|list|tuple|sorted)$/.test(lastName(func) ?? '') &&
        this.hold(first, steps)
      );
    if (/^(difference|intersection)$/.test(func.attr)) return this.hold(func.value, steps);
    return (
      func.attr === 'values_list' &&
      first?.kind === 'Constant' &&
      this.#isColumn(first.value) &&
      this.#reads(func.value)
    );
  }

  /** `[row.number for row in rows]`, `[n for n in numbers if n in known]`. */
  #collects({ element, generators }: Comprehension, steps: number): boolean {
    const [clause, other] = generators;
    if (clause?.target.kind !== 'Name' || other !== undefined) return false;
    const { target, iter, ifs } = clause;
    const isTarget = (part: Expr | undefined): boolean => part?.kind === 'Name' && part.id === target.id;
    if (element.kind === 'Attribute')
      return isTarget(element.value) && this.#isColumn(element.attr) && this.#reads(iter);
    const plain = unconverted(element);
    if (!isTarget(plain)) return false;
    return (
      this.hold(iter, steps) ||
      ifs.some((test) => {
        const [value, known] = test.kind === 'Compare' && test.ops[0] === 'in' ? test.operands : [];
        return (
          value !== undefined &&
          known !== undefined &&
          isTarget(unconverted(value)) &&
          this.hold(known, steps)
        );
      })
    );
  }

  #isColumn(name: string): boolean {
    const own = /^(pk|id)$/;
    const column = name.replace(/_id$/, '');
    return column === this.#column || (own.test(column) && own.test(this.#column));
  }

  #reads(rows: Expr): boolean {
    return readsRows(this.#program, rows, this.#lookup.place.fn, this.#lookup);
  }
}

/** `int(number)`: the number. */
function unconverted(expr: Expr): Expr {
  const [only, other] =
    expr.kind === 'Call' && /^(int|str)$/.test(lastName(expr.func) ?? '') ? expr.args : [];
  return only !== undefined && other === undefined ? only.value : expr;
}
