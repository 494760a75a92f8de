import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { testPage } from './index.ts';
import { analyserOf } from './pages.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const pages = readdirSync(`${ROOT}docs/rules`)
  .filter((name) => name.endsWith('.md') && name !== 'index.md')
  .map((name) => `docs/rules/${name}`);

for (const page of [...pages, 'docs/seed.md']) {
  testPage(page, readFileSync(`${ROOT}${page}`, 'utf8'), analyserOf(page), { describe, it });
}
