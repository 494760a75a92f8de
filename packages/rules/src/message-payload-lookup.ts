import { defineRule } from '@danglint/core';
import { isAnswer } from './policy/answers.ts';
import { docsOf } from './policy/docs.ts';
import { originFinding, type Sources } from './policy/origin-rule.ts';

const MESSAGE: Sources = { message: 'a message payload' };

/** Decoded JSON is a message wherever it is not the body of a request. */
const PAYLOAD: Sources = { ...MESSAGE, json: 'decoded JSON' };

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
  lookup: (judgement) => originFinding(judgement, isAnswer(judgement) ? MESSAGE : PAYLOAD),
});
