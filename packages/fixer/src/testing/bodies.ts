import { afterAll, expect } from 'vitest';
import { type Facts, make, type Made, TASK } from './program.ts';
import { pythonErrors, ruffChanges } from './python.ts';

const HEAD = `import logging

from celery import shared_task

from app.models import AlertRule, Detector

logger = logging.getLogger(__name__)


`;

/** A module with a task of this body. Lines are written without the body's indentation. */
export function task(body: string, signature = 'def run(self, detector_id, event, ids):'): string {
  const lines = body
    .trim()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`));
  return `${HEAD}@shared_task\n${signature}\n${lines.join('\n')}\n`;
}

/** Tests of what recipes write. Every text that they compare is also compiled by CPython, and formatted by ruff where it is there. */
export interface Writer {
  /** The body of a task before and after; facts are those of a plain task unless they are given. */
  readonly body: (
    recipe: string,
    before: string,
    after: string,
    facts?: Facts,
    signature?: string,
  ) => Promise<Made>;
  readonly refused: (recipe: string, body: string, facts?: Facts, signature?: string) => Promise<string>;
}

export function writer(): Writer {
  const written: { readonly before: string; readonly after: string }[] = [];
  afterAll(() => {
    const texts = written.map(({ after }) => after);
    const errors = pythonErrors(texts).flatMap((error, i) =>
      error === null ? [] : [`${error}\n${texts[i]}`],
    );
    expect(errors).toEqual([]);
    const unformatted = ruffChanges(written.map(({ before }) => before));
    const changed = ruffChanges(texts);
    for (const [i, text] of changed ?? []) if (unformatted?.has(i) === false) expect(texts[i]).toBe(text);
  });
  return {
    async body(recipe, before, after, facts = TASK, signature) {
      const made = await make(recipe, task(before, signature), facts);
      if ('refused' in made) throw new Error(`refused: ${made.refused}`);
      written.push({ before: task(before, signature), after: made.after });
      expect(made.after).toBe(task(after, signature));
      return made;
    },
    async refused(recipe, body, facts = TASK, signature) {
      const made = await make(recipe, task(body, signature), facts);
      if (!('refused' in made)) throw new Error(`not refused:\n${made.after}`);
      return made.refused;
    },
  };
}
