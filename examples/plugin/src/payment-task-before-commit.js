import { code, defineRule, sightingOf } from 'danglint';

const PAYMENTS = /(^|\/)payments\//;

/** The built-in rule DNE402 warns; where money moves we want an error, and no exception for rows that were read only. */
export const paymentTaskBeforeCommit = defineRule({
  meta: {
    id: 'payment-task-before-commit',
    code: 'HOOK002',
    summary: 'a payment task that is sent before its transaction is committed',
    since: '1.0.0',
    severity: 'error',
    fix: 'sometimes',
    origins: [],
    precedence: 750,
    docs: 'https://example.com/lint/payment-task-before-commit',
  },
  lookup: () => null,
  observe: (observation) => {
    if (observation.kind !== 'task-before-commit' || !PAYMENTS.test(observation.path)) return null;
    return sightingOf(observation, {
      message: `${code(observation.task)} moves money and is sent before the commit: after a rollback it pays for nothing`,
      help: `send it with ${code('transaction.on_commit(partial(...))')}`,
      recipes: ['on-commit'],
      remarks: [
        {
          at: observation.open.at.span,
          path: observation.open.at.path,
          message: 'the transaction that is still open',
        },
      ],
    });
  },
});
