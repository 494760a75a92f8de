export * from './data.ts';
export { type FrameworkOptions, NO_FRAMEWORK_OPTIONS } from './options.ts';
