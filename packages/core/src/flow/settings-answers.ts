import {
  type ClassInfo,
  type FunctionInfo,
  nameIndex,
  parts,
  type Program,
  type Type,
} from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import { type Valued, valuesOf } from './values.ts';

/** Functions of the program that its settings put between entry points and the framework. */
export interface SettingsAnswers {
  /** `REST_FRAMEWORK["EXCEPTION_HANDLER"]`: gets every exception of an API view. */
  readonly apiHandlers: readonly FunctionInfo[];
  /** `process_exception` of the classes in `MIDDLEWARE`: gets every exception of a view. */
  readonly middleware: readonly FunctionInfo[];
}

const NAMES = ['REST_FRAMEWORK', 'MIDDLEWARE', 'MIDDLEWARE_CLASSES'];

/** The top levels that assign a setting, by its name. */
const settingsOf = nameIndex(
  ({ top }): ReadonlyMap<string, readonly FunctionInfo[]> =>
    new Map(NAMES.filter((name) => top.scope.bindings.has(name)).map((name) => [name, [top]])),
);

/** Reads the settings modules of a program: any module whose top level assigns the names. */
export function settingsAnswers(program: Program): SettingsAnswers {
  const named = (setting: string): readonly Valued[] =>
    settingsOf(program)
      .of(setting)
      .flatMap((top) => valuesAt(program, top, setting));
  const apiHandlers = named('REST_FRAMEWORK')
    .flatMap(({ expr, fn }) =>
      expr.kind === 'Dict'
        ? expr.entries
            .filter(({ key }) => textOf(key) === 'EXCEPTION_HANDLER')
            .map(({ value }) => ({ expr: value, fn }))
        : [],
    )
    .flatMap((value) => dotted(program, value))
    .flatMap((type) => (type.t === 'function' ? [type.fn] : []));
  const classes = ['MIDDLEWARE', 'MIDDLEWARE_CLASSES']
    .flatMap(named)
    .flatMap(({ expr, fn }) =>
      expr.kind === 'List' || expr.kind === 'Tuple' ? expr.elts.map((part) => ({ expr: part, fn })) : [],
    )
    .flatMap((value) => dotted(program, value))
    .flatMap((type): ClassInfo[] => (type.t === 'class' ? [type.cls] : []));
  const middleware = classes.flatMap(
    (cls) => program.hierarchy.member(cls, 'process_exception')?.method ?? [],
  );
  return { apiHandlers, middleware };
}

function valuesAt(program: Program, top: FunctionInfo, setting: string): readonly Valued[] {
  return (top.scope.bindings.get(setting) ?? []).flatMap(({ source }): readonly Valued[] => {
    if (source.kind !== 'assign' || source.value === null) return [];
    const followed = valuesOf(program, source.value, top);
    return followed.length > 0 ? followed : summands(source.value).map((expr) => ({ expr, fn: top }));
  });
}

/** The lists of `BASE + [...]`. */
function summands(expr: Expr): Expr[] {
  return expr.kind === 'BinOp' ? [...summands(expr.left), ...summands(expr.right)] : [expr];
}

/** What a dotted string, or a plain name, stands for. */
function dotted(program: Program, { expr, fn }: Valued): readonly Type[] {
  const text = textOf(expr);
  if (text === null) return parts(program.infer.expr(expr, fn));
  const dot = text.lastIndexOf('.');
  const module = program.index.absolute(text.slice(0, Math.max(dot, 0)), fn.module);
  return module === null ? [] : parts(program.infer.moduleName(module, text.slice(dot + 1)));
}

function textOf(expr: Expr | null): string | null {
  return expr?.kind === 'Constant' && expr.type === 'str' ? expr.value : null;
}
