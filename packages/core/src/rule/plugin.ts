import type { Recipe, Rule } from './rule.ts';

/** Rules and fixes that a project or a package brings: the default export of a module that the setting `plugins` names. */
export interface Plugin {
  /** What messages call it. */
  readonly name: string;
  /** Their codes share one prefix of the plugin's own: `ACME001`, `ACME002`. */
  readonly rules: readonly Rule[];
  /** Fixes that its rules ask for by name, beside the built-in ones. */
  readonly recipes?: readonly Recipe[];
  /** Folder with a page `<rule id>.md` for each rule, as a `file:` URL; `danglint rule` shows them. */
  readonly pages?: string | URL;
}

/** Declares a plugin; the identity function, there for its types. */
export function definePlugin(plugin: Plugin): Plugin {
  return plugin;
}

/** Declares a fix; the identity function, there for its types. */
export function defineRecipe(recipe: Recipe): Recipe {
  return recipe;
}
