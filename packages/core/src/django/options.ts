/** A part of the program whose lookups of some models get a rule of their own (`[[tool.danglint.domains]]`). */
export interface Domain {
  readonly name: string;
  /** Class names. */
  readonly models: readonly string[];
  /** Globs of paths relative to the root; empty for everywhere. */
  readonly paths: readonly string[];
  /** Null: as the rule has it. */
  readonly severity: 'error' | 'warning' | 'info' | 'ignore' | null;
}

/** What presets and configuration add to the built-in framework tables (`[tool.danglint.django]`, `[[tool.danglint.domains]]`). */
export interface FrameworkOptions {
  readonly lookupMethods: readonly string[];
  readonly managerNames: readonly string[];
  readonly baseModels: readonly string[];
  readonly taskDecorators: readonly string[];
  readonly externalIdSources: readonly string[];
  /** Modules or dotted functions that answer a missing row themselves. */
  readonly handledBy: readonly string[];
  /** Dotted functions known to raise for a missing row. */
  readonly raises: readonly string[];
  /** Globs of paths relative to the root where a crash is watched by a person: findings there are `info`. */
  readonly exemptPaths?: readonly string[];
  /** The first one that fits a lookup counts. */
  readonly domains: readonly Domain[];
  readonly presets: readonly string[];
  /** Folders that absolute imports start from, relative to the root, beside those that the tree gives away. */
  readonly sourceRoots?: readonly string[];
}

export const NO_FRAMEWORK_OPTIONS: FrameworkOptions = {
  lookupMethods: [],
  managerNames: [],
  baseModels: [],
  taskDecorators: [],
  externalIdSources: [],
  handledBy: [],
  raises: [],
  domains: [],
  presets: ['recommended'],
};
