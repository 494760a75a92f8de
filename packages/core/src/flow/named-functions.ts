import { type ClassInfo, type FunctionInfo, parts, type Program, type Type } from '../project/index.ts';
import type { BinOp, Call, Expr } from '../syntax/index.ts';
import { returnValues } from './origin-parameters.ts';
import { type Valued, valuesOf } from './values.ts';

/** What the text shows of a name that is put together. */
interface Shape {
  readonly head: string;
  readonly tail: string;
}

/** Fewer letters than these say nothing of what is meant. */
const MIN_LETTERS = 3;

const MAX_CLASSES = 40;

/**
 * Functions that `getattr(self, f"handle_{kind}")`, `"handle_%s" % kind`, `"handle_" + kind` and `"handle_{}".format(kind)` may
 * find: methods of the receiver's class and of classes derived from it, functions of a module. Also where another function gives
 * them. Empty for other expressions.
 */
export function namedFunctions(program: Program, { expr, fn }: Valued, depth = 0): readonly FunctionInfo[] {
  if (expr.kind !== 'Call') return [];
  const [holder, name] = expr.args;
  if (expr.func.kind === 'Name' && expr.func.id === 'getattr' && holder !== undefined && name !== undefined) {
    const shapes = shapesOf(program, name.value, fn);
    return shapes.length === 0
      ? []
      : parts(program.infer.expr(holder.value, fn)).flatMap((type) => functionsOf(program, type, shapes));
  }
  return depth > 0 ? [] : given(program, expr, fn);
}

/** `self.handler_for(kind)` of a method that looks one up. */
function given(program: Program, { func }: Call, fn: FunctionInfo): readonly FunctionInfo[] {
  return parts(program.infer.expr(func, fn)).flatMap((type) =>
    type.t === 'function'
      ? returnValues(type.fn).flatMap((value) =>
          [{ expr: value, fn: type.fn }, ...valuesOf(program, value, type.fn)].flatMap((one) =>
            namedFunctions(program, one, 1),
          ),
        )
      : [],
  );
}

function shapesOf(program: Program, name: Expr, fn: FunctionInfo): readonly Shape[] {
  const written =
    name.kind === 'Name' || name.kind === 'Attribute' ? valuesOf(program, name, fn) : [{ expr: name, fn }];
  return written
    .flatMap(({ expr }) => shapeOf(expr) ?? [])
    .filter(({ head, tail }) => (head + tail).replaceAll('_', '').length >= MIN_LETTERS);
}

function shapeOf(name: Expr): Shape | null {
  if (name.kind === 'JoinedStr') return { head: name.head, tail: name.tail };
  if (name.kind === 'BinOp') return ofOperator(name);
  const format = name.kind === 'Call' && name.func.kind === 'Attribute' && name.func.attr === 'format';
  const text = format ? textOf(name.func.value) : null;
  return text === null ? null : around(text, /\{\w*\}/);
}

function ofOperator({ op, left, right }: BinOp): Shape | null {
  const text = textOf(left);
  if (op === '%') return text === null ? null : around(text, /%s|%\(\w+\)s/);
  if (op !== '+') return null;
  const head = left.kind === 'BinOp' ? (ofOperator(left)?.head ?? '') : (text ?? '');
  return { head, tail: textOf(right) ?? '' };
}

/** What stands in front of the first place for a value and behind the last. */
function around(text: string, place: RegExp): Shape | null {
  const pieces = text.split(place);
  const [head = '', ...rest] = pieces;
  const tail = rest.at(-1);
  return tail === undefined ? null : { head, tail };
}

const textOf = (expr: Expr): string | null =>
  expr.kind === 'Constant' && expr.type === 'str' ? expr.value : null;

function functionsOf(program: Program, type: Type, shapes: readonly Shape[]): readonly FunctionInfo[] {
  const fits = (name: string): boolean =>
    shapes.some(
      ({ head, tail }) =>
        name.length > head.length + tail.length && name.startsWith(head) && name.endsWith(tail),
    );
  if (type.t === 'module')
    return type.module.functions.filter(
      ({ def, name, cls, parent }) =>
        def !== null && cls === null && parent === type.module.top && fits(name),
    );
  const cls = classOf(type);
  if (cls === null) return [];
  const found = new Set<FunctionInfo>();
  for (const line of [cls, ...program.hierarchy.subclasses(cls)].slice(0, MAX_CLASSES))
    for (const base of program.hierarchy.mro(line))
      if (typeof base !== 'string')
        for (const name of base.methods.keys())
          if (fits(name)) for (const method of own(program, line, name)) found.add(method);
  return [...found];
}

function own(program: Program, cls: ClassInfo, name: string): readonly FunctionInfo[] {
  const method = program.hierarchy.member(cls, name)?.method ?? null;
  return method === null ? [] : [method];
}

function classOf(type: Type): ClassInfo | null {
  switch (type.t) {
    case 'instance':
    case 'class':
      return type.cls;
    case 'row':
    case 'model':
      return type.model.cls;
    default:
      return null;
  }
}
