import type { FunctionInfo } from '../project/index.ts';

/** The decorator, or its option, that runs a function again after an exception; null when there is none. */
export function retryOption(fn: FunctionInfo): string | null {
  for (const decorator of fn.def?.decorators ?? []) {
    if (decorator.kind === 'Name' && decorator.id.startsWith('retry')) return decorator.id;
    if (decorator.kind !== 'Call') continue;
    const option = decorator.args.find(
      (arg) => arg.name === 'autoretry_for' || arg.name === 'retry_on' || arg.name === 'on',
    );
    if (option?.name != null) return option.name;
    const name =
      decorator.func.kind === 'Name'
        ? decorator.func.id
        : decorator.func.kind === 'Attribute'
          ? decorator.func.attr
          : '';
    if (name.startsWith('retry')) return name;
  }
  return null;
}
