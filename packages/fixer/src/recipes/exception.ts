import {
  dottedName,
  type Expr,
  type FileFacts,
  type FixRequest,
  type FunctionDef,
  type Stmt,
  stmtBlocks,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '@danglint/core';
import { isBound, moduleImports, type Spelling, spell } from '../build/bindings.ts';
import { bindsName, boundNames } from '../build/names.ts';
import type { Place } from './place.ts';

/**
 * How an `except` at a place can name what the lookup raises: the model's own class where the file has it, or as the lookup
 * itself spells it (`self.model.objects`: what is bound there is bound in the handler too), else `ObjectDoesNotExist`, which
 * is as exact around a single lookup. Null when no name can be had.
 */
export function exceptionAt({ judgement: { lookup }, facts }: FixRequest, place: Place): Spelling | null {
  const { functions, node } = place;
  const root = lookup.exception.split(/\W/, 1)[0] ?? '';
  const rowless = lookup.model !== null && lookup.label === null && root === lookup.model;
  if (!rowless && (boundAt(facts, place, root) || rootName(node) === root)) {
    return { text: lookup.exception, imports: [] };
  }
  const model = managedModel(node) ?? (rowless ? null : throughModule(facts, functions, lookup.exception));
  if (model !== null) return { text: `${model}.DoesNotExist`, imports: [] };
  return spell(facts, functions, { module: 'django.core.exceptions', name: 'ObjectDoesNotExist' });
}

/** True when a name has its value where the statement runs: what a function binds in another branch, or later, is not there. */
function boundAt(facts: FileFacts, { functions, around, stmt }: Place, name: string): boolean {
  const owner = functions.findLast((fn) => bindsName(fn, name));
  if (owner === undefined) return isBound(facts, [], name);
  if (owner !== functions.at(-1) || owner.params.some((param) => param.name === name)) return true;
  const chain: readonly Stmt[] = [...around.slice(around.lastIndexOf(owner)), stmt];
  return chain.some((outer, i) => {
    const inner = chain[i + 1];
    const block = inner === undefined ? undefined : stmtBlocks(outer).find((part) => part.includes(inner));
    return (
      inner !== undefined &&
      block?.slice(0, block.indexOf(inner)).some((before) => boundNames(before).includes(name)) === true
    );
  });
}

/** `models.Order` where the file reads the model `Order` from a module of models that it imports. */
function throughModule(
  facts: FileFacts,
  functions: readonly FunctionDef[],
  exception: string,
): string | null {
  const name = exception.replace(/\.DoesNotExist$/, '');
  if (!/^[A-Z]\w*$/.test(name)) return null;
  const modules = moduleImports(facts.body).flatMap(modelModules);
  const found = new Set<string>();
  walkStmts(facts.body, (stmt) => {
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind !== 'Attribute' || part.attr !== name || part.value.kind !== 'Name') return;
        if (modules.includes(part.value.id)) found.add(part.value.id);
      });
  });
  const [module] = found;
  return found.size === 1 && module !== undefined && !functions.some((fn) => bindsName(fn, module))
    ? `${module}.${name}`
    : null;
}

/** What an import calls modules of models: `models`, `m` of `from . import models as m`. Django's own has no rows. */
function modelModules(stmt: Stmt): readonly string[] {
  if (stmt.kind !== 'ImportFrom' || /^django(?:\.|$)/.test(stmt.module)) return [];
  return stmt.names.filter(({ name }) => /(?:^|_)models$/.test(name)).map(({ name, as }) => as ?? name);
}

/** The name that a chain of calls and attributes starts with: it is bound wherever the lookup runs. */
function rootName(node: Expr): string | null {
  let current = node;
  while (current.kind !== 'Name') {
    if (current.kind === 'Call') current = current.func;
    else if (current.kind === 'Attribute' || current.kind === 'Subscript') current = current.value;
    else return null;
  }
  return current.id;
}

const MANAGERS = new Set(['objects', '_default_manager', '_base_manager']);

/** `self.model` of `self.model.objects.filter(...).get(...)`: a manager is read from a class, never from a row. */
function managedModel(node: Expr): string | null {
  let current = node;
  for (;;) {
    if (current.kind === 'Call') current = current.func;
    else if (current.kind === 'Attribute') {
      if (MANAGERS.has(current.attr)) return dottedName(current.value);
      current = current.value;
    } else return null;
  }
}
