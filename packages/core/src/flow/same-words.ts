import type { Expr } from '../syntax/index.ts';

/** An expression as it is written, wherever it stands: two with the same words say the same. */
export function wordsOf(expr: Expr): string {
  return JSON.stringify(expr, (key, value: unknown) =>
    key === 'start' || key === 'end' ? undefined : value,
  );
}
