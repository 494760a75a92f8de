import type { Plugin, Recipe, RecipeRegistry, Rule } from '@danglint/core';
import { rules as shippedRules } from '@danglint/rules';
import { UserError } from '../errors.ts';
import { caller, LeftToClient } from '../output/caller.ts';
import { Taken } from './clashes.ts';
import { PluginFault } from './fault.ts';
import { guardedRecipe, guardedRule } from './guarded.ts';
import { importFrom } from './resolver.ts';
import { pluginOf } from './shape.ts';

/** A plugin as a configuration names it. */
export interface PluginRequest {
  /** A path or the name of a package. */
  readonly name: string;
  /** Absolute folder that the name is seen from. */
  readonly base: string;
  /** `file:line`, for messages. */
  readonly from: string;
}

/** What a run works with: danglint's own rules and those of plugins. */
export interface Toolbox {
  readonly rules: readonly Rule[];
  /** Those of plugins. danglint's own are loaded when a program is. */
  readonly recipes: RecipeRegistry;
  /** Folders of plugins' pages, as `file:` URLs that end with a slash. */
  readonly pages: readonly string[];
}

export const SHIPPED: Toolbox = { rules: shippedRules, recipes: new Map(), pages: [] };

/** Loads plugins in order. Throws a `UserError` for one that is missing, malformed, or takes what another one has. */
export async function loadPlugins(requests: readonly PluginRequest[]): Promise<Toolbox> {
  if (requests.length === 0) return SHIPPED;
  // Node never reads a module again: a plugin that is changed would stay as it was.
  if (caller().keeper !== null) throw new LeftToClient();
  const { recipes: shippedRecipes } = await import('@danglint/fixer');
  const taken = new Taken(SHIPPED.rules, shippedRecipes);
  const plugins = new Set<Plugin>();
  for (const request of requests) {
    const plugin = await loadOne(request);
    if (plugins.has(plugin)) continue;
    complaining(request, () => taken.add(plugin, `\`${request.name}\``));
    plugins.add(plugin);
  }
  const all = [...plugins];
  const recipes = all.flatMap((plugin) => (plugin.recipes ?? []).map(guardedRecipe));
  return {
    rules: [...SHIPPED.rules, ...all.flatMap(({ rules }) => rules.map(guardedRule))],
    recipes: new Map(recipes.map((recipe): [string, Recipe] => [recipe.name, recipe])),
    pages: all.flatMap(({ pages }) => (pages === undefined ? [] : [`${String(pages).replace(/\/$/, '')}/`])),
  };
}

async function loadOne(request: PluginRequest): Promise<Plugin> {
  const { name, base } = request;
  let module: unknown;
  try {
    module = await importFrom(base, name);
  } catch (error) {
    throw complaint(request, ...whyNot(error, name));
  }
  return complaining(request, () => pluginOf(module));
}

function complaining<T>(request: PluginRequest, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof PluginFault)) throw error;
    throw complaint(request, `is not usable: ${error.message}`, error.help);
  }
}

function complaint({ name, from }: PluginRequest, message: string, help: string | null): UserError {
  return new UserError('config', `plugin \`${name}\` ${message}`, { where: from, help });
}

/** Words for what Node says of an import that failed. */
function whyNot(error: unknown, name: string): readonly [string, string | null] {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const [message = ''] = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).split(
    '\n',
  );
  const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'ERR_UNSUPPORTED_DIR_IMPORT';
  if (!missing) return [`cannot be loaded: ${message}`, 'DANGLINT_DEBUG=1 shows a stack trace'];
  const [, wanted = ''] = /'([^']*)'/.exec(message) ?? [];
  const itself = wanted.endsWith(name.replace(/^(\.{1,2}\/)+/, ''));
  if (!itself) return [`cannot be loaded: ${message}`, 'install what it imports beside it'];
  const path = /^[./\\]|^[A-Za-z]:/.test(name);
  return path
    ? ['is not there', 'paths start at the folder of the configuration file']
    : [
        'is not installed',
        `install it where the configuration file is: npm install --save-dev ${name}; a file is named with ./ in front`,
      ];
}
