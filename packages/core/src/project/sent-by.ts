import type { Call, Expr } from '../syntax/index.ts';
import type { FunctionInfo } from './function-info.ts';
import type { Inference } from './infer.ts';
import { parts, type Type, UNKNOWN, union } from './types.ts';

/** `instance` and `sender` of a receiver: `@receiver(signal, sender=Model)`, `signal.connect(receiver, sender=Model)`. */
export function sentBy(infer: Inference, fn: FunctionInfo, name: string): Type {
  const models = union(
    [...decorations(fn), ...connections(infer, fn)].map(({ sender, scope }) => modelOf(infer, sender, scope)),
  );
  return name === 'sender'
    ? models
    : union(
        parts(models).map((type): Type => (type.t === 'model' ? { t: 'row', model: type.model } : UNKNOWN)),
      );
}

/** The class that an expression names, or the label of one. */
function modelOf(infer: Inference, sender: Expr, scope: FunctionInfo): Type {
  if (sender.kind !== 'Constant') return infer.expr(sender, scope);
  const model = sender.value.includes('.') ? infer.program.models.byLabel(sender.value, scope.module) : null;
  return model === null ? UNKNOWN : { t: 'model', model };
}

interface Sender {
  readonly sender: Expr;
  readonly scope: FunctionInfo;
}

function decorations(fn: FunctionInfo): Sender[] {
  return (fn.def?.decorators ?? []).flatMap((decorator) => senderOf(decorator, fn.parent ?? fn));
}

function connections(infer: Inference, fn: FunctionInfo): Sender[] {
  return infer.program.calls.of('connect').flatMap(({ expr: call, place: { fn: scope } }) => {
    const receiver = argument(call, 'receiver', 0);
    if (receiver === null || lastName(receiver) !== fn.name) return [];
    const connected = parts(infer.expr(receiver, scope)).some(
      (type) => type.t === 'function' && type.fn === fn,
    );
    return connected ? senderOf(call, scope) : [];
  });
}

function senderOf(call: Expr, scope: FunctionInfo): Sender[] {
  const sender = call.kind === 'Call' ? argument(call, 'sender', 1) : null;
  return sender === null ? [] : [{ sender, scope }];
}

function argument(call: Call, name: string, position: number): Expr | null {
  const placed = call.args[position];
  const found = call.args.find((arg) => arg.name === name) ?? (placed?.name === null ? placed : undefined);
  return found?.value ?? null;
}

function lastName(expr: Expr): string {
  return expr.kind === 'Attribute' ? expr.attr : expr.kind === 'Name' ? expr.id : '';
}
