import { defineRule, type Rule } from '@danglint/core';
import { docsOf } from './docs.ts';
import { draftOf, escapes } from './draft.ts';
import { asks } from './forms.ts';
import { loweredSeverity } from './severity.ts';
import { code, keyOf, rowOf } from './words.ts';

/** What a rule of one domain is. */
export interface DomainRule {
  readonly id: string;
  readonly code: string;
  readonly summary: string;
  readonly precedence: number;
  /** Domains that the rule is for; null: all that have no rule of their own. */
  readonly domain: string | null;
}

/** Domains that have a rule, and a number, of their own. */
export const NAMED_DOMAINS: readonly string[] = ['workflow', 'monitor', 'billing', 'integration'];

/** A rule about escaping lookups that presets or configuration put in a domain: models by name, in some folders. */
export function domainRule({ id, code: number, summary, precedence, domain: wanted }: DomainRule): Rule {
  return defineRule({
    meta: {
      id,
      code: number,
      summary,
      since: '0.1.0',
      severity: 'error',
      fix: 'sometimes',
      origins: [],
      precedence,
      docs: docsOf(id),
    },
    lookup: (judgement) => {
      const { lookup, domain } = judgement;
      if (domain === null || domain.severity === 'ignore' || !escapes(judgement) || !asks(lookup))
        return null;
      if (wanted === null ? NAMED_DOMAINS.includes(domain.name) : domain.name !== wanted) return null;
      const draft = draftOf(judgement, {
        message: `${rowOf(lookup)} may be gone: ${domain.name} code looks it up by ${keyOf(lookup)} and nobody handles ${code(lookup.exception)}`,
      });
      return { ...draft, severity: loweredSeverity(judgement) ?? domain.severity };
    },
  });
}
