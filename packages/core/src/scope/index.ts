export { type Binding, type BindingSource, buildScope, innerBindings, reaching, type Scope } from './bindings.ts';
