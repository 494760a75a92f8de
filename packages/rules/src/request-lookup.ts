import { defineRule } from '@danglint/core';
import { isAnswer } from './policy/answers.ts';
import { docsOf } from './policy/docs.ts';
import { originFinding, type Sources } from './policy/origin-rule.ts';

const REQUEST: Sources = { request: 'the request' };

/** What a view decodes is the body of its request. */
const BODY: Sources = { ...REQUEST, json: 'the body of the request' };

export const requestLookup = defineRule({
  meta: {
    id: 'request-lookup',
    code: 'DNE107',
    summary: 'a lookup by what a client sent: the answer is a 500',
    since: '0.1.0',
    severity: 'warning',
    fix: 'sometimes',
    origins: ['request', 'json'],
    precedence: 530,
    docs: docsOf('request-lookup'),
  },
  lookup: (judgement) => originFinding(judgement, isAnswer(judgement) ? BODY : REQUEST),
});
