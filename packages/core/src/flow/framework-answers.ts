import type { ClassInfo, FunctionInfo, Program } from '../project/index.ts';
import { namesMethod } from './admin-tables.ts';
import type { EntryKind } from './verdict.ts';

/** Attributes of an admin class whose strings name methods that give what a cell shows. */
const CELLS = /^(list_display|readonly_fields)$/;

/** What of a framework answers a missing row that leaves a method which the framework runs itself; null when nothing does. */
export function frameworkAnswer(program: Program, fn: FunctionInfo, kind: EntryKind): string | null {
  if (kind === 'admin' && isCell(program, fn)) return 'the admin, which shows `-`';
  if (fn.cls === null) return null;
  const bases = program.hierarchy.externalBases(fn.cls);
  if (bases.some((base) => base.startsWith('tastypie.resources.')))
    return '`Resource.wrap_view`, which answers 404';
  if (fn.name !== 'get_object') return null;
  if (bases.some((base) => base.endsWith('RelatedField'))) return '`RelatedField.to_internal_value`';
  return bases.some((base) => /^django\.contrib\.syndication\.views\.\w*Feed$/.test(base))
    ? '`Feed.__call__`'
    : null;
}

/** What a column of a change list or a read-only field shows. */
function isCell(program: Program, fn: FunctionInfo): boolean {
  if (program.decoratorNames(fn).some((name) => /(^|\.)admin\.(decorators\.)?display$/.test(name)))
    return true;
  if (fn.cls === null) return false;
  return [fn.cls, ...program.hierarchy.subclasses(fn.cls)]
    .flatMap((cls) => program.hierarchy.mro(cls))
    .some((base): base is ClassInfo => typeof base !== 'string' && namesMethod(base, CELLS, fn.name));
}
