import { NO_FRAMEWORK_OPTIONS } from '@danglint/core';
import { presets, rules, severitiesOf } from '@danglint/rules';
import type { Analyse } from './harness/analysis.ts';
import { analyser } from './harness/session.ts';

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

/** For tests: the analysis that the page of a rule is tested with. `page` is its path, or its name. */
export function analyserOf(page: string): Analyse {
  const domain = DOMAINS[page.replace(/^.*\/|\.md$/g, '')];
  if (domain === undefined) return analyse;
  const [name, model, folder] = domain;
  const domains = [{ name, models: [model], paths: [`${folder}/**`], severity: null }];
  return analyser({ rules, severities, framework: { ...NO_FRAMEWORK_OPTIONS, domains } });
}
