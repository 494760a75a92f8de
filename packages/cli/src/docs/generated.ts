import { configSchema } from '../config/schema.ts';
import { cliPage } from './page.ts';

/** Generated files of this package: what `pnpm gen` writes and `pnpm gen:check` compares. */
export function outputs(): readonly { readonly path: string; readonly text: string }[] {
  return [
    { path: 'docs/cli.md', text: cliPage() },
    { path: 'packages/cli/danglint.schema.json', text: `${JSON.stringify(configSchema(), null, 2)}\n` },
  ];
}
