export * from './classes.ts';
export { Domains } from './domains.ts';
export { ENTRY_BASES, ENTRY_CALLS, ENTRY_DECORATORS, ENTRY_METHODS } from './entries.ts';
export * from './exceptions.ts';
export * from './methods.ts';
export { type Domain, type FrameworkOptions, NO_FRAMEWORK_OPTIONS } from './options.ts';
export { SERVED_TENANT, SHARED_SCHEMA } from './tenants.ts';
