import { domainRule } from './policy/domain-rule.ts';

export const billingLookup = domainRule({
  id: 'billing-lookup',
  code: 'DNE112',
  summary: 'a lookup of a subscription or plan in billing code',
  precedence: 620,
  domain: 'billing',
});
