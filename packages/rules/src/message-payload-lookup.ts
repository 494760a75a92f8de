import { defineRule, type OriginKind } from '@danglint/core';
import { isAnswer } from './policy/answers.ts';
import { docsOf } from './policy/docs.ts';
import { originFinding } from './policy/origin-rule.ts';

const MESSAGE: readonly OriginKind[] = ['message'];

/** Decoded JSON is a message wherever it is not the body of a request. */
const PAYLOAD: readonly OriginKind[] = ['message', 'json'];

export const messagePayloadLookup = defineRule({
  meta: {
    id: 'message-payload-lookup',
    code: 'DNE102',
    summary: 'a lookup by an id out of a message or decoded JSON',
    since: '0.1.0',
    severity: 'error',
    fix: 'sometimes',
    origins: ['message', 'json'],
    precedence: 580,
    docs: docsOf('message-payload-lookup'),
  },
  lookup: (judgement) =>
    originFinding(judgement, isAnswer(judgement) ? MESSAGE : PAYLOAD, 'a message payload'),
});
