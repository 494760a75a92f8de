import { rules } from '../all.ts';
import { presets } from '../presets/index.ts';
import { presetsPage } from './presets.ts';
import { indexPage } from './table.ts';

/** What `pnpm gen` writes about the rules. */
export function outputs(): readonly { readonly path: string; readonly text: string }[] {
  const metas = rules.map(({ meta }) => meta);
  return [
    { path: 'docs/rules/index.md', text: indexPage(metas) },
    { path: 'docs/presets.md', text: presetsPage([...presets.values()], metas) },
  ];
}
