import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { rowOfModel, sightingOf, wayOut } from './policy/observed.ts';
import { code, sourceOf } from './policy/words.ts';

export const uncheckedRowMap = defineRule({
  meta: {
    id: 'unchecked-row-map',
    code: 'DNE008',
    summary: 'a map of rows, read by a key whose row may be gone',
    since: '0.1.0',
    severity: 'warning',
    fix: 'sometimes',
    origins: [],
    precedence: 160,
    docs: docsOf('unchecked-row-map'),
  },
  lookup: () => null,
  observe: (observation) => {
    if (observation.kind !== 'row-map') return null;
    const { name, key, built, bulk, ofParents } = observation;
    const source = sourceOf(key);
    const map = name === null ? 'the map' : code(name);
    return sightingOf(observation, {
      message: `${rowOfModel(observation)} may be gone: ${map} then lacks ${source === null ? 'its key' : code(source)} and raises ${code('KeyError')}`,
      help: `use ${code('.get()')}, check the row for ${code('None')} and ${wayOut(observation.host)}`,
      recipes: ['map-get'],
      severity: ofParents ? 'info' : null,
      remarks: [
        {
          at: built,
          message: bulk
            ? `${code('in_bulk')} leaves missing rows out`
            : 'built from the rows that are still there',
        },
      ],
    });
  },
});
