import { dottedName, type Expr, type FixRequest, type With } from '@danglint/core';
import { spell, type Spelling } from '../build/bindings.ts';
import type { Place } from './place.ts';

/**
 * The statement that takes back what the transaction around a lookup has written, as the exception did: a function that returns
 * commits. Null where nothing was written in it, or where there are several transactions, or one of another database.
 */
export function rollback(request: FixRequest, place: Place): Spelling | null {
  if (!request.judgement.lookup.host.hazards.some(({ kind }) => kind === 'atomic')) return null;
  const fn = place.functions.at(-1);
  const own = place.around.slice(place.around.findLastIndex(({ kind }) => kind === 'FunctionDef') + 1);
  const opened = [
    ...(fn === undefined ? [] : fn.decorators.filter(isAtomic)),
    ...own
      .filter((stmt): stmt is With => stmt.kind === 'With')
      .flatMap(({ items }) => items.map(({ context }) => context)),
  ].filter(isAtomic);
  const [only] = opened;
  if (opened.length !== 1 || only === undefined || (only.kind === 'Call' && only.args.length > 0))
    return null;
  const spelling = spell(request.facts, place.functions, { module: 'django.db', name: 'transaction' });
  return spelling === null ? null : { ...spelling, text: `${spelling.text}.set_rollback(True)` };
}

function isAtomic(expr: Expr): boolean {
  return /(?:^|\.)atomic$/.test(dottedName(expr.kind === 'Call' ? expr.func : expr) ?? '');
}
