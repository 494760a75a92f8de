import type { FunctionInfo, Module } from '../project/index.ts';
import { type Expr, walkExpr } from '../syntax/index.ts';
import type { SiteIndex } from './site-index.ts';

/** True for a function that its decorator connects to such a signal: `@receiver([pre_save, post_save], sender=Order)`. */
export function isConnected({ def }: FunctionInfo, signal: RegExp): boolean {
  return (def?.decorators ?? []).some(
    (decorator) =>
      decorator.kind === 'Call' &&
      decorator.args[0] !== undefined &&
      namesSignal(decorator.args[0].value, signal),
  );
}

/** The same of a function that is connected by a call, too: `post_save.connect(told, sender=Order)`. `within`: the only module whose calls count. */
export function isReceiver(sites: SiteIndex, fn: FunctionInfo, signal: RegExp, within?: Module): boolean {
  return (
    isConnected(fn, signal) ||
    sites
      .references(fn.name)
      .some(
        ({ argumentOf, place }) =>
          argumentOf !== null &&
          (within === undefined || place.fn.module === within) &&
          namesSignal(argumentOf.func, signal),
      )
  );
}

/** True where an expression names such a signal. */
function namesSignal(signals: Expr, signal: RegExp): boolean {
  let found = false;
  walkExpr(signals, (part) => {
    found ||= signal.test(part.kind === 'Name' ? part.id : part.kind === 'Attribute' ? part.attr : '');
  });
  return found;
}
