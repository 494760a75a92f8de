import type { FunctionInfo, Program } from '../project/index.ts';
import type { CallGraph } from './call-graph.ts';
import { settingsAnswers } from './settings-answers.ts';
import { lastName } from './site-table.ts';

/** What Django runs because a setting names it or a field is given it. */
export type DjangoHook =
  | 'backend' // `get_user`, `authenticate` of an authentication backend: None for nobody
  | 'context-processor' // gives a dictionary to every page
  | 'on-delete'; // `SET(function)`: gives the row that a column then names

export function djangoHook(graph: CallGraph, fn: FunctionInfo): DjangoHook | null {
  if (fn.cls !== null) return isBackendMethod(graph.program, fn) ? 'backend' : null;
  if (settingsAnswers(graph.program).contextProcessors.includes(fn)) return 'context-processor';
  return graph.references(fn).some(({ argumentOf: { func } }) => lastName(func) === 'SET')
    ? 'on-delete'
    : null;
}

function isBackendMethod(program: Program, { cls, name }: FunctionInfo): boolean {
  if (cls === null || !/^a?(get_user|authenticate)$/.test(name)) return false;
  if (program.hierarchy.externalBases(cls).some((base) => base.startsWith('django.contrib.auth.backends.')))
    return true;
  return settingsAnswers(program).backends.some((backend) => program.hierarchy.mro(backend).includes(cls));
}

/** What a hook promises a value for, as the text names it; null where None is fine. */
export function hookPromise(hook: DjangoHook | null): string | null {
  if (hook === 'on-delete') return 'on_delete=SET(...)';
  return hook === 'context-processor' ? 'context_processors' : null;
}
