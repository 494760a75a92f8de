import { domainRule } from './policy/domain-rule.ts';

export const domainLookup = domainRule({
  id: 'domain-lookup',
  code: 'DNE119',
  summary: 'a lookup in a domain that the configuration declares',
  precedence: 600,
  domain: null,
});
