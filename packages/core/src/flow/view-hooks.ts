import {
  type ClassInfo,
  type FunctionInfo,
  type ModelRef,
  parts,
  type Program,
  sitesOf,
} from '../project/index.ts';
import { type Expr, stmtExprs, walkExpr } from '../syntax/index.ts';
import { nestedFunctions } from './decorated.ts';
import { returnValues } from './origin-parameters.ts';
import { settingsAnswers } from './settings-answers.ts';
import { lastName } from './site-table.ts';

/** A function that runs before a view does its work. */
export interface Hook {
  /** The class whose method it is; null for a part of a decorator. */
  readonly cls: ClassInfo | null;
  readonly fn: FunctionInfo;
  /** What it is told by name: `pk` of `@checks(order_kwarg="pk")`, the parameters of a wrapper. */
  readonly texts: readonly string[];
  /** The models that its decorator is told: `@may_view(Order)`. */
  readonly models?: readonly ModelRef[];
}

/** Methods of views that run before the one that serves the request. */
export const BEFORE: readonly string[] = ['setup', 'dispatch', 'initial', 'check_permissions', 'test_func'];
/** And those that run before a form is judged. */
const BEFORE_FORM = ['get_form_kwargs', 'get_initial'];

/** What runs before a method of a view class: its own hooks, and its permission classes. */
export function viewHooks(program: Program, cls: ClassInfo, fn: FunctionInfo): Hook[] {
  const names = afterForm(program, cls, fn) ? [...BEFORE, ...BEFORE_FORM] : BEFORE;
  if (names.includes(fn.name)) return [];
  if (fn.name === 'has_object_permission') return permits(program, cls);
  const methods = names.flatMap((name) => methodOf(program, cls, name));
  return [...methods, ...permissionsOf(program, cls).flatMap((each) => permits(program, each))];
}

/** A method that is called with a form, and `get_context_data` of a view that puts one into the context. */
function afterForm(program: Program, cls: ClassInfo, fn: FunctionInfo): boolean {
  if (/^form_(in)?valid$/.test(fn.name)) return true;
  return (
    fn.name === 'get_context_data' &&
    program.hierarchy.externalBases(cls).some((base) => FORM_VIEW.test(base)) &&
    callsSuper(fn)
  );
}

const FORM_VIEW = /^django\.views\.generic\.(\w+\.)*(Create|Update|Form)View$/;

/** Its first statement asks what the base class puts there: `context = super().get_context_data(**kwargs)`. */
function callsSuper({ body, name }: FunctionInfo): boolean {
  let found = false;
  const first = body.find((stmt) => stmt.kind !== 'ExprStmt' || stmt.value.kind !== 'Constant');
  for (const expr of first === undefined ? [] : stmtExprs(first))
    walkExpr(expr, (part) => {
      found ||=
        part.kind === 'Call' &&
        part.func.kind === 'Attribute' &&
        part.func.attr === name &&
        part.func.value.kind === 'Call' &&
        lastName(part.func.value.func) === 'super';
    });
  return found;
}

/** `clean()` and `clean_order()` of a view's form: they run before its `form_valid`. */
export function formChecks(program: Program, cls: ClassInfo): Hook[] {
  const value = assignedIn(program, cls, 'form_class');
  const forms =
    value === null
      ? []
      : parts(program.infer.expr(value.expr, value.cls.bodyScope)).flatMap((type) =>
          type.t === 'class' ? [type.cls] : [],
        );
  return forms.flatMap((form) =>
    program.hierarchy
      .mro(form)
      .flatMap((base) => (typeof base === 'string' ? [] : [...base.methods.values()]))
      .filter(({ name }) => /^clean(_|$)/.test(name))
      .map((fn) => ({ cls: form, fn, texts: [] })),
  );
}

/** What the decorators of a view run before it: permission classes that they name, and the wrappers that they put around it. */
export function decoratorHooks(program: Program, fn: FunctionInfo): Hook[] {
  const scope = fn.parent ?? fn.module.top;
  return (fn.def?.decorators ?? []).flatMap(adapted).flatMap((decorator) => {
    const call = decorator.kind === 'Call' ? decorator : null;
    const target = call?.func ?? decorator;
    const named =
      lastName(target) === 'permission_classes'
        ? call?.args[0]?.value
        : call?.args.find(({ name }) => name === 'permission_classes')?.value;
    if (named !== undefined) return classesIn(program, named, scope).flatMap((cls) => permits(program, cls));
    const texts = call === null ? [] : textsIn(call);
    const models = (call?.args ?? []).flatMap(({ value }) =>
      parts(program.infer.expr(value, scope)).flatMap((type) => (type.t === 'model' ? [type.model] : [])),
    );
    return parts(program.infer.expr(target, scope)).flatMap((type) =>
      type.t === 'function' ? wrappersOf(program, type.fn, texts).map((hook) => ({ ...hook, models })) : [],
    );
  });
}

/** The functions of the program that a function calls by their name. */
export function called(program: Program, fn: FunctionInfo): FunctionInfo[] {
  return sitesOf(fn).flatMap((site) =>
    site.kind === 'call'
      ? parts(program.infer.expr(site.expr.func, fn)).flatMap((type) =>
          type.t === 'function' ? [type.fn] : [],
        )
      : [],
  );
}

/** What the body of a class, or of its nearest base that has the name, assigns to it. */
export function assignedIn(
  program: Program,
  cls: ClassInfo,
  name: string,
): { readonly cls: ClassInfo; readonly expr: Expr } | null {
  const member = program.hierarchy.member(cls, name);
  const source = member?.bindings.at(-1)?.source;
  return member !== null && source?.kind === 'assign' && source.value !== null
    ? { cls: member.cls, expr: source.value }
    : null;
}

/** The decorators inside `method_decorator([one, two])`. */
function adapted(decorator: Expr): readonly Expr[] {
  if (decorator.kind !== 'Call' || lastName(decorator.func) !== 'method_decorator') return [decorator];
  const inner = decorator.args[0]?.value;
  if (inner === undefined) return [];
  return inner.kind === 'List' || inner.kind === 'Tuple' ? inner.elts : [inner];
}

/** Decorators that a decorator stands for: `return permission_required(...)`. */
const DECORATORS = 2;

function wrappersOf(
  program: Program,
  decorator: FunctionInfo,
  texts: readonly string[],
  left = DECORATORS,
): Hook[] {
  const nested = nestedFunctions(program, decorator);
  if (nested.length === 0 && left > 0)
    return returnValues(decorator).flatMap((value) =>
      value.kind === 'Call'
        ? parts(program.infer.expr(value.func, decorator)).flatMap((type) =>
            type.t === 'function' ? wrappersOf(program, type.fn, texts, left - 1) : [],
          )
        : [],
    );
  return nested.map(({ fn }) => ({
    cls: null,
    fn,
    texts: [
      ...texts,
      ...fn.params.flatMap(({ name, star }) => (star === 0 && name !== 'request' ? [name] : [])),
    ],
  }));
}

function textsIn(call: Expr): string[] {
  const out: string[] = [];
  walkExpr(call, (part) => {
    if (part.kind === 'Constant' && part.type === 'str') out.push(part.value);
  });
  return out;
}

function methodOf(program: Program, cls: ClassInfo, name: string): Hook[] {
  const fn = program.hierarchy.member(cls, name)?.method ?? null;
  return fn === null ? [] : [{ cls, fn, texts: [] }];
}

function permits(program: Program, cls: ClassInfo): Hook[] {
  return methodOf(program, cls, 'has_permission');
}

function permissionsOf(program: Program, cls: ClassInfo): readonly ClassInfo[] {
  const value = assignedIn(program, cls, 'permission_classes');
  if (value !== null) return classesIn(program, value.expr, value.cls.bodyScope);
  return isApi(program, cls) ? settingsAnswers(program).apiPermissions : [];
}

function classesIn(program: Program, list: Expr, scope: FunctionInfo): readonly ClassInfo[] {
  if (list.kind !== 'Tuple' && list.kind !== 'List') return [];
  return list.elts.flatMap((item) =>
    parts(program.infer.expr(item, scope)).flatMap((type) => (type.t === 'class' ? [type.cls] : [])),
  );
}

function isApi(program: Program, cls: ClassInfo): boolean {
  return program.hierarchy.externalBases(cls).some((base) => base.startsWith('rest_framework.'));
}
