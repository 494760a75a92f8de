import type { FunctionInfo, Program } from '../project/index.ts';
import type { Call } from '../syntax/index.ts';
import { matches } from './exception-matches.ts';
import { type ExceptionRef, resolveExceptions } from './exceptions.ts';
import { lastName } from './site-table.ts';

/** Decorators of functions that an API object serves itself: `@api.get("/orders")`, `@http_get("/orders")` of a controller. */
const ROUTES = /^((http_)?(get|post|put|patch|delete)|operation|api_operation)$/;

/** Where a program registers a function for an exception: `@api.exception_handler(Missing)`, `api.add_exception_handler(Missing, answer)`. */
const REGISTRATIONS = ['exception_handler', 'add_exception_handler'];

/** The call that registers an answer to the exception with the API objects of the program, and where it stands. */
export function apiAnswer(
  program: Program,
  fn: FunctionInfo,
  thrown: ExceptionRef,
): { readonly call: Call; readonly fn: FunctionInfo } | null {
  if (!isRoute(fn)) return null;
  for (const { expr: call, place } of REGISTRATIONS.flatMap((name) => program.calls.of(name))) {
    const { func, args } = call;
    const named = func.kind === 'Attribute' ? args[0]?.value : undefined;
    const refs = named === undefined ? [] : resolveExceptions(program, named, place.fn);
    if (refs.some((ref) => ref.kind !== 'any' && matches(program, ref, thrown) !== 'no'))
      return { call, fn: place.fn };
  }
  return null;
}

function isRoute(fn: FunctionInfo): boolean {
  return (fn.def?.decorators ?? []).some(
    (decorator) => decorator.kind === 'Call' && ROUTES.test(lastName(decorator.func) ?? ''),
  );
}
