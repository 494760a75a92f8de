import { OBJECT_DOES_NOT_EXIST } from '../django/index.ts';
import {
  type ClassInfo,
  type FunctionInfo,
  type ModelRef,
  parts,
  type Program,
  type Type,
} from '../project/index.ts';
import type { Attribute, Comprehension, Expr } from '../syntax/index.ts';
import { type Valued, valuesOf } from './values.ts';

/** An exception class, as far as the program names it. */
export type ExceptionRef =
  /** `M.DoesNotExist`; null for a model that could not be resolved. `attribute`: an AttributeError too, as of a reverse one-to-one. */
  | { readonly kind: 'missing'; readonly model: ModelRef | null; readonly attribute?: boolean }
  | { readonly kind: 'object-missing' }
  | { readonly kind: 'class'; readonly cls: ClassInfo }
  | { readonly kind: 'external'; readonly name: string }
  /** Something that could not be resolved: taken to catch everything, so that danglint stays silent. */
  | { readonly kind: 'any' };

/** Values that stand for parameters while a decorator's own body is read. */
export type Substitution = ReadonlyMap<string, { readonly expr: Expr; readonly fn: FunctionInfo }>;

/** The classes that an `except` clause or a `suppress(...)` names. */
export function resolveExceptions(
  program: Program,
  expr: Expr,
  fn: FunctionInfo,
  values: Substitution | null = null,
  depth = 0,
): ExceptionRef[] {
  if (depth > 6) return [{ kind: 'any' }];
  const again = (part: Expr, scope: FunctionInfo = fn): ExceptionRef[] =>
    resolveExceptions(program, part, scope, values, depth + 1);
  switch (expr.kind) {
    case 'Tuple':
    case 'List':
      return expr.elts.flatMap((part) => again(part));
    case 'Starred':
      return again(expr.value);
    case 'BoolOp':
      return again(expr.left);
    case 'BinOp':
      return [...again(expr.left), ...again(expr.right)];
    case 'Call':
      return expr.func.kind === 'Name' && expr.func.id === 'tuple' && expr.args[0] !== undefined
        ? again(expr.args[0].value)
        : [{ kind: 'any' }];
    case 'ListComp':
    case 'GeneratorExp': {
      const each = itemsOf(expr, fn, values);
      return each === null
        ? [{ kind: 'any' }]
        : each.flatMap((one) => resolveExceptions(program, expr.element, fn, one, depth + 1));
    }
    case 'Attribute':
      return attributeException(program, { expr, fn }, given(expr.value, fn, values), again);
    case 'Name': {
      const given = values?.get(expr.id);
      return given !== undefined ? again(given.expr, given.fn) : namedException(program, expr, fn, again);
    }
    default:
      return [{ kind: 'any' }];
  }
}

type Again = (part: Expr, scope?: FunctionInfo) => ExceptionRef[];

/** What stands for an expression: what its parameter is given, else itself. */
function given(expr: Expr, fn: FunctionInfo, values: Substitution | null): Valued {
  return (expr.kind === 'Name' ? values?.get(expr.id) : undefined) ?? { expr, fn };
}

/** The values of `(model.DoesNotExist for model in models)`, one for each of the models that were given; null where those are not known. */
function itemsOf(
  { generators }: Comprehension,
  fn: FunctionInfo,
  values: Substitution | null,
): Substitution[] | null {
  const [only, other] = generators;
  if (only === undefined || other !== undefined || only.target.kind !== 'Name') return null;
  const { id } = only.target;
  const all = given(only.iter, fn, values);
  if (all.expr.kind !== 'Tuple' && all.expr.kind !== 'List') return null;
  return all.expr.elts.map((item) => new Map([...(values ?? []), [id, { expr: item, fn: all.fn }]]));
}

function attributeException(
  program: Program,
  { expr, fn }: { readonly expr: Attribute; readonly fn: FunctionInfo },
  owner: Valued,
  again: Again,
): ExceptionRef[] {
  if (expr.attr === 'DoesNotExist') {
    const base = program.infer.expr(owner.expr, owner.fn);
    const own = parts(base).some(isModuleOfErrors)
      ? parts(program.infer.expr(expr, fn)).flatMap(classRef)
      : [];
    if (own.length > 0) return own;
    const models = parts(base).flatMap((type) => missingModel(program, type));
    return models.length > 0 ? models : [{ kind: 'missing', model: null }];
  }
  // A descriptor's own class: `Child.parent.RelatedObjectDoesNotExist`.
  if (expr.attr === 'RelatedObjectDoesNotExist') return [{ kind: 'missing', model: null }];
  const type = program.infer.expr(expr, fn);
  const refs = parts(type).flatMap(classRef);
  if (refs.length > 0) return refs;
  const assigned = valuesOf(program, expr, fn);
  return assigned.length > 0 ? assigned.flatMap((value) => again(value.expr, value.fn)) : [{ kind: 'any' }];
}

/** A module, whose `DoesNotExist` is a class of its own: `errors.DoesNotExist`. */
function isModuleOfErrors(type: Type): boolean {
  return (
    type.t === 'module' || (type.t === 'external' && /(^|[._])(errors?|exceptions?|exc)$/.test(type.name))
  );
}

function missingModel(program: Program, type: Type): ExceptionRef[] {
  switch (type.t) {
    case 'model':
    case 'row':
      return [{ kind: 'missing', model: type.model }];
    case 'manager':
    case 'queryset':
      return [{ kind: 'missing', model: type.rows.model }];
    case 'class':
    case 'instance': {
      const nested = program.hierarchy.member(type.cls, 'DoesNotExist');
      const own = nested?.bindings[0]?.source;
      if (own?.kind === 'class') {
        const cls = program.classType(own.def, type.cls.module);
        if (cls.t === 'class') return [{ kind: 'class', cls: cls.cls }];
      }
      return [{ kind: 'missing', model: { key: type.cls.key, name: type.cls.name, cls: type.cls } }];
    }
    case 'external':
      return [{ kind: 'missing', model: packageModel(program, type.name) }];
    default:
      return [];
  }
}

/** A class of a package; null for what it keeps a class in: `self.model` of a view, `OrderModel` of a module. */
function packageModel(program: Program, name: string): ModelRef | null {
  const last = lastPart(name);
  if (last === 'UserModel') return program.models.userModel();
  return /^_*[a-z]|.Model$/.test(last) ? null : { key: name, name: last, cls: null };
}

function namedException(
  program: Program,
  expr: Extract<Expr, { kind: 'Name' }>,
  fn: FunctionInfo,
  again: Again,
): ExceptionRef[] {
  const assigned = valuesOf(program, expr, fn);
  if (assigned.length > 0) return assigned.flatMap((value) => again(value.expr, value.fn));
  const refs = parts(program.infer.name(expr.id, fn, expr.start)).flatMap(classRef);
  return refs.length > 0 ? refs : [{ kind: 'any' }];
}

function classRef(type: Type): ExceptionRef[] {
  if (type.t === 'external') return [externalRef(type.name)];
  return type.t === 'class' ? [{ kind: 'class', cls: type.cls }] : [];
}

/** A class by its dotted name; a constant of a package may be a tuple of anything. */
function externalRef(name: string): ExceptionRef {
  if (OBJECT_DOES_NOT_EXIST.has(name)) return { kind: 'object-missing' };
  return /^[A-Z][A-Z0-9_]+$/.test(lastPart(name)) ? { kind: 'any' } : { kind: 'external', name };
}

export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
