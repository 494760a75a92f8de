import type { ModelRef } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';

/** `installation.id` and `item["installation"].id` for a `SentryAppInstallation`: an object at hand that is called like the model. */
export function namedAfter(owner: Expr, model: ModelRef): boolean {
  const name = ownNameOf(owner);
  const last = name.toLowerCase().split('_').at(-1) ?? '';
  const words = (model.name ?? '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_');
  const word = words.at(-1) ?? '';
  return (
    last.length >= 3 && (word.startsWith(last) || words.join('') === name.toLowerCase().replaceAll('_', ''))
  );
}

function ownNameOf(owner: Expr): string {
  if (owner.kind === 'Name') return owner.id;
  if (owner.kind === 'Attribute') return owner.attr;
  const item = owner.kind === 'Subscript' ? owner.index : null;
  return item?.kind === 'Constant' && item.type === 'str' ? item.value : '';
}
