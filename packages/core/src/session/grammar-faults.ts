import { grammarErrors, type PythonParser } from '../syntax/index.ts';
import type { SourceFile } from '../text/index.ts';

const known = new WeakMap<SourceFile, number>();

/** How many places of a text the grammar cannot read; worked out once a text. */
export function faultsOf(grammar: PythonParser, source: SourceFile): number {
  const faults = known.get(source) ?? grammarErrors(grammar, source.text).length;
  known.set(source, faults);
  return faults;
}
