import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { presets, rules, severitiesOf } from '@danglint/rules';
import { describe, it } from 'vitest';
import { analyser, testPage } from './index.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const recommended = [...presets.values()].filter(({ name }) => name === 'recommended');
const analyse = analyser({ rules, severities: severitiesOf(recommended) });

const pages = readdirSync(`${ROOT}docs/rules`)
  .filter((name) => name.endsWith('.md') && name !== 'index.md')
  .map((name) => `docs/rules/${name}`);

for (const page of [...pages, 'docs/seed.md']) {
  testPage(page, readFileSync(`${ROOT}${page}`, 'utf8'), analyse, { describe, it });
}
