import { NOT_FOUND_CALLS } from '../django/index.ts';
import type { Call, Expr } from '../syntax/index.ts';
import { annotationType } from './annotations.ts';
import { itemOf } from './containers.ts';
import type { FunctionInfo } from './function-info.ts';
import { foreignModel } from './foreign.ts';
import type { Inference } from './infer.ts';
import { NONE, parts, type Type, UNKNOWN, union } from './types.ts';

/** A call of something that is not in the program. */
class ForeignCall {
  readonly infer: Inference;
  readonly call: Call;
  readonly fn: FunctionInfo;

  constructor(infer: Inference, call: Call, fn: FunctionInfo) {
    this.infer = infer;
    this.call = call;
    this.fn = fn;
  }

  /** A positional argument; null when there is none. */
  expr(at: number): Expr | null {
    return this.call.args.filter((arg) => arg.name === null && arg.star === 0)[at]?.value ?? null;
  }

  arg(at: number): Type {
    const expr = this.expr(at);
    return expr === null ? UNKNOWN : this.infer.expr(expr, this.fn);
  }

  items(): Type {
    return { t: 'seq', item: itemOf(this.arg(0)) };
  }
}

type Result = (call: ForeignCall) => Type;

const same: Result = (call) => call.items();
const first: Result = (call) => call.arg(0);
const item: Result = (call) =>
  call.expr(1) === null ? itemOf(call.arg(0)) : union([itemOf(call.arg(0)), call.arg(1)]);
const largest: Result = (call) =>
  call.expr(1) === null
    ? itemOf(call.arg(0))
    : union(call.call.args.map((arg) => call.infer.expr(arg.value, call.fn)));
const wrapped: Result = (call) => ({ t: 'partial', target: callable(call.infer, call.arg(0)) });

/** What functions of Python and Django give, by dotted name. */
const RESULTS: ReadonlyMap<string, Result> = new Map<string, Result>([
  ...['list', 'tuple', 'set', 'sorted', 'iter', 'reversed', 'frozenset'].map(
    (name) => [`builtins.${name}`, same] as const,
  ),
  ['itertools.islice', same],
  [
    'itertools.chain',
    (call) => ({
      t: 'seq',
      item: union(call.call.args.map((arg) => itemOf(call.infer.expr(arg.value, call.fn)))),
    }),
  ],
  ['itertools.chain.from_iterable', (call) => ({ t: 'seq', item: itemOf(itemOf(call.arg(0))) })],
  ['builtins.filter', (call) => ({ t: 'seq', item: itemOf(call.arg(1)) })],
  ['builtins.map', (call) => ({ t: 'seq', item: callable(call.infer, call.arg(0)) })],
  ['builtins.next', item],
  ['builtins.anext', item],
  ['builtins.max', largest],
  ['builtins.min', largest],
  [
    'builtins.enumerate',
    (call) => ({ t: 'seq', item: { t: 'tuple', items: [UNKNOWN, itemOf(call.arg(0))] } }),
  ],
  [
    'builtins.zip',
    (call) => ({
      t: 'seq',
      item: { t: 'tuple', items: call.call.args.map((arg) => itemOf(call.infer.expr(arg.value, call.fn))) },
    }),
  ],
  [
    'builtins.type',
    (call) =>
      call.call.args.length === 1 ? call.infer.program.attribute(call.arg(0), '__class__') : UNKNOWN,
  ],
  ['builtins.getattr', attributeOf],
  ['builtins.super', superType],
  ['rest_framework.generics.GenericAPIView.filter_queryset', first],
  ['copy.copy', first],
  ['copy.deepcopy', first],
  ['typing.cast', castType],
  ['functools.partial', wrapped],
  ['asgiref.sync.sync_to_async', wrapped],
  ['asgiref.sync.async_to_sync', wrapped],
  ['channels.db.database_sync_to_async', wrapped],
  [
    'django.contrib.auth.get_user_model',
    (call) => ({ t: 'model', model: call.infer.program.models.userModel() }),
  ],
]);

export function externalResult(infer: Inference, name: string, call: Call, fn: FunctionInfo): Type {
  const foreign = new ForeignCall(infer, call, fn);
  const known = RESULTS.get(name);
  if (known !== undefined) return known(foreign);
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (last === 'get_model' && name.startsWith('django.apps.'))
    return infer.program.models.byArguments(call, fn.module);
  if (NOT_FOUND_CALLS.has(last)) return notFound(last, foreign);
  if (/^get_object_or_none$/i.test(last)) return union([notFound(last, foreign), NONE]);
  const model = foreignModel(name);
  return model === null ? { t: 'made', name } : { t: 'row', model };
}

/** The row, or the rows, behind what `get_object_or_404` was given: a model, a manager or a queryset. */
function notFound(name: string, call: ForeignCall): Type {
  const row = union(
    parts(call.arg(0)).map((part): Type => {
      if (part.t === 'model') return { t: 'row', model: part.model };
      const foreign = part.t === 'external' ? foreignModel(part.name) : null;
      if (foreign !== null) return { t: 'row', model: foreign };
      return part.t === 'manager' || part.t === 'queryset' ? { t: 'row', model: part.rows.model } : UNKNOWN;
    }),
  );
  return name === 'get_list_or_404' ? { t: 'seq', item: row } : row;
}

function attributeOf(call: ForeignCall): Type {
  const attr = call.expr(1);
  const found =
    attr?.kind === 'Constant' && attr.type === 'str'
      ? call.infer.program.attribute(call.arg(0), attr.value)
      : UNKNOWN;
  const fallback = call.arg(2);
  return fallback.t === 'none' ? union([found, NONE]) : union([found, fallback]);
}

function castType(call: ForeignCall): Type {
  const target = call.expr(0);
  return target === null ? UNKNOWN : annotationType(call.infer, target, call.fn);
}

/** What a call of a function value gives. */
function callable(infer: Inference, type: Type): Type {
  return union(
    parts(type).map((part): Type => {
      if (part.t === 'function') return infer.returns(part.fn);
      if (part.t === 'partial') return part.target;
      return part.t === 'class' ? infer.program.instanceOf(part.cls) : UNKNOWN;
    }),
  );
}

function superType({ infer, fn }: ForeignCall): Type {
  for (let scope: FunctionInfo | null = fn; scope !== null; scope = scope.parent) {
    if (!scope.isMethod || scope.cls === null) continue;
    const self = infer.selfType(scope);
    return self === null ? UNKNOWN : { t: 'super', cls: scope.cls, self };
  }
  return UNKNOWN;
}
