import { dirname, resolve } from 'node:path';
import { slashes } from '@danglint/core';
import { UserError } from '../errors.ts';
import { codeBaseLayer } from './code-base.ts';
import { type ConfigFile, extendedConfig, findConfig, namedConfig } from './files.ts';
import { type Layer, readLayer } from './layer.ts';
import type { Key } from './key.ts';
import { KEYS } from './table.ts';
import { parseToml } from './toml.ts';
import type { ReadContext } from './value.ts';
import { versionFault } from './version-range.ts';

/** What decides which settings hold. */
export interface ConfigRequest {
  /** Absolute folder of the first path. */
  readonly start: string;
  readonly cwd: string;
  /** `--config` options: a file, or `key = value`. */
  readonly options: readonly string[];
  readonly isolated: boolean;
  /** Flags and environment variables that set the same things; strongest of all. */
  readonly overrides: (context: ReadContext) => readonly Layer[];
  readonly rules: Pick<ReadContext, 'ruleNames' | 'selectorFault'>;
  readonly version: string;
}

/** Settings of a run, from weakest to strongest: defaults, what the code base asks for, extended files, the file, `--config key = value`, flags. */
export class Config {
  /** The configuration file; null when there is none. */
  readonly file: string | null;
  /** That file and those that it extends, weakest first. */
  readonly files: readonly string[];
  readonly #layers: readonly Layer[];

  constructor(files: readonly string[], layers: readonly Layer[]) {
    this.file = files.at(-1) ?? null;
    this.files = files;
    this.#layers = layers;
  }

  get<T>(key: Key<T>): T {
    let value = key.default;
    for (const layer of this.#layers) {
      const entry = layer.entries.get(key.path);
      if (startsOver(layer, key.path)) value = key.default;
      if (entry === undefined) continue;
      const read = key.type.read(entry.value, layer.context);
      if (!read.ok) throw new Error(`unchecked value of ${key.path}: ${read.fault.message}`);
      value = key.type.join?.(value, read.value) ?? read.value;
    }
    return value;
  }

  /** Where the value of a setting comes from. */
  from(path: string): string {
    return this.#layers.findLast(({ entries }) => entries.has(path))?.entries.get(path)?.from ?? 'default';
  }
}

/** `select` drops what weaker sources say about the choice of rules, as in ruff. */
function startsOver(layer: Layer, path: string): boolean {
  return (
    (path === KEYS.ignore.path || path === KEYS.extendSelect.path) && layer.entries.has(KEYS.select.path)
  );
}

export function loadConfig(request: ConfigRequest): Config {
  const files = configFiles(request);
  const base = namedFile(request) === undefined ? null : request.cwd;
  const layers = files.map((file) => fileLayer(file, request, base));
  const context = { ...request.rules, base: slashes(request.cwd) };
  const codeBase = codeBaseLayer(request.start, context);
  const settings = request.options.filter(isSetting).map((option) => settingLayer(option, context));
  const config = new Config(
    files.map(({ path }) => path),
    [...(codeBase === null ? [] : [codeBase]), ...layers, ...settings, ...request.overrides(context)],
  );
  const fault = versionFault(config.get(KEYS.requiredVersion), request.version);
  if (fault !== null) throw new UserError('config', fault, { where: config.from(KEYS.requiredVersion.path) });
  return config;
}

type Sources = Pick<ConfigRequest, 'start' | 'cwd' | 'options' | 'isolated'>;

/** The configuration file and those it extends, weakest first; empty when there is none. */
export function configFiles(sources: Sources): readonly ConfigFile[] {
  const files: ConfigFile[] = [];
  for (let at = pickFile(sources, namedFile(sources)); at !== null; ) {
    const { path, table }: ConfigFile = at;
    if (files.some((file) => file.path === path))
      throw new UserError('config', '`extend` leads in a circle', { where: path });
    files.unshift(at);
    const extend = table['extend'];
    at = typeof extend === 'string' && extend !== '' ? extendedConfig(at, extend) : null;
  }
  return files;
}

/** The file that `--config` names. */
function namedFile({ options }: Sources): string | undefined {
  const named = options.filter((option) => !isSetting(option));
  if (named.length > 1) {
    throw new UserError('usage', '`--config` names more than one file', { where: named.join(', ') });
  }
  return named[0];
}

function pickFile({ start, cwd, isolated }: Sources, path: string | undefined): ConfigFile | null {
  if (path !== undefined) return namedConfig(slashes(resolve(cwd, path)));
  return isolated ? null : findConfig(start);
}

/** `base`: where globs start instead of at the file's folder. */
function fileLayer(
  { path, table, prefix, lineOf }: ConfigFile,
  { rules }: ConfigRequest,
  base: string | null,
): Layer {
  const context = { ...rules, base: slashes(base ?? dirname(path)) };
  return readLayer(table, prefix, context, (key) => {
    const line = lineOf(key);
    return line === null ? path : `${path}:${line}`;
  });
}

/** True for `key = value`, false for the name of a file. */
export function isSetting(option: string): boolean {
  return /^\s*[A-Za-z][\w.-]*\s*=/.test(option);
}

function settingLayer(option: string, context: ReadContext): Layer {
  const from = `--config "${option}"`;
  const { data } = parseToml(option, from);
  return readLayer(data, [], context, () => from);
}
