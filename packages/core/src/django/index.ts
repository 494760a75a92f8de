export * from './data.ts';
export { ENTRY_BASES, ENTRY_CALLS, ENTRY_DECORATORS, ENTRY_METHODS } from './entries.ts';
export { Domains } from './domains.ts';
export { type Domain, type FrameworkOptions, NO_FRAMEWORK_OPTIONS } from './options.ts';
