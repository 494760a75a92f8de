import { rules } from '../all.ts';
import { indexPage } from './table.ts';

/** What `pnpm gen` writes about the rules. */
export function outputs(): readonly { readonly path: string; readonly text: string }[] {
  return [{ path: 'docs/rules/index.md', text: indexPage(rules.map(({ meta }) => meta)) }];
}
