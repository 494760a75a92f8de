import type { Expr } from '../syntax/index.ts';
import type { ClassInfo } from './entities.ts';
import type { FunctionInfo } from './function-info.ts';
import { foreignModel } from './foreign.ts';
import type { Program } from './program.ts';
import type { ModelRef } from './types.ts';

/** Classes that are registered for one model: `site.register(Model, Admin)`, `@register(Model) class Admin`. */
export function collectRegistered(program: Program): ReadonlyMap<ClassInfo, ModelRef> {
  const out = new Map<ClassInfo, ModelRef>();
  const several = new Set<ClassInfo>();
  const add = (cls: ClassInfo, models: readonly ModelRef[]): void => {
    for (const model of models) {
      if (out.has(cls) && out.get(cls)?.key !== model.key) several.add(cls);
      out.set(cls, model);
    }
  };
  for (const cls of program.classes) {
    for (const decorator of cls.def.decorators) {
      if (decorator.kind === 'Call' && lastName(decorator.func) === 'register')
        add(
          cls,
          decorator.args.flatMap((arg) => named(program, arg.value, cls.outer)),
        );
    }
  }
  for (const { facts, top } of program.modules) {
    for (const stmt of facts.body) {
      if (stmt.kind !== 'ExprStmt' || stmt.value.kind !== 'Call' || lastName(stmt.value.func) !== 'register')
        continue;
      const [models, admin] = stmt.value.args;
      const symbol = admin === undefined ? null : program.symbols.of(admin.value, top);
      if (models !== undefined && symbol?.kind === 'class')
        add(symbol.cls, named(program, models.value, top));
    }
  }
  for (const cls of several) out.delete(cls);
  return out;
}

/** The models that an argument names, alone or in a list. */
function named(program: Program, expr: Expr, fn: FunctionInfo): ModelRef[] {
  if (expr.kind === 'Tuple' || expr.kind === 'List')
    return expr.elts.flatMap((part) => named(program, part, fn));
  const symbol = program.symbols.of(expr, fn);
  if (symbol?.kind === 'class')
    return program.hierarchy.kind(symbol.cls) === 'model' ? [program.models.ref(symbol.cls)] : [];
  const foreign = symbol?.kind === 'external' ? foreignModel(symbol.name) : null;
  return foreign === null ? [] : [foreign];
}

function lastName(expr: Expr): string {
  return expr.kind === 'Attribute' ? expr.attr : expr.kind === 'Name' ? expr.id : '';
}
