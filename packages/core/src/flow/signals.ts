import type { FunctionInfo } from '../project/index.ts';
import { type Expr, walkExpr } from '../syntax/index.ts';

/** True for a function that its decorator connects to such a signal: `@receiver([pre_save, post_save], sender=Order)`. */
export function isConnected({ def }: FunctionInfo, signal: RegExp): boolean {
  return (def?.decorators ?? []).some(
    (decorator) =>
      decorator.kind === 'Call' &&
      decorator.args[0] !== undefined &&
      namesSignal(decorator.args[0].value, signal),
  );
}

/** True where an expression names such a signal. */
export function namesSignal(signals: Expr, signal: RegExp): boolean {
  let found = false;
  walkExpr(signals, (part) => {
    found ||= signal.test(part.kind === 'Name' ? part.id : part.kind === 'Attribute' ? part.attr : '');
  });
  return found;
}
