import type { Program } from '../project/index.ts';
import type { SourceFile } from '../text/index.ts';
import type { WorkDone } from './options.ts';

/** What was done for the answers about a program, and the texts that it was read from. */
export function workDone(sources: readonly SourceFile[], { modules, work }: Program): WorkDone {
  return {
    files: sources.length,
    characters: sources.reduce((sum, { text }) => sum + text.length, 0),
    functions: modules.reduce((sum, { functions }) => sum + functions.length, 0),
    types: work.types,
    calls: work.calls,
    steps: work.steps,
    walks: work.walks,
  };
}
