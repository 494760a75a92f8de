import { defineRule, type OpenTransaction } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { sightingOf } from './policy/observed.ts';
import { code, sourceOf } from './policy/words.ts';

export const taskBeforeCommit = defineRule({
  meta: {
    id: 'task-before-commit',
    code: 'DNE402',
    summary: 'a task that is sent about a row before its transaction is committed',
    since: '0.1.0',
    severity: 'warning',
    fix: 'sometimes',
    origins: [],
    precedence: 745,
    docs: docsOf('task-before-commit'),
  },
  lookup: () => null,
  observe: (observation) => {
    if (observation.kind !== 'task-before-commit') return null;
    const { task, method, row, open, written } = observation;
    const source = sourceOf(row);
    const what = source === null ? 'the row' : code(source);
    return sightingOf(observation, {
      message: `${code(task)} is sent before the transaction is committed: the worker may ask for ${what} too early, or after a rollback`,
      help: `send it with ${code('transaction.on_commit(partial(...))')}${method === 'delay' ? `, or with Celery's ${code('delay_on_commit')}` : ''}`,
      recipes: ['on-commit'],
      remarks: [{ at: open.at.span, path: open.at.path, message: openWords(open) }],
      severity: written && !open.inCommand ? null : 'info',
    });
  },
});

function openWords({ opener, byRequest }: OpenTransaction): string {
  if (byRequest) return 'the transaction that is open around every request';
  return opener === null
    ? 'the transaction that is still open'
    : `the transaction that ${code(opener)} has open`;
}
