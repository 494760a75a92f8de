export { type AssignSource, type Binding, type BindingSource, type Scope, targetNames } from './bindings.ts';
export type { Binder } from './collect.ts';
export { reaching } from './history.ts';
export { type InnerScope, innerScopes } from './inner.ts';
export { buildScope } from './scope.ts';
