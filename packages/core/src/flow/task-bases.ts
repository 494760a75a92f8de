import { type ClassInfo, type FunctionInfo, parts, type Program } from '../project/index.ts';
import { optionsOf } from './decorator-options.ts';
import { madeBy } from './task-makers.ts';
import { type Valued, valuesOf } from './values.ts';

/** The decorators of a function, as written or as a name was assigned them, and what decorators of the program's own make of it with those of a queue. */
export function decorations(program: Program, fn: FunctionInfo): readonly Valued[] {
  const scope = fn.parent ?? fn.module.top;
  return (fn.def?.decorators ?? []).flatMap((expr) => {
    const kept = valuesOf(program, expr, scope).filter((value) => value.expr.kind === 'Call');
    return [...(kept.length > 0 ? kept : [{ expr, fn: scope }]), ...madeBy(program, expr, fn)];
  });
}

/** The classes of the program that a task is an instance of: its own, `base=...` of its decorator, `task_cls=...` of the application. */
export function taskBases(program: Program, fn: FunctionInfo): readonly ClassInfo[] {
  if (fn.cls !== null) return [fn.cls];
  const named = decorations(program, fn)
    .flatMap(({ expr, fn: scope }) => optionsOf(program, expr, scope))
    .filter(({ name }) => name === 'base');
  const given = named.length > 0 ? named : ofApplication(program);
  return given.flatMap((value) => classesAt(program, value));
}

function ofApplication(program: Program): readonly Valued[] {
  return program.calls
    .of('Celery')
    .flatMap(({ expr, place }) => optionsOf(program, expr, place.fn))
    .filter(({ name }) => name === 'task_cls');
}

/** A class by its name, or by its path in a string: `shop.celery:Retrying`. */
function classesAt(program: Program, { expr, fn }: Valued): readonly ClassInfo[] {
  const text = expr.kind === 'Constant' && expr.type === 'str' ? expr.value.replace(':', '.') : null;
  const dot = text?.lastIndexOf('.') ?? -1;
  const module = text === null || dot < 0 ? null : program.index.absolute(text.slice(0, dot), fn.module);
  const types =
    text === null
      ? parts(program.infer.expr(expr, fn))
      : module === null
        ? []
        : parts(program.infer.moduleName(module, text.slice(dot + 1)));
  return types.flatMap((type) => (type.t === 'class' ? [type.cls] : []));
}
