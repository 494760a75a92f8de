import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { sightingOf } from './policy/observed.ts';
import { code } from './policy/words.ts';

export const abstractDoesNotExist = defineRule({
  meta: {
    id: 'abstract-does-not-exist',
    code: 'DNE206',
    summary: 'a handler that names an abstract model, which has no exception of its own',
    since: '0.1.0',
    severity: 'error',
    fix: 'sometimes',
    origins: [],
    precedence: 880,
    docs: docsOf('abstract-does-not-exist'),
  },
  lookup: () => null,
  observe: (observation) => {
    if (observation.kind !== 'abstract-handler') return null;
    return sightingOf(observation, {
      message: `${code(observation.named)} is abstract and has no ${code('DoesNotExist')}: this handler dies with ${code('AttributeError')} when an exception arrives`,
      help: `catch the concrete model's exception, or ${code('ObjectDoesNotExist')} for any model`,
      recipes: ['object-does-not-exist'],
    });
  },
});
