import type { FileFacts } from '../facts/index.ts';
import { type FunctionDef, graft, moduleChange, type Stmt, walkStmts } from '../syntax/index.ts';
import type { Module } from './entities.ts';
import { isRead } from './import-readers.ts';
import { registers } from './puts.ts';
import { outsideView, sameEntities, sameView } from './outside-view.ts';
import type { Program } from './program.ts';

/**
 * Takes later facts of a file into a linked program, where they differ from those it has in the bodies of functions only, and in
 * imports that nothing reads yet. Gives the facts that the program now has: those, on the syntax of the ones before, which has
 * changed and must not be used as those any more. Null: the program is as it was, and has to be linked anew.
 */
export function takeBodies(program: Program, module: Module, after: FileFacts): FileFacts | null {
  const before = module.facts;
  const change = moduleChange(before.body, after.body);
  if (change === null) return null;
  const { bodies, imports } = change;
  if (bodies.some((one) => defines(one.before) || defines(one.after))) return null;
  if (imports.length > 0 && (bodies.length > 0 || isRead(program, module, imports))) return null;
  const roots = new Set(bodies.flatMap((one) => program.functionInfo(one.before) ?? []));
  if (roots.size < bodies.length) return null;
  const view = outsideView(program, module, roots);
  const facts = { ...after, body: graft(before.body, after.body, change) };
  program.renew(module, facts);
  for (const root of roots) program.infer.forget(root);
  const now = outsideView(program, module, roots);
  const same = sameView(view, now);
  if (!same) program.infer.forgetAll();
  if (!same || !sameEntities(view, now)) for (const memo of program.memos) memo.clear();
  return facts;
}

/** True for a function whose body decides what classes, names of modules and tables of others are. */
function defines(def: FunctionDef): boolean {
  return /^(get_queryset|ready)$/.test(def.name) || hasDefinition(def.body) || registers(def);
}

function hasDefinition(body: readonly Stmt[]): boolean {
  let found = false;
  walkStmts(body, ({ kind }) => {
    if (kind === 'ClassDef' || kind === 'Global' || kind === 'Nonlocal') found = true;
  });
  return found;
}
