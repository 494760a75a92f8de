import { type Stmt, stmtBlocks } from '../syntax/index.ts';
import { ClassInfo, FunctionInfo, type Module } from './entities.ts';

/** Registers the functions and classes of a module, nested ones too. */
export function collectEntities(module: Module): Module {
  collectIn(module, module.facts.body, module.top, null, '');
  return module;
}

function collectIn(
  module: Module,
  body: readonly Stmt[],
  outer: FunctionInfo,
  cls: ClassInfo | null,
  prefix: string,
): void {
  for (const stmt of body) {
    if (stmt.kind === 'FunctionDef') {
      const qualname = `${prefix}${stmt.name}`;
      const fn = new FunctionInfo({ module, qualname, def: stmt, body: stmt.body, cls, parent: outer });
      module.functions.push(fn);
      if (cls !== null && outer === cls.bodyScope) addMethod(cls, fn);
      collectIn(module, stmt.body, fn, cls, `${qualname}.`);
    } else if (stmt.kind === 'ClassDef') {
      const info = new ClassInfo(module, `${prefix}${stmt.name}`, stmt, outer);
      module.classes.push(info);
      module.functions.push(info.bodyScope);
      collectIn(module, stmt.body, info.bodyScope, info, `${info.qualname}.`);
    } else if (stmt.kind === 'Global' || stmt.kind === 'Nonlocal') module.rebinders.add(outer);
    else for (const block of stmtBlocks(stmt)) collectIn(module, block, outer, cls, prefix);
  }
}

/** A property's setter and a typing overload share the getter's name: the first one with a body that answers stays. */
function addMethod(cls: ClassInfo, fn: FunctionInfo): void {
  const setter = fn.def?.decorators.some(
    (decorator) => decorator.kind === 'Attribute' && /^(setter|deleter)$/.test(decorator.attr),
  );
  if (setter === true && cls.methods.has(fn.name)) return;
  cls.methods.set(fn.name, fn);
}
