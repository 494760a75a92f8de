import { defineRule, type Draft, type RowIndex, type ServiceItem } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { rowOfModel, sightingOf, wayOut } from './policy/observed.ts';
import { code } from './policy/words.ts';

/** What an empty queryset does to each way to take its row. */
const DIES: Readonly<Record<RowIndex['how'], string>> = {
  index: `${code('[0]')} of an empty queryset raises ${code('IndexError')}`,
  list: `${code('[0]')} of an empty list raises ${code('IndexError')}`,
  unpack: `an empty queryset cannot be unpacked and raises ${code('ValueError')}`,
};

export const firstRowByIndex = defineRule({
  meta: {
    id: 'first-row-by-index',
    code: 'DNE006',
    summary: 'a first row by index of a queryset that may be empty',
    since: '0.1.0',
    severity: 'warning',
    fix: 'sometimes',
    origins: [],
    precedence: 140,
    docs: docsOf('first-row-by-index'),
  },
  lookup: () => null,
  observe: (observation) => {
    if (observation.kind === 'service-item') return ofService(observation);
    if (observation.kind !== 'row-index') return null;
    const order = observation.ordered ? '' : `; without an order ${code('first()')} sorts by the primary key`;
    return sightingOf(observation, {
      message: `${rowOfModel(observation)} may be gone: ${DIES[observation.how]} and nobody handles it`,
      help: `use ${code('.first()')}, check it for ${code('None')} and ${wayOut(observation.host)}${order}`,
      recipes: ['first-guard'],
    });
  },
});

/** Another system leaves out what is gone: of a list for one id nothing is left. */
function ofService(observation: ServiceItem): Draft {
  const { how, method, host } = observation;
  const [taken, error] = how === 'unpack' ? ['the one item', 'ValueError'] : [code('[0]'), 'IndexError'];
  return sightingOf(observation, {
    message: `what ${code(method)} looks for may be gone: ${taken} of an empty answer raises ${code(error)} and nobody handles it`,
    help: `keep the answer under a name, check it, and ${wayOut(host)} when it is empty`,
    recipes: [],
  });
}
