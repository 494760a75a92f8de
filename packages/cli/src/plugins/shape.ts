import type { Draft, Plugin, Recipe, Rule, RuleMeta } from '@danglint/core';
import { isTable } from '../config/value.ts';
import { fail } from './fault.ts';

type Table = Readonly<Record<string, unknown>>;

const SEVERITIES: readonly unknown[] = ['error', 'warning', 'info'];
const FIXES: readonly unknown[] = ['always', 'sometimes', 'none'];

/** The plugin that a module exports. Throws a `PluginFault` for anything that is not one. */
export function pluginOf(module: unknown): Plugin {
  const exported = isTable(module) ? module['default'] : undefined;
  if (!isTable(exported))
    fail(
      'its module has no plugin as default export',
      'export default definePlugin({ name: "acme", rules: [...] })',
    );
  if (!isPlugin(exported)) fail('its default export is no plugin');
  return exported;
}

function isPlugin(value: Table): value is Table & Plugin {
  const { name, rules, recipes, pages } = value;
  if (!isText(name)) fail('its `name` is missing', 'definePlugin({ name: "acme", rules: [...] })');
  if (!Array.isArray(rules)) fail('its `rules` are no list', 'definePlugin({ name: "acme", rules: [...] })');
  for (const [i, rule] of rules.entries()) checkRule(rule, `rule ${i + 1}`);
  if (recipes !== undefined && !Array.isArray(recipes)) fail('its `recipes` are no list');
  for (const [i, recipe] of (recipes ?? []).entries()) checkRecipe(recipe, `recipe ${i + 1}`);
  if (pages !== undefined && !isText(pages) && !(pages instanceof URL))
    fail('its `pages` are no URL', 'new URL("./docs/", import.meta.url)');
  return true;
}

function checkRule(rule: unknown, which: string): asserts rule is Rule {
  if (!isTable(rule)) fail(`${which} is no object`, 'make it with defineRule({ meta, lookup })');
  const { meta, lookup, observe } = rule;
  if (!isTable(meta)) fail(`${which} has no \`meta\``, 'make it with defineRule({ meta, lookup })');
  checkMeta(meta, isText(meta['id']) ? `rule \`${meta['id']}\`` : which);
  if (typeof lookup !== 'function')
    fail(
      `rule \`${meta.id}\` has no function \`lookup\``,
      'a rule that only observes says `lookup: () => null`',
    );
  if (observe !== undefined && typeof observe !== 'function')
    fail(`rule \`${meta.id}\`: \`observe\` is no function`);
}

function checkMeta(meta: Table, which: string): asserts meta is Table & RuleMeta {
  const { id, code, summary, since, severity, fix, origins, precedence, docs } = meta;
  const wrong = (key: string, wanted: string): never => fail(`${which}: \`meta.${key}\` is not ${wanted}`);
  if (typeof id !== 'string' || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    wrong('id', 'a name in kebab-case');
  if (typeof code !== 'string' || !/^[A-Z]{2,10}\d{3}$/.test(code))
    wrong('code', 'a prefix in capital letters and three digits, such as ACME001');
  if (!isText(summary)) wrong('summary', 'a text');
  if (!isText(since)) wrong('since', 'a version');
  if (!SEVERITIES.includes(severity)) wrong('severity', '"error", "warning" or "info"');
  if (!FIXES.includes(fix)) wrong('fix', '"always", "sometimes" or "none"');
  if (!Array.isArray(origins)) wrong('origins', 'a list (empty when the rule does not look at origins)');
  if (typeof precedence !== 'number' || !Number.isFinite(precedence)) wrong('precedence', 'a number');
  if (typeof docs !== 'string') wrong('docs', 'the address of a page');
}

function checkRecipe(recipe: unknown, which: string): asserts recipe is Recipe {
  if (!isTable(recipe)) fail(`${which} is no object`);
  const { name, pattern, build, observe } = recipe;
  if (!isText(name)) fail(`${which}: its \`name\` is missing`);
  if (!isText(pattern)) fail(`recipe \`${name}\`: its \`pattern\` is missing`);
  if (typeof build !== 'function') fail(`recipe \`${name}\` has no function \`build\``);
  if (observe !== undefined && typeof observe !== 'function')
    fail(`recipe \`${name}\`: \`observe\` is no function`);
}

/** What a rule answered, when it is a draft or null; throws for anything else. */
export function draftOf(answer: unknown): Draft | null {
  if (answer === null || answer === undefined) return null;
  if (!isDraft(answer)) throw new TypeError('the rule answered with something that is no draft');
  return answer;
}

function isDraft(value: unknown): value is Draft {
  if (!isTable(value)) return false;
  const { span, message, help, labels, recipes, severity } = value;
  return (
    isSpan(span) &&
    isText(message) &&
    (help === null || typeof help === 'string') &&
    Array.isArray(labels) &&
    labels.every((label: unknown) => isTable(label) && isText(label['path']) && isSpan(label['span'])) &&
    Array.isArray(recipes) &&
    (severity === null || SEVERITIES.includes(severity))
  );
}

function isSpan(value: unknown): boolean {
  return isTable(value) && typeof value['start'] === 'number' && typeof value['end'] === 'number';
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
