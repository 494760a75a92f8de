import { dottedName, type Expr, type FixRequest, type Handler, type Try, type With } from '@danglint/core';
import { hazardDoubts, type Leave, type Missing } from './branch.ts';
import { handlerTakesOver, usesException } from './handler-takes-over.ts';
import { isOfOther } from './handler.ts';
import type { Place } from './place.ts';

/**
 * The branch of a row that is None where what stands around it waits for its `DoesNotExist`, which nothing raises: raised by hand, it gets
 * the answer that the author wrote for it. Null where nothing does, or where that answer cannot do without the row. `row` is the name that
 * holds None.
 */
export function intoHandler(request: FixRequest, place: Place, row: string | null): Missing | null {
  const { model } = request.judgement.lookup;
  if (model === null) return null;
  const { around, stmt } = place;
  const own = around.slice(around.findLastIndex(({ kind }) => kind === 'FunctionDef') + 1);
  for (const [i, outer] of [...own.entries()].reverse()) {
    const inner = own[i + 1] ?? stmt;
    if (outer.kind === 'With') {
      const named = suppressed(outer, model);
      if (named !== null) return raised(request, { kind: 'statement', text: `raise ${named}` });
    }
    if (outer.kind !== 'Try' || !outer.body.includes(inner)) continue;
    const seeing = outer.handlers.find((handler) => mayCatch(handler, model));
    if (seeing !== undefined) return answeredBy(request, place, outer, seeing, row);
  }
  return null;
}

function answeredBy(
  request: FixRequest,
  place: Place,
  outer: Try,
  handler: Handler,
  row: string | null,
): Missing | null {
  const exception = namedIn(typesOf(handler), request.judgement.lookup.model);
  if (exception === null || !handlerTakesOver(place, outer, handler, row)) return null;
  const leave: Leave = usesException(handler)
    ? { kind: 'raise', exception, message: 'with-key' }
    : { kind: 'statement', text: `raise ${exception}` };
  return raised(request, leave);
}

function raised({ judgement }: FixRequest, leave: Leave): Missing {
  return {
    leave,
    log: false,
    imports: [],
    doubts: hazardDoubts(judgement.lookup.host.hazards, 'jump'),
    title: 'Leave it to the handler',
  };
}

function typesOf({ type }: Handler): readonly Expr[] {
  if (type === null) return [];
  return type.kind === 'Tuple' ? type.elts : [type];
}

/** True for a handler that catches the `DoesNotExist` of the model, or may do so: a bare one, a broad one, a variable. */
function mayCatch(handler: Handler, model: string): boolean {
  const { type } = handler;
  return type === null || typesOf(handler).some((each) => !isOther(dottedName(each), model));
}

/** True for the class of another exception: the `DoesNotExist` of another model, or one that has nothing to do with missing rows. */
function isOther(name: string | null, model: string): boolean {
  const last = name?.split('.').at(-1) ?? '';
  if (last === 'DoesNotExist') return isOfOther(name ?? '', model);
  return /^[A-Z]\w*[a-z]/.test(last) && !/^(?:Base)?Exception$|DoesNotExist$/.test(last);
}

/** The exception of the model as its types are spelled, or Django's base of them all. */
function namedIn(types: readonly Expr[], model: string | null): string | null {
  const names = types.map((each) => dottedName(each) ?? '');
  return (
    names.find((name) => name.endsWith('.DoesNotExist') && name.split('.').at(-2) === model) ??
    names.find((name) => /(?:^|\.)ObjectDoesNotExist$/.test(name)) ??
    null
  );
}

/** `with suppress(Order.DoesNotExist):` */
function suppressed({ items }: With, model: string): string | null {
  for (const { context } of items) {
    if (context.kind !== 'Call' || !/(?:^|\.)suppress$/.test(dottedName(context.func) ?? '')) continue;
    const named = namedIn(
      context.args.map(({ value }) => value),
      model,
    );
    if (named !== null) return named;
  }
  return null;
}
