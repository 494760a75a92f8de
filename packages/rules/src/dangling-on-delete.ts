import { defineRule, type StaleReference } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import type { Remark } from './policy/labels.ts';
import { sightingOf } from './policy/observed.ts';
import { code } from './policy/words.ts';

/** More columns are counted, not listed. */
const MOST = 5;

function named({ model, column }: StaleReference): string {
  return code(`${model}.${column}`);
}

function remarksOf(reference: StaleReference): readonly Remark[] {
  const { path, span, use, column } = reference;
  const declared = { at: span, path, message: `${named(reference)} has no constraint` };
  return use === null
    ? [declared]
    : [declared, { at: use.span, path: use.path, message: `rows are looked up by ${code(column)} here` }];
}

export const danglingOnDelete = defineRule({
  meta: {
    id: 'dangling-on-delete',
    code: 'DNE401',
    summary: 'a delete of rows that columns without a constraint go on naming',
    since: '0.1.0',
    severity: 'info',
    fix: 'sometimes',
    origins: [],
    precedence: 735,
    docs: docsOf('dangling-on-delete'),
  },
  lookup: () => null,
  observe: (observation) => {
    if (observation.kind !== 'unclean-delete') return null;
    const { model, references } = observation;
    const [first] = references;
    if (first === undefined) return null;
    const column = named(first);
    const more = references.length === 1 ? '' : ` and ${references.length - 1} more`;
    return sightingOf(observation, {
      message: `${code(model)} rows are deleted, but ${column}${more} may go on naming them: no constraint and no query cleans that up`,
      help: `clean up where the rows are deleted, or give ${column} a foreign key with a constraint`,
      recipes: ['cascade'],
      remarks: references.slice(0, MOST).flatMap(remarksOf),
    });
  },
});
