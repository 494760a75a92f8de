import { dottedName, type FixRequest, type Handler, type Try } from '@danglint/core';
import { hazardDoubts, type Missing } from './branch.ts';
import { catchesMissingRows } from './leaving.ts';
import type { Place } from './place.ts';

/**
 * The branch of a row that is None where a handler around it waits for its `DoesNotExist`, which nothing raises: raised by hand, it gets the
 * answer that the author wrote for it. Null where no handler does.
 */
export function intoHandler({ judgement }: FixRequest, { around, stmt }: Place): Missing | null {
  const { model, host } = judgement.lookup;
  const own = around.slice(around.findLastIndex(({ kind }) => kind === 'FunctionDef') + 1);
  const tries = own.filter(
    (outer, i): outer is Try => outer.kind === 'Try' && outer.body.includes(own[i + 1] ?? stmt),
  );
  const seeing = tries.reverse().flatMap(({ handlers }) => handlers.find(catchesMissingRows) ?? [])[0];
  const exception = seeing === undefined || model === null ? null : namedBy(seeing, model);
  return exception === null ? null : raised(exception, hazardDoubts(host.hazards, 'jump'));
}

const raised = (exception: string, doubts: readonly string[]): Missing => ({
  leave: { kind: 'statement', text: `raise ${exception}` },
  log: false,
  imports: [],
  doubts,
  title: 'Leave it to the handler',
});

/** The exception of the model as a handler spells it, or Django's base of them all. */
function namedBy({ type }: Handler, model: string): string | null {
  const types = type?.kind === 'Tuple' ? type.elts : type === null ? [] : [type];
  const names = types.map((each) => dottedName(each) ?? '');
  return (
    names.find((name) => name.endsWith('.DoesNotExist') && name.split('.').at(-2) === model) ??
    names.find((name) => /(?:^|\.)ObjectDoesNotExist$/.test(name)) ??
    null
  );
}
