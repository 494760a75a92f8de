import {
  type ClassInfo,
  type FunctionInfo,
  nameIndex,
  parts,
  perProgram,
  type Program,
  type Type,
} from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import { type Valued, valuesOf } from './values.ts';

/** Functions of the program that its settings put between entry points and the framework. */
export interface SettingsAnswers {
  /** `REST_FRAMEWORK["EXCEPTION_HANDLER"]`: gets every exception of an API view. */
  readonly apiHandlers: readonly FunctionInfo[];
  /** `REST_FRAMEWORK["DEFAULT_PERMISSION_CLASSES"]`: asked before every API view that names none of its own. */
  readonly apiPermissions: readonly ClassInfo[];
  /** `process_exception` of the classes in `MIDDLEWARE`: gets every exception of a view. */
  readonly middleware: readonly FunctionInfo[];
  /** `AUTHENTICATION_BACKENDS`. */
  readonly backends: readonly ClassInfo[];
  /** `TEMPLATES[...]["OPTIONS"]["context_processors"]`: run for every page. */
  readonly contextProcessors: readonly FunctionInfo[];
}

const NAMES = ['REST_FRAMEWORK', 'MIDDLEWARE', 'MIDDLEWARE_CLASSES', 'AUTHENTICATION_BACKENDS', 'TEMPLATES'];

/** The top levels that assign a setting, by its name. */
const settingsOf = nameIndex(
  ({ top }): ReadonlyMap<string, readonly FunctionInfo[]> =>
    new Map(NAMES.filter((name) => top.scope.bindings.has(name)).map((name) => [name, [top]])),
);

/** Reads the settings modules of a program: any module whose top level assigns the names. */
export const settingsAnswers = perProgram((program): SettingsAnswers => {
  const named = (setting: string): readonly Valued[] =>
    settingsOf(program)
      .of(setting)
      .flatMap((top) => valuesAt(program, top, setting));
  const ofApi = (key: string): readonly Type[] =>
    named('REST_FRAMEWORK')
      .flatMap((value) => entriesOf(value, key))
      .flatMap((value) => dotted(program, value));
  const apiHandlers = ofApi('EXCEPTION_HANDLER').flatMap((type) => (type.t === 'function' ? [type.fn] : []));
  const apiPermissions = ofApi('DEFAULT_PERMISSION_CLASSES').flatMap((type) =>
    type.t === 'class' ? [type.cls] : [],
  );
  const classes = (setting: string): readonly ClassInfo[] =>
    named(setting)
      .flatMap(itemsOf)
      .flatMap((value) => dotted(program, value))
      .flatMap((type) => (type.t === 'class' ? [type.cls] : []));
  const middleware = [...classes('MIDDLEWARE'), ...classes('MIDDLEWARE_CLASSES')].flatMap(
    (cls) => program.hierarchy.member(cls, 'process_exception')?.method ?? [],
  );
  const contextProcessors = named('TEMPLATES')
    .flatMap(itemsOf)
    .flatMap((engine) => entriesOf(engine, 'OPTIONS'))
    .flatMap((options) => entriesOf(options, 'context_processors'))
    .flatMap((value) => dotted(program, value))
    .flatMap((type) => (type.t === 'function' ? [type.fn] : []));
  const backends = classes('AUTHENTICATION_BACKENDS');
  return { apiHandlers, apiPermissions, middleware, backends, contextProcessors };
});

function itemsOf({ expr, fn }: Valued): readonly Valued[] {
  return expr.kind === 'List' || expr.kind === 'Tuple' ? expr.elts.map((part) => ({ expr: part, fn })) : [];
}

/** What a dictionary of settings has under a key; the items of a list. */
function entriesOf({ expr, fn }: Valued, key: string): readonly Valued[] {
  if (expr.kind !== 'Dict') return [];
  return expr.entries
    .filter((entry) => textOf(entry.key) === key)
    .flatMap(({ value }) => (value.kind === 'Tuple' || value.kind === 'List' ? value.elts : [value]))
    .map((value) => ({ expr: value, fn }));
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
