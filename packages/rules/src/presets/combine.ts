import type { FrameworkOptions, Severity } from '@danglint/core';
import type { Preset } from './preset.ts';

/** Severities of several presets together; a later one wins. */
export function severitiesOf(presets: readonly Preset[]): ReadonlyMap<string, Severity | 'ignore'> {
  return new Map(presets.flatMap(({ severities }) => [...severities]));
}

/** Framework tables of several presets together, and those of the configuration on top. */
export function frameworkOf(presets: readonly Preset[], own: FrameworkOptions): FrameworkOptions {
  const all = (
    key: Exclude<keyof FrameworkOptions, 'presets' | 'domains' | 'sourceRoots' | 'exemptPaths'>,
  ): readonly string[] => [
    ...new Set([...presets.flatMap(({ framework }) => framework[key] ?? []), ...own[key]]),
  ];
  return {
    lookupMethods: all('lookupMethods'),
    managerNames: all('managerNames'),
    baseModels: all('baseModels'),
    taskDecorators: all('taskDecorators'),
    externalIdSources: all('externalIdSources'),
    handledBy: all('handledBy'),
    raises: all('raises'),
    exemptPaths: [
      ...presets.flatMap(({ framework }) => framework.exemptPaths ?? []),
      ...(own.exemptPaths ?? []),
    ],
    domains: [...own.domains, ...presets.flatMap(({ framework }) => framework.domains ?? [])],
    presets: own.presets,
  };
}
