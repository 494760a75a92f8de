import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import { type Argument, type Call, type Expr, walkExpr } from '../syntax/index.ts';
import type { Fact } from './narrow-state.ts';
import { loopRows } from './loop-rows.ts';
import { wordsOf } from './same-words.ts';

/**
 * True for `order.shares.filter(user=user).first()` of an order out of `Order.objects.filter(shares__user=user)`, also where that is one side
 * of `Q(owner=user) | Q(shares__user=user)`: such orders were listed for it.
 */
export function isListedBy(program: Program, { by, call }: Fact, fn: FunctionInfo): boolean {
  const rows =
    by === 'query' && call?.func.kind === 'Attribute' && call.args.length === 0 ? call.func.value : null;
  const wanted = rows?.kind === 'Call' ? rows.args : [];
  if (rows?.kind !== 'Call' || rows.func.kind !== 'Attribute' || rows.func.attr !== 'filter') return false;
  const accessor = rows.func.value;
  if (accessor.kind !== 'Attribute' || accessor.value.kind !== 'Name' || wanted.length === 0) return false;
  const { attr, value: owner } = accessor;
  const names = new Set([attr, attr.replace(/_set$/, '')]);
  return loopRows(owner, fn).some((iter) =>
    parts(program.infer.expr(iter, fn)).some(
      (type) =>
        type.t === 'queryset' &&
        wanted.every((arg) => type.rows.chain.some(({ call: link }) => asksBy(link, arg, names))),
    ),
  );
}

/** `shares__user=user`, itself or in a `Q`. */
function asksBy(link: Call, { name, value }: Argument, accessors: ReadonlySet<string>): boolean {
  const text = wordsOf(value);
  let found = false;
  const look = (args: readonly Argument[]): void => {
    for (const arg of args)
      for (const accessor of name === null ? [] : accessors)
        found ||= arg.name === `${accessor}__${name}` && wordsOf(arg.value) === text;
  };
  look(link.args);
  const inside = (part: Expr): void => {
    if (part.kind === 'Call') look(part.args);
  };
  for (const arg of link.args) walkExpr(arg.value, inside);
  return found;
}
