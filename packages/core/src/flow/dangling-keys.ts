import type { FunctionInfo } from '../project/index.ts';
import type { Span } from '../text/index.ts';
import type { Origin, OriginKind } from './verdict.ts';

/** Keys that outlive their row. */
const DANGLING: ReadonlySet<OriginKind> = new Set([
  'task-argument',
  'message',
  'search-index',
  'cache',
  'cross-silo',
  'soft-reference',
  'json',
  'request',
  'argument',
]);

/** Keys of which the text tells nothing. */
export const UNTOLD: ReadonlySet<OriginKind> = new Set(['argument', 'unknown']);

/** Nothing told, or something of a request, such as the number of a page of rows: no column of a row comes from there. */
export function isOfNoId({ kind }: Origin): boolean {
  return UNTOLD.has(kind) || kind === 'request';
}

/** `ownKey`: rows are asked for by their own id. By another column a constraint proves nothing: it is about the row that the key names. */
export function isDangling(origins: readonly Origin[], ownKey = true): boolean {
  return origins.some(({ kind }) => DANGLING.has(kind) || (!ownKey && kind === 'constrained-key'));
}

export function onlyTable({ path }: FunctionInfo, span: Span): Origin {
  return { kind: 'literal', detail: 'no key: the first row of a table', path, span };
}

export function isConstrained({ kind }: Origin): boolean {
  return kind === 'constrained-key';
}
