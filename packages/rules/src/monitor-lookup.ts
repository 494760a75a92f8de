import { domainRule } from './policy/domain-rule.ts';

export const monitorLookup = domainRule({
  id: 'monitor-lookup',
  code: 'DNE111',
  summary: 'a lookup of an environment or check-in in monitor code',
  precedence: 630,
  domain: 'monitor',
});
