export type { AssignSource, Binding, BindingSource, Scope } from './bindings.ts';
export { reaching } from './history.ts';
export { type InnerScope, innerScopes } from './inner.ts';
export { buildScope } from './scope.ts';
