import { dottedName, type FixRequest, type Handler } from '@danglint/core';
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
  for (let i = own.length - 1; i >= 0 && model !== null; i--) {
    const outer = own[i];
    if (outer?.kind !== 'Try' || !outer.body.includes(own[i + 1] ?? stmt)) continue;
    const seeing = outer.handlers.find(catchesMissingRows);
    if (seeing === undefined) continue;
    const exception = namedBy(seeing, model);
    return exception === null ? null : raised(exception, hazardDoubts(host.hazards, 'jump'));
  }
  return null;
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
