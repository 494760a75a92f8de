import {
  type ClassInfo,
  type FunctionInfo,
  nameIndex,
  parts,
  perProgram,
  type Program,
} from '../project/index.ts';
import { type Expr, type Stmt, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import type { Fate } from './escape.ts';
import { lastName } from './site-table.ts';
import { isTestCode } from './test-code.ts';
import type { Defect, EntryPoint } from './verdict.ts';

/**
 * Words that the code of a module reads, calls or has in a text. Of tests only what a dotted text names, as a setting does that they stand in
 * for: `settings.HOOKS = ["shop.work.ship"]`. What `__all__` lists is not among them.
 */
const named = nameIndex((module): ReadonlyMap<string, readonly true[]> => {
  const out = new Map<string, readonly true[]>();
  const isTest = isTestCode(module.path);
  const look = (part: Expr): void => {
    if (part.kind === 'Name' && !isTest) out.set(part.id, FOUND);
    if (part.kind === 'Attribute' && !isTest) out.set(part.attr, FOUND);
    if (part.kind === 'Constant' && part.type === 'str' && (!isTest || DOTTED.test(part.value)))
      for (const word of part.value.match(/[A-Za-z_]\w+/g) ?? []) out.set(word, FOUND);
  };
  walkStmts(module.facts.body, (stmt) => {
    if (!isTest && (stmt.kind === 'Import' || stmt.kind === 'ImportFrom'))
      for (const word of modulesIn(stmt)) out.set(`import ${word}`, FOUND);
    if (!isProse(stmt)) for (const expr of stmtExprs(stmt)) walkExpr(expr, look);
  });
  return out;
});

const DOTTED = /^\w+(\.\w+)+$/;

/** Last names of the modules that a statement may import. */
function modulesIn(stmt: Extract<Stmt, { kind: 'Import' | 'ImportFrom' }>): string[] {
  const from = stmt.kind === 'ImportFrom' ? [stmt.module] : [];
  return [...from, ...stmt.names.map(({ name }) => name)].map((name) =>
    name.slice(name.lastIndexOf('.') + 1),
  );
}

const FOUND: readonly true[] = [true];

/** A docstring, or what `import *` hands on. */
function isProse(stmt: Stmt): boolean {
  if (stmt.kind === 'ExprStmt') return stmt.value.kind === 'Constant';
  return stmt.kind === 'Assign' && stmt.targets.some((target) => lastName(target) === '__all__');
}

/** Names under which programs are started from outside. */
const STARTED = /^(__\w+__|main|run|start|execute|handler?|lambda_handler|setup|load\w*)$/;

/** Decorators that hand a function to nobody. */
const QUIET = /^(staticmethod|classmethod|atomic|override|abstractmethod|cache|lru_cache|wraps)$/;

/** Classes of packages that call none of the names that a program gives. */
const PLAIN = /^(django\.db\.models\.|builtins\.object$|object$|abc\.|typing\.|enum\.)/;

/**
 * A function that nobody here calls, and whose name stands nowhere else in the program: not as a value, not in a text, and not in a class that
 * finds its methods by name. What runs it, if anything does, is not part of the program. Said only of whole programs.
 */
export function unnamedMiss(program: Program, { escapes }: Fate): Defect[] {
  const isUnnamed = escapes.length > 0 && escapes.every(({ entry }) => isUnnamedEntry(program, entry));
  const [first] = escapes;
  return isUnnamed && first !== undefined ? [{ kind: 'unnamed', at: first.entry.span }] : [];
}

export function isUnnamedEntry(program: Program, { kind, path, function: qualname }: EntryPoint): boolean {
  if (kind !== 'uncalled' || !isWhole(program)) return false;
  const fn = functions(program).get(`${path} ${qualname}`);
  const isNamed = (name: string): boolean => named(program).of(name).length > 0;
  return fn !== undefined && mayBeUnnamed(program, fn) && isKnown(fn, isNamed) && !isNamed(fn.name);
}

/** The program names the class, or imports the module: what it does neither with may be named by a deployment, which knows its methods. */
function isKnown({ cls, module }: FunctionInfo, isNamed: (name: string) => boolean): boolean {
  return cls === null
    ? isNamed(`import ${module.name.slice(module.name.lastIndexOf('.') + 1)}`)
    : isNamed(cls.name);
}

/** The settings of a project are there: what is read is a whole program, and no library or part of one. */
const isWhole = perProgram((program) =>
  program.modules.some(
    ({ path, top: { scope } }) => !isTestCode(path) && scope.bindings.has('INSTALLED_APPS'),
  ),
);

const functions = perProgram(
  (program): ReadonlyMap<string, FunctionInfo> =>
    new Map(
      program.modules.flatMap((module) => module.functions.map((fn) => [`${fn.path} ${fn.qualname}`, fn])),
    ),
);

/** Templates run what takes no argument, frameworks what a base of theirs has a place for. */
function mayBeUnnamed(program: Program, { def, name, cls, params, isMethod, parent }: FunctionInfo): boolean {
  if (def === null || parent?.def != null || STARTED.test(name)) return false;
  if (!def.decorators.every((decorator) => QUIET.test(lastName(decorator) ?? ''))) return false;
  if (params.length <= (isMethod ? 1 : 0)) return false;
  if (cls === null) return true;
  const bases = program.hierarchy.mro(cls);
  return bases.every((base) => typeof base !== 'string' || PLAIN.test(base)) && !findsByName(program, cls);
}

/** `getattr(self, name)` in a class of the same line, and `getattr(x, name)` of an object of it. */
function findsByName(program: Program, cls: ClassInfo): boolean {
  const { hierarchy } = program;
  const line = new Set<unknown>([...hierarchy.mro(cls), ...hierarchy.subclasses(cls)]);
  return program.calls.of('getattr').some(({ expr, place: { fn } }) => {
    const [of, name] = expr.args;
    if (of === undefined || name === undefined || name.value.kind === 'Constant') return false;
    if (of.value.kind === 'Name' && fn.isMethod && of.value.id === fn.params[0]?.name)
      return line.has(fn.cls);
    return parts(program.infer.expr(of.value, fn)).some(
      (type) => (type.t === 'instance' || type.t === 'class') && line.has(type.cls),
    );
  });
}
