import { type Draft, defineRule, type Judgement } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { draftOf, escapes } from './policy/draft.ts';
import { remedyOf } from './policy/remedy.ts';
import { code, rowOf } from './policy/words.ts';

/** Why the row may not be there. */
function reason({ lookup, defects }: Judgement): string {
  if (defects.some(({ kind }) => kind === 'deleted-together'))
    return 'may be gone: it is deleted along with the row that this receiver is told of';
  return lookup.form === 'relation' ? 'may be gone: no constraint keeps it' : 'may never have been written';
}

function danglingKey(judgement: Judgement): Draft {
  const { method, exception } = judgement.lookup;
  return draftOf(judgement, {
    message: `${rowOf(judgement.lookup)} behind ${code(`.${method}`)} ${reason(judgement)} and nobody handles ${code(exception)}`,
    help: `use ${code(`.${method}_id`)} where the id is enough, or answer ${code(exception)}`,
    recipes: ['raw-id', ...remedyOf(judgement).recipes],
  });
}

function unwrittenRow(judgement: Judgement): Draft {
  const { method, exception } = judgement.lookup;
  return draftOf(judgement, {
    message: `${rowOf(judgement.lookup)} behind ${code(`.${method}`)} ${reason(judgement)} and nobody handles ${code(exception)}`,
    help: `use ${code(`getattr(..., "${method}", None)`)}, which works for a reverse one-to-one, or answer ${code(exception)}`,
    recipes: ['attribute-default', ...remedyOf(judgement).recipes],
  });
}

export const unhandledRelation = defineRule({
  meta: {
    id: 'unhandled-relation',
    code: 'DNE004',
    summary: 'a relation attribute whose row may be missing',
    since: '0.1.0',
    severity: 'warning',
    fix: 'sometimes',
    origins: [],
    precedence: 240,
    docs: docsOf('unhandled-relation'),
  },
  lookup: (judgement) => {
    if (!escapes(judgement)) return null;
    switch (judgement.lookup.form) {
      case 'relation':
        return danglingKey(judgement);
      case 'reverse-one-to-one':
        return unwrittenRow(judgement);
      default:
        return null;
    }
  },
});
