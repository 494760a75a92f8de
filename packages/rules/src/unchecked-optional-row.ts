import { defineRule, type OptionalRow } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { rowOfModel, sightingOf, wayOut } from './policy/observed.ts';
import { code } from './policy/words.ts';

const USES: Readonly<Record<OptionalRow['use'], string>> = {
  attribute: 'an attribute of it is used',
  item: 'an item of it is read',
  call: 'it is called',
  unpack: 'it is unpacked',
  iterate: 'it is iterated',
  promise: 'it is handed on where a row is declared',
};

export const uncheckedOptionalRow = defineRule({
  meta: {
    id: 'unchecked-optional-row',
    code: 'DNE007',
    summary: 'a row that may be None, used without a check',
    since: '0.1.0',
    severity: 'error',
    fix: 'sometimes',
    origins: [],
    precedence: 150,
    docs: docsOf('unchecked-optional-row'),
  },
  lookup: () => null,
  observe: (observation) => {
    if (observation.kind !== 'optional-row') return null;
    const { name, method, fetched, decided, use, by, inside } = observation;
    const caught = by === 'caught' || by === 'suppressed';
    const left =
      by === 'suppressed' ? `${code('suppress(...)')} of a missing row` : 'the handler of a missing row';
    const what =
      name === null || (by !== 'query' && by !== 'relation' && !caught)
        ? rowOfModel(observation)
        : code(name);
    const why = caught
      ? `${left} leaves it at ${code('None')}`
      : `${by === 'relation' ? `the generic foreign key ${code(method)}` : code(method)} gives ${code('None')} for a missing row`;
    const remarks = [
      {
        at: fetched,
        message: caught
          ? `${code(method)} finds no row here`
          : `${code(method)} gives ${code('None')} when there is no row`,
      },
    ];
    const reason =
      decided === null
        ? []
        : [
            {
              at: decided.span,
              path: decided.path,
              message: caught
                ? `${by === 'caught' ? 'this handler' : 'this'} goes on with ${code('None')}`
                : `${code(method)} decides for ${code('None')} here`,
            },
          ];
    const used =
      inside === null
        ? []
        : [
            {
              at: inside.at.span,
              path: inside.at.path,
              message: `${code(inside.name)}: ${USES[inside.use]} here`,
            },
          ];
    return sightingOf(observation, {
      message: `${what} may be ${code('None')}: ${why} and ${inside === null ? USES[use] : `${code(inside.name)} uses it`} unchecked`,
      help: `check it for ${code('None')} first and ${observation.missedBy === undefined ? wayOut(observation.host) : 'raise what the handler around it waits for'}`,
      recipes: ['none-guard'],
      remarks: [...remarks, ...reason, ...used],
    });
  },
});
