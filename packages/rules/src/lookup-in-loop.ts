import { defineRule, type Judgement } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { defectOf } from './policy/defect.ts';
import { draftOf, escapes } from './policy/draft.ts';
import { asks } from './policy/forms.ts';
import { isReadAgain, wasRead } from './policy/read-before.ts';
import { isOfRows, isUncalled } from './policy/severity.ts';
import { code, rowOf } from './policy/words.ts';

export const lookupInLoop = defineRule({
  meta: {
    id: 'lookup-in-loop',
    code: 'DNE301',
    summary: 'a lookup for every item of a loop: one missing row ends the batch',
    since: '0.1.0',
    severity: 'error',
    fix: 'sometimes',
    origins: [],
    precedence: 730,
    docs: docsOf('lookup-in-loop'),
  },
  lookup: (judgement) => {
    const { lookup } = judgement;
    const loop = defectOf(judgement, 'in-loop');
    if (!escapes(judgement) || !asks(lookup) || loop === null || !loop.item) return null;
    const read = wasRead(judgement);
    const may = read
      ? 'may be gone by then: its key was read before'
      : 'may be gone: it is looked up for every item';
    const draft = draftOf(judgement, {
      message: `${rowOf(lookup)} ${may} and one ${code(lookup.exception)} ends the whole batch`,
      remarks: [{ at: loop.at, message: `${loop.what}: one query an item` }],
    });
    const severity =
      draft.severity ??
      (isDoubtful(judgement) ? 'info' : read ? (isReadAgain(judgement) ? 'info' : 'warning') : null);
    return { ...draft, severity };
  },
});

/** True for a key of which nothing tells that it can outlive its row: some argument, or what code that nobody here calls read off a row. */
function isDoubtful({ origins, verdict }: Judgement): boolean {
  return (
    (origins.length > 0 && origins.every(({ kind }) => kind === 'argument')) ||
    (isUncalled(verdict) && isOfRows(origins))
  );
}
