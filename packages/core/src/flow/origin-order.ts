import type { OriginKind } from './verdict.ts';

/** Most dangerous first. */
export const ORIGIN_ORDER: readonly OriginKind[] = [
  'task-argument',
  'message',
  'search-index',
  'cache',
  'cross-silo',
  'soft-reference',
  'json',
  'request',
  'argument',
  'unknown',
  'row',
  'constrained-key',
  'choice',
  'natural-key',
  'settings',
  'literal',
];
