import type { FunctionInfo } from './function-info.ts';
import type { Program } from './program.ts';

/** The dotted name of a function. What a class below one of a package has in place of the package's, as `task` of one below `Celery`, is called as the package calls it. */
export function calledName({ hierarchy }: Program, { cls, name, module, qualname }: FunctionInfo): string {
  const above = cls !== null && /^(task|actor|job)$/.test(name) ? hierarchy.externalBases(cls)[0] : undefined;
  return above === undefined ? `${module.name}.${qualname}` : `${above}.${name}`;
}
