import type { ModelRef } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';

/** `installation.id` for a `SentryAppInstallation`: an object at hand that is called like the model. */
export function namedAfter(owner: Expr, model: ModelRef): boolean {
  const name = owner.kind === 'Name' ? owner.id : owner.kind === 'Attribute' ? owner.attr : '';
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
