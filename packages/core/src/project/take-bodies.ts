import type { FileFacts } from '../facts/index.ts';
import { bodyChanges, type FunctionDef, graft, type Stmt, walkStmts } from '../syntax/index.ts';
import type { Module } from './entities.ts';
import { outsideView, sameEntities, sameView } from './outside-view.ts';
import type { Program } from './program.ts';

/**
 * Takes later facts of a file into a linked program, where they differ from those it has in the bodies of functions only. Gives the
 * facts that the program now has: those, on the syntax of the ones before, which has changed and must not be used as those any
 * more. Null: the program is as it was, and has to be linked anew.
 */
export function takeBodies(program: Program, module: Module, after: FileFacts): FileFacts | null {
  const before = module.facts;
  const changes = bodyChanges(before.body, after.body);
  if (changes?.every((change) => !defines(change.before) && !defines(change.after)) !== true) return null;
  const roots = new Set(changes.flatMap((change) => program.functionInfo(change.before) ?? []));
  if (roots.size < changes.length) return null;
  const view = outsideView(program, module, roots);
  graft(before.body, after.body, changes);
  const facts = { ...after, body: before.body };
  program.renew(module, facts);
  for (const root of roots) program.infer.forget(root);
  const now = outsideView(program, module, roots);
  const same = sameView(view, now);
  if (!same) program.infer.forgetAll();
  if (!same || !sameEntities(view, now)) for (const memo of program.memos) memo.clear();
  return facts;
}

/** True for a function whose body decides what classes and names of modules are. */
function defines({ name, body }: FunctionDef): boolean {
  return name === 'get_queryset' || hasDefinition(body);
}

function hasDefinition(body: readonly Stmt[]): boolean {
  let found = false;
  walkStmts(body, ({ kind }) => {
    if (kind === 'ClassDef' || kind === 'Global' || kind === 'Nonlocal') found = true;
  });
  return found;
}
