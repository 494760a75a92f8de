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
  name: 'it is read',
};

/** True for a name in a loop that fetches it for each item. */
function isStale({ host: { loop }, fetched }: OptionalRow): boolean {
  return loop !== null && loop.start <= fetched.start && fetched.end <= loop.end;
}

/** Values that are told by the name that they stand under. */
const NAMED: ReadonlySet<OptionalRow['by']> = new Set(['query', 'relation', 'nulled']);

/** Rows that a lookup of the function itself misses. */
const ANSWERED: ReadonlySet<OptionalRow['by']> = new Set(['caught', 'suppressed', 'unbound']);

interface Words {
  /** Why the row may not be there. */
  readonly why: string;
  /** What happens where it is fetched, and where it is decided what stands in its place. */
  readonly finds: string;
  readonly decides: string;
}

const NONE = code('None');

const given = (method: string): Words => ({
  why: `${method} gives ${NONE} for a missing row`,
  finds: `${method} gives ${NONE} when there is no row`,
  decides: `${method} decides for ${NONE} here`,
});

const WORDS: Readonly<Record<OptionalRow['by'], (method: string) => Words>> = {
  query: given,
  getter: given,
  service: given,
  relation: (method) => ({
    ...given(method),
    why: `the generic foreign key ${method} gives ${NONE} for a missing row`,
  }),
  nulled: (method) => ({
    ...given(method),
    why: `the foreign key ${method} is NULL once its row is deleted`,
    finds: `${method} gives ${NONE} once its row is deleted`,
  }),
  caught: (method) => ({
    why: `the handler of a missing row leaves it at ${NONE}`,
    finds: `${method} finds no row here`,
    decides: `this handler goes on with ${NONE}`,
  }),
  suppressed: (method) => ({
    why: `${code('suppress(...)')} of a missing row leaves it at ${NONE}`,
    finds: `${method} finds no row here`,
    decides: `this goes on with ${NONE}`,
  }),
  unbound: (method) => ({
    why: 'what answers a missing row goes on without it',
    finds: `${method} finds no row here`,
    decides: 'this goes on without it',
  }),
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
    const { name, fetched, decided, checked, use, by, inside } = observation;
    const { why, finds, decides } = WORDS[by](code(observation.method));
    const named = NAMED.has(by) || ANSWERED.has(by);
    const what = name === null || !named ? rowOfModel(observation) : code(name);
    const used = inside === null ? USES[use] : `${code(inside.name)} uses it`;
    const out =
      observation.missedBy !== undefined
        ? 'raise what the handler around it waits for'
        : by === 'nulled'
          ? 'do without it'
          : wayOut(observation.host);
    return sightingOf(observation, {
      message:
        by === 'unbound'
          ? `${what} may not be bound${isStale(observation) ? ', or hold the row of the item before' : ''}: ${why} and ${used}`
          : `${what} may be ${code('None')}: ${why} and ${used} unchecked`,
      help:
        by === 'unbound'
          ? `leave the handler where the row is missing: ${out}`
          : `check it for ${NONE} first and ${out}`,
      recipes: [by === 'unbound' ? 'leave-handler' : 'none-guard'],
      remarks: [
        { at: fetched, message: finds },
        ...(decided === null ? [] : [{ at: decided.span, path: decided.path, message: decides }]),
        ...(checked === null
          ? []
          : [{ at: checked.span, path: checked.path, message: `checked for ${NONE} here` }]),
        ...(inside === null
          ? []
          : [
              {
                at: inside.at.span,
                path: inside.at.path,
                message: `${code(inside.name)}: ${USES[inside.use]} here`,
              },
            ]),
      ],
    });
  },
});
