import type { Run } from '../args/commands.ts';
import type { Key } from '../config/key.ts';
import { meantSetting } from '../config/meant-key.ts';
import { configSchema } from '../config/schema.ts';
import { ALL_KEYS, KEY_BY_PATH, SECTIONS } from '../config/table.ts';
import { UserError } from '../errors.ts';
import { print } from '../output/streams.ts';
import { settingToml } from './settings-list.ts';

/** Describes one setting, a section, or all. */
export const run: Run = async ({ args, operands }) => {
  const json = args.text('output-format') === 'json';
  if (args.on('schema')) {
    await print(`${JSON.stringify(configSchema(), null, 2)}\n`);
    return 'clean';
  }
  const [path] = operands;
  const keys = path === undefined ? ALL_KEYS : keysOf(path);
  if (json) await print(`${JSON.stringify(keys.map(described), null, 2)}\n`);
  else if (path === undefined) await print(`${keys.map((key) => key.path).join('\n')}\n`);
  else await print(keys.map(page).join('\n'));
  return 'clean';
};

function keysOf(path: string): readonly Key<unknown>[] {
  const key = KEY_BY_PATH.get(path);
  if (key !== undefined) return [key];
  if (SECTIONS.has(path)) return ALL_KEYS.filter((key) => key.path.startsWith(`${path}.`));
  throw new UserError('usage', `unknown setting \`${path}\``, {
    help: meantSetting(path) ?? '`danglint config` lists the settings',
  });
}

function described(key: Key<unknown>): Readonly<Record<string, unknown>> {
  return {
    key: key.path,
    type: key.type.label,
    default: settingToml(key, key.default),
    doc: key.doc,
    example: key.example,
  };
}

function page(key: Key<unknown>): string {
  const { path, doc, type, example } = key;
  return `${path}\n\n${doc}\n\nType: ${type.label}\nDefault: ${settingToml(key, key.default)}\nExample: ${example}\n`;
}
