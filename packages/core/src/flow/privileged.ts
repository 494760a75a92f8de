import type { ClassInfo, FunctionInfo, Program } from '../project/index.ts';
import { type Expr, walkExpr } from '../syntax/index.ts';
import { lastName } from './site-table.ts';

/** Names of decorators, mixins and permission classes that let in only those who were given a right. */
const RIGHTS =
  /staff|superuser|permission|passes_?test|admin|authoriz|_perms?(_|$)|can_[a-z]+|has_role|role_required/i;

/** Permission classes that let in everybody, or everybody who is signed in. */
const OPEN = /^(AllowAny|IsAuthenticated\w*|permission_classes)$/;

/**
 * True for a view that only people with a right can open: they come by links of pages that were made a moment before, and no
 * stranger types its address.
 */
export function isPrivileged(program: Program, fn: FunctionInfo): boolean {
  if (program.decoratorNames(fn).some((name) => isRight(name.slice(name.lastIndexOf('.') + 1)))) return true;
  return fn.cls !== null && isGuarded(program, fn.cls);
}

function isGuarded(program: Program, cls: ClassInfo): boolean {
  const bases = program.hierarchy
    .mro(cls)
    .map((base) => (typeof base === 'string' ? base.slice(base.lastIndexOf('.') + 1) : base.name));
  if (bases.some((name) => name.endsWith('Mixin') && isRight(name))) return true;
  const source = program.hierarchy.member(cls, 'permission_classes')?.bindings.at(-1)?.source;
  const classes = source?.kind === 'assign' ? source.value : null;
  return [...cls.def.decorators, ...(classes === null ? [] : [classes])].some(namesRight);
}

function namesRight(expr: Expr): boolean {
  let found = false;
  walkExpr(expr, (part) => {
    if (part.kind === 'Name' || part.kind === 'Attribute') found ||= isRight(lastName(part) ?? '');
  });
  return found;
}

function isRight(name: string): boolean {
  return RIGHTS.test(name) && !OPEN.test(name);
}
