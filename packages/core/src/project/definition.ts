import type { Module } from './entities.ts';
import type { FunctionInfo } from './function-info.ts';
import { imported, lookupName, moduleMember, type NameRef } from './names.ts';
import type { Program } from './program.ts';

const MAX_STEPS = 12;

/**
 * Which name of a module or class body a name stands for, imports followed: the same text for the same one, wherever it is
 * read. Null for locals and for what is not in the program.
 */
export function definitionOf(program: Program, name: string, fn: FunctionInfo, at: number): string | null {
  return followed(program, lookupName(program, name, fn, at), 0);
}

/** The same of `module.name`. */
export function memberDefinition(program: Program, module: Module, name: string): string | null {
  return followed(program, moduleMember(program, module, name), 0);
}

function followed(program: Program, ref: NameRef, steps: number): string | null {
  if (ref.kind !== 'bindings' || steps > MAX_STEPS) return null;
  const [placed] = ref.bindings;
  if (placed === undefined) return null;
  const { binding, scope } = placed;
  const { source } = binding;
  if (source.kind === 'from')
    return followed(
      program,
      imported(program, source.level, source.module, source.name, scope.module),
      steps + 1,
    );
  if (scope.def !== null || source.kind !== 'assign') return null;
  const { value } = source;
  const alias =
    value?.kind === 'Name' && source.steps.length === 0 && value.id !== binding.name
      ? followed(program, lookupName(program, value.id, scope, value.start), steps + 1)
      : null;
  return alias ?? `${scope.key}.${binding.name}`;
}
