import { shownPath } from '../format/view.ts';
import { isTable } from '../config/value.ts';
import type { Config } from '../config/config.ts';
import type { Key } from '../config/key.ts';
import { ALL_KEYS } from '../config/table.ts';
import type { Project } from '../project/project.ts';

/** Every setting as TOML, with the place that it comes from. */
export function settingsList({ config, cwd, root }: Project): string {
  const lines = [
    `# project root: ${root}`,
    `# configuration file: ${config.file === null ? 'none' : shownPath(cwd, config.file)}`,
    ...ALL_KEYS.map(
      (key) => `${key.path} = ${settingToml(key, config.get(key))}  # ${source(config, key.path, cwd)}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function source(config: Config, path: string, cwd: string): string {
  const from = config.from(path);
  return from.startsWith('/') ? shownPath(cwd, from) : from;
}

/** The value of a setting as TOML. */
export function settingToml({ type }: Pick<Key<unknown>, 'type'>, value: unknown): string {
  if (type.schema['type'] !== 'object' || !Array.isArray(value)) return toml(value);
  const entries = value.map((entry: unknown): readonly [string, unknown] => {
    const [key, item]: readonly unknown[] = Array.isArray(entry) ? entry : [];
    return [JSON.stringify(patternOf(key)), item];
  });
  return inlineTable(entries);
}

function toml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toml).join(', ')}]`;
  if (!isTable(value) || 'pattern' in value) return JSON.stringify(patternOf(value));
  return inlineTable(Object.entries(value).filter(([, member]) => member !== null));
}

function inlineTable(entries: readonly (readonly [string, unknown])[]): string {
  if (entries.length === 0) return '{}';
  return `{ ${entries.map(([key, value]) => `${key} = ${toml(value)}`).join(', ')} }`;
}

/** Globs carry the folder that they start from; only the pattern is shown. */
function patternOf(value: unknown): unknown {
  return isTable(value) && 'pattern' in value ? value['pattern'] : value;
}
