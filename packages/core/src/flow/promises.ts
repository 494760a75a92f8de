import { argumentFor, type FunctionInfo, parts, type Program, type Type } from '../project/index.ts';
import type { Argument, Attribute, Call, Expr, Stmt } from '../syntax/index.ts';
import { allowsNone } from './declared-none.ts';

/** Where a value is handed on. */
export type Handed =
  | { readonly kind: 'returned' }
  | { readonly kind: 'yielded' }
  | { readonly kind: 'assigned'; readonly annotation: Expr }
  | { readonly kind: 'stored'; readonly target: Attribute }
  | { readonly kind: 'argument'; readonly call: Call; readonly arg: Argument };

/** True where a value is handed on to what is declared to be there: None breaks that promise. */
export function promisesValue(program: Program, fn: FunctionInfo, handed: Handed): boolean {
  switch (handed.kind) {
    case 'assigned':
      return !allowsNone(handed.annotation);
    case 'stored':
      return storesValue(program, fn, handed.target);
    case 'argument':
      return takesValue(program, fn, handed.call, handed.arg);
    case 'returned':
    case 'yielded':
      return (
        fn.def?.returns != null &&
        fn.def.generator === (handed.kind === 'yielded') &&
        !allowsNone(fn.def.returns)
      );
  }
}

function storesValue(program: Program, fn: FunctionInfo, { value, attr }: Attribute): boolean {
  return parts(program.infer.expr(value, fn)).some((type) => {
    const cls = type.t === 'instance' ? type.cls : type.t === 'row' ? type.model.cls : null;
    const bases = cls === null ? [] : program.hierarchy.mro(cls).filter((base) => typeof base !== 'string');
    const declared = bases.flatMap(({ def }) => declaredIn(def.body, attr) ?? [])[0];
    return declared !== undefined && !allowsNone(declared);
  });
}

function takesValue(program: Program, fn: FunctionInfo, call: Call, arg: Argument): boolean {
  return parts(program.infer.expr(call.func, fn)).some((type) => {
    const annotation = declaredFor(program, type, call, arg);
    return annotation !== null && !allowsNone(annotation);
  });
}

/** The declared type of the parameter that an argument of a call goes to. */
function declaredFor(program: Program, callee: Type, call: Call, arg: Argument): Expr | null {
  if (callee.t === 'function') return ofParameter(callee.fn, callee.self === null ? 0 : 1, call, arg);
  if (callee.t !== 'class') return null;
  const made = program.hierarchy.member(callee.cls, '__init__')?.method ?? null;
  if (made !== null) return ofParameter(made, 1, call, arg);
  return arg.name === null ? null : declaredIn(callee.cls.def.body, arg.name);
}

function ofParameter(fn: FunctionInfo, bound: number, call: Call, arg: Argument): Expr | null {
  const taken = fn.isMethod ? bound : 0;
  const param = fn.params.find(
    (each, i) => each.star === 0 && argumentFor(call, each, i - taken) === arg.value,
  );
  return param?.annotation ?? null;
}

/** The declared type of a name of a class body: an attribute, a field of a data class or a named tuple. */
function declaredIn(body: readonly Stmt[], name: string): Expr | null {
  for (const stmt of body) {
    const target = stmt.kind === 'Assign' ? stmt.targets[0] : undefined;
    if (stmt.kind === 'Assign' && target?.kind === 'Name' && target.id === name) return stmt.annotation;
  }
  return null;
}
