import { defineRule, type Judgement, type Severity } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { defectOf } from './policy/defect.ts';
import { draftOf, escapes } from './policy/draft.ts';
import { asks } from './policy/forms.ts';
import { isOfRows, isPage, isUncalled } from './policy/severity.ts';
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
    const severity = draft.severity ?? (isDoubtful(judgement) ? 'info' : read ? ofRead(judgement) : null);
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

/** A page, or what is shown in one, is over soon after it began: what it read a moment ago is there. */
function ofRead({ lookup: { keys }, verdict }: Judgement): Severity {
  const byId = keys.length > 0 && keys.every((name) => /^(pk|id)(__exact)?$/.test(name));
  const short = verdict.kind === 'escapes' && (isPage(verdict.entry) || verdict.entry.kind === 'serializer');
  return byId && short ? 'info' : 'warning';
}

/** True for a key that the database named itself: the row was there when the loop began, and may go while it runs. */
function wasRead({ lookup, origins }: Judgement): boolean {
  const own = [`\`pk\` of a ${rowOf(lookup)}`, `\`id\` of a ${rowOf(lookup)}`];
  return origins.every(
    ({ kind, detail }) => kind === 'constrained-key' || (kind === 'row' && own.includes(detail)),
  );
}
