import type { Recipe, Rule } from '@danglint/core';
import { draftOf } from './shape.ts';

/** A rule whose answers are checked: what is no draft counts as an error of the rule. */
export function guardedRule(rule: Rule): Rule {
  const { observe } = rule;
  return {
    meta: rule.meta,
    lookup: (judgement) => draftOf(rule.lookup(judgement)),
    ...(observe === undefined ? {} : { observe: (observation) => draftOf(observe(observation)) }),
  };
}

/** A recipe that gives no fix where it throws, and says why. */
export function guardedRecipe(recipe: Recipe): Recipe {
  const { name, pattern, observe } = recipe;
  const safely = (run: () => ReturnType<Recipe['build']>): ReturnType<Recipe['build']> => {
    try {
      return run();
    } catch (error) {
      const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      return { refusal: { recipe: name, reason: `the recipe failed with \`${what.split('\n')[0] ?? ''}\`` } };
    }
  };
  return {
    name,
    pattern,
    build: (request) => safely(() => recipe.build(request)),
    ...(observe === undefined ? {} : { observe: (request) => safely(() => observe(request)) }),
  };
}
