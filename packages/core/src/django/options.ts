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
  readonly presets: readonly string[];
}

export const NO_FRAMEWORK_OPTIONS: FrameworkOptions = {
  lookupMethods: [],
  managerNames: [],
  baseModels: [],
  taskDecorators: [],
  externalIdSources: [],
  handledBy: [],
  raises: [],
  presets: ['recommended'],
};
