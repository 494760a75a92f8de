import type { Frame, FunctionInfo, Program } from '../project/index.ts';
import { matches } from './exception-matches.ts';
import { exceptionName } from './exception-text.ts';
import { type ExceptionRef, resolveExceptions } from './exceptions.ts';
import type { MissedBy } from './verdict.ts';

/**
 * The nearest handler around a place that waits for a missing row, but not for the exception that is raised there, which is of another model or tells
 * of `None`; null where a handler in front of it may catch that one.
 */
export function missedBy(
  program: Program,
  start: Frame | null,
  fn: FunctionInfo,
  thrown: ExceptionRef,
): MissedBy | null {
  const told = thrown.kind === 'missing' ? thrown.model !== null : thrown.kind === 'external';
  if (!told) return null;
  for (let frame = start; frame !== null; frame = frame.parent) {
    if (frame.kind !== 'try') continue;
    let found: MissedBy | null = null;
    for (const { type } of frame.stmt.handlers) {
      if (type === null) return found;
      const refs = resolveExceptions(program, type, fn);
      if (refs.some((ref) => matches(program, ref, thrown) !== 'no')) return found;
      if (refs.some((ref) => ref.kind === 'missing' && ref.model !== null))
        found ??= { path: fn.path, span: type, exception: exceptionName(thrown) };
    }
    if (found !== null) return found;
  }
  return null;
}
