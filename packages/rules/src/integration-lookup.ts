import { domainRule } from './policy/domain-rule.ts';

export const integrationLookup = domainRule({
  id: 'integration-lookup',
  code: 'DNE113',
  summary: 'a lookup of an installation, hook or external actor that rules use',
  precedence: 610,
  domain: 'integration',
});
