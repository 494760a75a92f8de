import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { errorCode, ioMessage, slashes } from '@danglint/core';
import { UserError } from '../errors.ts';
import { parseToml, type TomlDocument } from './toml.ts';
import { isTable } from './value.ts';

/** A configuration file with the table that is ours. */
export interface ConfigFile {
  /** Absolute, forward slashes. */
  readonly path: string;
  readonly table: Readonly<Record<string, unknown>>;
  /** Path of `table` in the file: empty, or `tool`, `danglint`. */
  readonly prefix: readonly string[];
  readonly lineOf: TomlDocument['lineOf'];
}

/** Names of configuration files; in one folder the first one counts. */
export const CONFIG_NAMES: readonly string[] = ['.danglint.toml', 'danglint.toml', 'pyproject.toml'];

/** The nearest configuration file in `folder` or above it. A pyproject.toml without our table is passed over. */
export function findConfig(folder: string): ConfigFile | null {
  for (let at = folder; ; at = dirname(at)) {
    for (const name of CONFIG_NAMES) {
      const path = slashes(join(at, name));
      if (!isFile(path)) continue;
      const file = readConfig(path, name === 'pyproject.toml');
      if (file !== null) return file;
    }
    if (dirname(at) === at) return null;
  }
}

/** Reads a file that was named. A pyproject.toml must have our table. */
export function namedConfig(path: string): ConfigFile {
  const file = readConfig(path, false);
  if (file === null) throw new UserError('config', 'no such table: [tool.danglint]', { where: path });
  return file;
}

/** Null only for a pyproject.toml without our table. `lenient`: one that cannot be ours may be broken. */
function readConfig(path: string, lenient: boolean): ConfigFile | null {
  const text = readText(path);
  const pyproject = path.endsWith('pyproject.toml');
  if (lenient && pyproject && !text.includes('danglint')) return null;
  const { data, lineOf } = parseToml(text, path);
  if (!pyproject) return { path, table: data, prefix: [], lineOf };
  const tool = data['tool'];
  const table = isTable(tool) ? tool['danglint'] : undefined;
  return isTable(table) ? { path, table, prefix: ['tool', 'danglint'], lineOf } : null;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\u{feff}/u, '');
  } catch (error) {
    const help =
      errorCode(error) === 'ENOENT' ? 'check the path; `--isolated` runs without a configuration' : null;
    throw new UserError('config', `configuration file cannot be read: ${ioMessage(error)}`, {
      where: path,
      help,
    });
  }
}

/** The file that `extend` names in a file. One that is not there is a fault of the file that names it. */
export function extendedConfig(file: ConfigFile, extend: string): ConfigFile {
  const home = extend.replace(/^~(?=\/|\\|$)/, homedir());
  const path = slashes(isAbsolute(home) ? home : join(dirname(file.path), home));
  if (!path.includes('\0') && existsSync(path)) return namedConfig(path);
  const line = file.lineOf([...file.prefix, 'extend']);
  throw new UserError('config', `\`extend\`: no such file: ${path}`, {
    where: line === null ? file.path : `${file.path}:${line}`,
  });
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
