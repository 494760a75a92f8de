import {
  type FunctionInfo,
  type ModelRef,
  parts,
  type Program,
  PROPERTY,
  type Type,
} from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Expr, walkExpr } from '../syntax/index.ts';
import { returnValues } from './origin-parameters.ts';
import { setBefore } from './ran-before.ts';
import { lastName } from './site-table.ts';
import type { SureRows } from './sure-rows.ts';
import type { Valued } from './values.ts';

/** How many properties and parameters are looked behind. */
const STEPS = 2;

/** Knows tests that ask whether there are rows of a model. */
export class AskedRows {
  readonly #program: Program;
  readonly #sure: SureRows;

  constructor(program: Program, sure: SureRows) {
    this.#program = program;
    this.#sure = sure;
  }

  /** True when a test looks at rows of a model: itself, or by a name, a flag from the callers or a property that does. */
  looksAt(test: Expr, fn: FunctionInfo, model: string, steps = STEPS): boolean {
    const other = noneTested(test);
    if (other !== null && modelOf(this.#program, this.#program.infer.expr(other, fn)) === model) return false;
    let found = false;
    const look = (part: Expr): void => {
      if (isValue(part)) found ||= modelOf(this.#program, this.#program.infer.expr(part, fn)) === model;
    };
    walkExpr(test, (part) => {
      look(part);
      if (found) return;
      const values = behind(part, fn);
      for (const value of values) walkExpr(value, look);
      for (const one of found || steps === 0 ? [] : [part, ...values]) {
        const flags = this.#flags(one, fn);
        found ||=
          flags.length > 0 && flags.every(({ expr, fn: home }) => this.looksAt(expr, home, model, steps - 1));
      }
    });
    return found;
  }

  /** The questions whose answer a property or a function returns, or every caller gives to a parameter. */
  #flags(part: Expr, fn: FunctionInfo): readonly Valued[] {
    const values =
      part.kind === 'Attribute'
        ? this.#returned(part, fn)
        : part.kind === 'Call'
          ? this.#answered(part, fn)
          : part.kind === 'Name'
            ? this.#sure.given(fn, part.id).flatMap((value) => named(value))
            : [];
    return values.length > 0 && values.every(({ expr }) => isQuestion(expr)) ? values : [];
  }

  /** `has_orders(user)`: what the function returns. */
  #answered({ func }: Extract<Expr, { kind: 'Call' }>, fn: FunctionInfo): readonly Valued[] {
    return parts(this.#program.infer.expr(func, fn)).flatMap((type) =>
      type.t === 'function' ? returnValues(type.fn).map((expr) => ({ expr, fn: type.fn })) : [],
    );
  }

  #returned({ attr, value }: Extract<Expr, { kind: 'Attribute' }>, fn: FunctionInfo): readonly Valued[] {
    return parts(this.#program.infer.expr(value, fn)).flatMap((type) => {
      const cls = type.t === 'row' ? type.model.cls : type.t === 'instance' ? type.cls : null;
      const method = cls === null ? null : (this.#program.hierarchy.member(cls, attr)?.method ?? null);
      return method !== null && this.#program.decoratorNames(method).some((name) => PROPERTY.test(name))
        ? returnValues(method).map((expr) => ({ expr, fn: method }))
        : [];
    });
  }
}

/** What a name, or an attribute of the row that is worked on, was set to: `self.total = orders.count()`. */
function behind(part: Expr, fn: FunctionInfo): readonly Expr[] {
  if (part.kind === 'Name') return assigned(part, fn);
  const set = part.kind === 'Attribute' ? setBefore(fn, part) : null;
  return set === null ? [] : [set];
}

function assigned(name: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo): readonly Expr[] {
  return reaching(fn.scope.bindings.get(name.id) ?? [], name.start).flatMap(({ source }) =>
    source.kind === 'assign' && source.value !== null ? [source.value] : [],
  );
}

/** What a name in the caller was assigned; anything else stands for itself. */
function named({ expr, fn }: Valued): readonly Valued[] {
  if (expr.kind !== 'Name') return [{ expr, fn }];
  const values = assigned(expr, fn);
  return values.length === 0 ? [{ expr, fn }] : values.map((value) => ({ expr: value, fn }));
}

/** An expression that gives yes or no, or a number of rows. */
function isQuestion(expr: Expr): boolean {
  if (expr.kind === 'BoolOp') return isQuestion(expr.left) && isQuestion(expr.right);
  if (expr.kind === 'Call') return /^(a?exists|a?count|bool|len)$/.test(lastName(expr.func) ?? '');
  return expr.kind === 'Compare' || (expr.kind === 'UnaryOp' && expr.op === 'not');
}

/** What `... is None` asks about: of rows it says nothing of whether there are some. */
function noneTested(test: Expr): Expr | null {
  if (test.kind !== 'Compare') return null;
  const [left, right] = test.operands;
  return right?.kind === 'Constant' && right.type === 'none' ? (left ?? null) : null;
}

/** Expressions that may hold rows: `rows`, `self.rows`, `rows()`, `data["rows"]`. */
export function isValue({ kind }: Expr): boolean {
  return kind === 'Name' || kind === 'Attribute' || kind === 'Call' || kind === 'Subscript';
}

/** The model whose rows a value holds, by its key, and by that of the model whose table it has for a proxy; null for anything else. */
export function modelOf(program: Program, type: Type): string | null {
  for (const part of parts(type)) {
    if (part.t === 'queryset' || part.t === 'manager' || part.t === 'rows-method')
      return tableOf(program, part.rows.model);
    if (part.t === 'seq' && part.item.t === 'row') return tableOf(program, part.item.model);
  }
  return null;
}

/** The models that the only question to rows leads through: those of orders and lines for `Shop.objects.filter(orders__lines__buyer=user)`. */
export function modelsOnWay(program: Program, type: Type): readonly string[] {
  const [only, other] = parts(type).flatMap((part) => (part.t === 'queryset' ? [part.rows] : []));
  const asked = only?.chain.flatMap(({ method, call }) => (method === 'order_by' ? [] : call.args)) ?? [];
  const [arg, more] = asked;
  if (only === undefined || other !== undefined || arg?.name == null || more !== undefined) return [];
  const out: string[] = [];
  let at: ModelRef | null = only.model;
  for (const step of arg.name.split('__').slice(0, -1)) {
    const { models } = program;
    const from: ModelRef = at;
    const field = from.cls === null ? null : models.field(from.cls, step);
    const back = models.reverse(from, step) ?? models.reverse(from, `${step}_set`);
    at = field?.target ?? back?.model ?? null;
    if (at === null) return out;
    out.push(tableOf(program, at));
  }
  return out;
}

function tableOf({ hierarchy, models }: Program, { key, cls }: ModelRef): string {
  const bases = cls === null ? [] : hierarchy.mro(cls);
  for (const base of bases) if (typeof base !== 'string' && !models.meta(base).proxy) return base.key;
  return key;
}
