import type { FrameworkOptions, Severity } from '@danglint/core';

/** A named choice of severities and framework knowledge: data, so that configuration can say the same. */
export interface Preset {
  readonly name: string;
  /** One line for tables and `danglint config`. */
  readonly summary: string;
  /** A file that only one code base has, by its path from where imports start: the preset is meant for that one. Null for one that is meant for all. */
  readonly codeBase: string | null;
  /** By rule id; a rule that is not named keeps its own severity. */
  readonly severities: ReadonlyMap<string, Severity | 'ignore'>;
  /** Added to the built-in tables. */
  readonly framework: Partial<Omit<FrameworkOptions, 'presets'>>;
}
