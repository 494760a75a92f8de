import { dirname } from 'node:path';
import { slashes } from '@danglint/core';
import { configFiles, isSetting, type ConfigRequest } from '../config/config.ts';
import { parseToml } from '../config/toml.ts';
import type { PluginRequest } from './load.ts';

/**
 * The plugins that a run asks for, those of extended files first. They decide which rules exist, so they are read before the
 * rest of the configuration is checked; a `plugins` that is no list of texts is left to that check.
 */
export function pluginRequests(
  request: Pick<ConfigRequest, 'start' | 'cwd' | 'options' | 'isolated'>,
): readonly PluginRequest[] {
  const files = configFiles(request).map(({ path, table, prefix, lineOf }) => {
    const line = lineOf([...prefix, 'plugins']);
    return {
      value: table['plugins'],
      base: slashes(dirname(path)),
      from: line === null ? path : `${path}:${line}`,
    };
  });
  const options = request.options.filter(isSetting).map((option) => {
    const from = `--config "${option}"`;
    return { value: parseToml(option, from).data['plugins'], base: slashes(request.cwd), from };
  });
  return [...files, ...options].flatMap(({ value, base, from }) =>
    names(value).map((name): PluginRequest => ({ name, base, from })),
  );
}

function names(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}
