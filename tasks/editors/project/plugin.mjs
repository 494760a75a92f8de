import { definePlugin, defineRecipe, defineRule, draftOf, escapes } from 'danglint';

const rule = defineRule({
  meta: {
    id: 'two-files',
    code: 'TWO001',
    summary: 'a getter whose callers change with it',
    since: '1.0.0',
    severity: 'warning',
    fix: 'always',
    origins: [],
    precedence: 990,
    docs: '',
  },
  lookup: (judgement) =>
    escapes(judgement) && judgement.lookup.host.function.endsWith('detector_of')
      ? draftOf(judgement, { message: 'two files', help: null, recipes: ['two-files'] })
      : null,
});

const recipe = defineRecipe({
  name: 'two-files',
  pattern: 'two-files',
  build: ({ judgement }) => ({
    fix: {
      title: 'Say so in both files',
      pattern: 'two-files',
      recipe: 'two-files',
      applicability: 'safe',
      why: null,
      edits: [{ start: 0, end: 0, text: '# getter\n' }],
      imports: [],
      group: judgement.lookup.host.function,
      others: [{ path: 'shop/callers.py', edits: [{ start: 0, end: 0, text: '# caller\n' }], imports: [] }],
    },
  }),
});

export default definePlugin({ name: 'two', rules: [rule], recipes: [recipe] });
