import type { ValueType } from './value.ts';

/** One setting. The table of all of them gives validation, defaults, the JSON Schema and the documentation. */
export interface Key<T> {
  /** Dotted path below `[tool.danglint]`. */
  readonly path: string;
  readonly type: ValueType<T>;
  readonly default: T;
  readonly doc: string;
  /** TOML for the documentation. */
  readonly example: string;
}

export function key<T>(path: string, type: ValueType<T>, fallback: T, doc: string, example: string): Key<T> {
  return { path, type, default: fallback, doc, example };
}
