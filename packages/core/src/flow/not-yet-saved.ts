import type { FunctionInfo } from '../project/index.ts';
import { dottedName, type Expr, walkExpr } from '../syntax/index.ts';
import { testedAt } from './tested.ts';

/**
 * True for the row that a `pre_save` receiver is handed: a new one is not in the table yet. A test of anything of the row before
 * tells the new ones from the others.
 */
export function isNotYetSaved(owner: Expr, at: Expr, fn: FunctionInfo): boolean {
  if (owner.kind !== 'Name' || !fn.params.some(({ name }) => name === owner.id)) return false;
  if (!isBeforeSave(fn)) return false;
  const { id } = owner;
  const ofRow = (part: Expr): boolean =>
    (dottedName(part) ?? '').startsWith(`${id}.`) || (part.kind === 'Name' && part.id === id);
  return testedAt(fn.body, at, ofRow) === null;
}

/** Connected to `pre_save` by its decorator. */
function isBeforeSave({ def }: FunctionInfo): boolean {
  return (def?.decorators ?? []).some((decorator) => {
    const signals = decorator.kind === 'Call' ? decorator.args[0]?.value : undefined;
    let found = false;
    if (signals !== undefined)
      walkExpr(signals, (part) => {
        const name = part.kind === 'Name' ? part.id : part.kind === 'Attribute' ? part.attr : '';
        found ||= name === 'pre_save';
      });
    return found;
  });
}
