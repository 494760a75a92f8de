import { asks, code, defineRule, draftOf, escapes, rowOf } from 'danglint';

/** Files in which another company's servers call us. */
const WEBHOOKS = /(^|\/)webhooks?(\/|\.py$)/;

/** Senders of webhooks take a 500 for an outage and send the event again, for days. */
export const webhookLookup = defineRule({
  meta: {
    id: 'webhook-lookup',
    code: 'HOOK001',
    summary: 'a lookup in a webhook that answers 500 for a row that is gone',
    since: '1.0.0',
    severity: 'error',
    fix: 'sometimes',
    origins: ['request', 'json'],
    // Above danglint's rules about where a key comes from (530 to 640), below those about handlers (800 and more).
    precedence: 650,
    docs: 'https://example.com/lint/webhook-lookup',
  },
  lookup: (judgement) => {
    const { lookup, verdict } = judgement;
    if (!escapes(judgement) || !asks(lookup) || !WEBHOOKS.test(lookup.path)) return null;
    if (verdict.kind !== 'escapes' || verdict.entry.kind !== 'view') return null;
    return draftOf(judgement, {
      message: `${rowOf(lookup)} may be gone: the sender of this webhook gets a 500 and sends the event again`,
      help: `answer ${code(lookup.exception)} with 410, which ends the retries`,
      recipes: ['gone-response'],
    });
  },
});
