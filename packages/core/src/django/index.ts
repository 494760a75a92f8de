export * from './data.ts';
export { ENTRY_BASES, ENTRY_CALLS, ENTRY_DECORATORS, ENTRY_METHODS } from './entries.ts';
export { type FrameworkOptions, NO_FRAMEWORK_OPTIONS } from './options.ts';
