import { domainRule } from './policy/domain-rule.ts';

export const workflowLookup = domainRule({
  id: 'workflow-lookup',
  code: 'DNE110',
  summary: 'a lookup of a detector, rule or workflow in workflow code',
  precedence: 640,
  domain: 'workflow',
});
