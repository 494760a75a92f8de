import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NO_FRAMEWORK_OPTIONS } from '@danglint/core';
import { presets, rules, severitiesOf } from '@danglint/rules';
import { describe, it } from 'vitest';
import { type Analyse, analyser, testPage } from './index.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const recommended = [...presets.values()].filter(({ name }) => name === 'recommended');
const severities = severitiesOf(recommended);
const analyse = analyser({ rules, severities });

/** The domain that the page of a domain's rule declares. */
const DOMAINS: Readonly<Record<string, readonly [name: string, model: string, folder: string]>> = {
  'workflow-lookup': ['workflow', 'Detector', 'workflow'],
  'monitor-lookup': ['monitor', 'CheckIn', 'monitors'],
  'billing-lookup': ['billing', 'Subscription', 'billing'],
  'integration-lookup': ['integration', 'Installation', 'integrations'],
  'domain-lookup': ['shipping', 'Parcel', 'shipping'],
};

function analyserOf(page: string): Analyse {
  const domain = DOMAINS[page.replace(/^.*\/|\.md$/g, '')];
  if (domain === undefined) return analyse;
  const [name, model, folder] = domain;
  const domains = [{ name, models: [model], paths: [`${folder}/**`], severity: null }];
  return analyser({ rules, severities, framework: { ...NO_FRAMEWORK_OPTIONS, domains } });
}

const pages = readdirSync(`${ROOT}docs/rules`)
  .filter((name) => name.endsWith('.md') && name !== 'index.md')
  .map((name) => `docs/rules/${name}`);

for (const page of [...pages, 'docs/seed.md']) {
  testPage(page, readFileSync(`${ROOT}${page}`, 'utf8'), analyserOf(page), { describe, it });
}
