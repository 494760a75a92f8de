import type { Plugin, RecipeRegistry, Rule } from '@danglint/core';
import { fail } from './fault.ts';

/** What exists already when a plugin is added: by whom a code, name, prefix or recipe is taken. */
export class Taken {
  readonly #codes = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #prefixes = new Map<string, string>();
  readonly #recipes = new Map<string, string>();

  constructor(rules: readonly Rule[], recipes: RecipeRegistry) {
    for (const { meta } of rules) this.#names.set(meta.id, 'danglint');
    for (const name of recipes.keys()) this.#recipes.set(name, 'danglint');
    this.#prefixes.set('DNE', 'danglint');
  }

  /** Adds the rules and recipes of a plugin. Throws a `PluginFault` where one is taken. */
  add({ rules, recipes = [] }: Plugin, who: string): void {
    for (const { meta } of rules) {
      const { id, code } = meta;
      const prefix = code.slice(0, -3);
      const owner = this.#prefixes.get(prefix) ?? who;
      if (owner !== who) {
        const whose = owner === 'danglint' ? "danglint's own" : `those of plugin ${owner}`;
        fail(
          `rule \`${id}\`: codes that begin with ${prefix} are ${whose}`,
          'choose a prefix of your own, such as ACME001',
        );
      }
      claim(this.#codes, code, `rule \`${id}\``, `rule \`${id}\`: the code ${code}`);
      claim(this.#names, id, who, `rule \`${id}\`: its name`);
      this.#prefixes.set(prefix, who);
    }
    for (const { name } of recipes) claim(this.#recipes, name, who, `recipe \`${name}\`: its name`);
  }
}

function claim(taken: Map<string, string>, key: string, who: string, what: string): void {
  const owner = taken.get(key);
  if (owner !== undefined) fail(`${what} is taken by ${owner}`);
  taken.set(key, who);
}
