export * from './django/index.ts';
export * from './facts/index.ts';
export * from './flow/index.ts';
export * from './rule/index.ts';
export * from './session/index.ts';
export * from './syntax/index.ts';
export * from './text/index.ts';
