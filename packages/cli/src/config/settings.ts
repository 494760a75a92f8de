import {
  below,
  type FixSettings,
  type FrameworkOptions,
  type PathPattern,
  pathMatcher,
  type RuleMeta,
  type Severity,
} from '@danglint/core';
import { frameworkOf, type Preset, presets as shipped, severitiesOf } from '@danglint/rules';
import type { FormatName } from '../format/names.ts';
import type { Catalog } from '../rules/catalog.ts';
import type { Config } from './config.ts';
import { KEYS } from './table.ts';

/** What the settings of a run come to. */
export interface Settings {
  readonly exclude: readonly PathPattern[];
  /** Absolute folders that imports start from, beside those that the tree gives away. */
  readonly src: readonly string[];
  readonly gitignore: boolean;
  readonly forceExclude: boolean;
  readonly cacheDir: string;
  readonly cacheStrategy: 'metadata' | 'content';
  readonly outputFormat: FormatName;
  readonly fix: boolean;
  readonly unsafeFixes: boolean;
  readonly showFixes: boolean;
  /** By rule id: what `SessionOptions.severities` wants. Rules that are not selected are `ignore`. */
  readonly severities: ReadonlyMap<string, Severity | 'ignore'>;
  /** By rule id: what `SessionOptions.refused` wants: rules that `ignore` or `rules` switches off. */
  readonly refused: ReadonlySet<string>;
  readonly fixPolicy: FixPolicy;
  /** True when a rule is switched off for a file (absolute path). */
  readonly ignoredIn: (path: string, code: string) => boolean;
  readonly framework: FrameworkOptions;
  readonly fixSettings: FixSettings;
}

/** Which fixes may be applied, by the code of the rule, and what the project vouches for. */
export interface FixPolicy {
  readonly fixable: (code: string) => boolean;
  /** `safe`: unsafe fixes count as safe; `unsafe`: the other way round; null: as they say. */
  readonly vouched: (code: string) => 'safe' | 'unsafe' | null;
}

export function resolveSettings(config: Config, catalog: Catalog): Settings {
  return {
    exclude: [...config.get(KEYS.exclude), ...config.get(KEYS.extendExclude)],
    src: config.get(KEYS.src),
    gitignore: config.get(KEYS.respectGitignore),
    forceExclude: config.get(KEYS.forceExclude),
    cacheDir: config.get(KEYS.cacheDir),
    cacheStrategy: config.get(KEYS.cacheStrategy),
    outputFormat: config.get(KEYS.outputFormat),
    fix: config.get(KEYS.apply),
    unsafeFixes: config.get(KEYS.unsafeFixes),
    showFixes: config.get(KEYS.showFixes),
    severities: severities(config, catalog),
    refused: refused(config, catalog),
    fixPolicy: fixPolicy(config, catalog),
    ignoredIn: perFileIgnores(config, catalog),
    framework: framework(config),
    fixSettings: fixSettings(config),
  };
}

const SEVERITY = { error: 'error', warn: 'warning', info: 'info', ignore: 'ignore' } as const;

function severities(config: Config, catalog: Catalog): ReadonlyMap<string, Severity | 'ignore'> {
  const select = [...config.get(KEYS.select), ...config.get(KEYS.extendSelect)];
  const ignore = config.get(KEYS.ignore);
  const result = new Map(severitiesOf(presetsOf(config)));
  for (const meta of catalog.metas) {
    const selected = best(select, meta, catalog);
    const ignored = best(ignore, meta, catalog);
    const meta9 = meta.code.startsWith('DNE9');
    if (ignored >= Math.max(selected, 0) || (selected < 0 && !meta9)) result.set(meta.id, 'ignore');
  }
  for (const [name, severity] of config.get(KEYS.rules)) {
    const id = catalog.find(name)?.id;
    if (id !== undefined && result.get(id) !== 'ignore') result.set(id, SEVERITY[severity]);
  }
  return result;
}

/** Switched off by name or by a part of their code; a rule that nobody selected, or that `ALL` stands for, is not refused. */
function refused(config: Config, catalog: Catalog): ReadonlySet<string> {
  const select = [...config.get(KEYS.select), ...config.get(KEYS.extendSelect)];
  const off = config.get(KEYS.rules).flatMap(([name, severity]) => (severity === 'ignore' ? [name] : []));
  const metas = catalog.metas.filter((meta) => {
    const ignored = best(config.get(KEYS.ignore), meta, catalog);
    return (
      (ignored > 0 && ignored >= best(select, meta, catalog)) ||
      off.some((name) => catalog.find(name) === meta)
    );
  });
  return new Set(metas.map(({ id }) => id));
}

function best(selectors: readonly string[], meta: RuleMeta, catalog: Catalog): number {
  return Math.max(-1, ...selectors.map((selector) => catalog.weight(selector, meta)));
}

function fixPolicy(config: Config, catalog: Catalog): FixPolicy {
  const among = (selectors: readonly string[]) => {
    const codes = new Set(
      catalog.metas.filter((meta) => catalog.matches(selectors, meta)).map(({ code }) => code),
    );
    return (code: string): boolean => codes.has(code);
  };
  const fixable = among(config.get(KEYS.fixable));
  const unfixable = among(config.get(KEYS.unfixable));
  const safe = among(config.get(KEYS.extendSafeFixes));
  const unsafe = among(config.get(KEYS.extendUnsafeFixes));
  return {
    fixable: (code) => fixable(code) && !unfixable(code),
    vouched: (code) => (unsafe(code) ? 'unsafe' : safe(code) ? 'safe' : null),
  };
}

function perFileIgnores(config: Config, catalog: Catalog): Settings['ignoredIn'] {
  const entries = config.get(KEYS.perFileIgnores).map(([{ pattern, base }, selectors]) => {
    const negated = pattern.startsWith('!');
    const matches = pathMatcher([{ pattern: negated ? pattern.slice(1) : pattern, base }]);
    const applies = (path: string): boolean =>
      negated ? below(base, path) && !matches(path) : matches(path);
    return { applies, selectors };
  });
  return (path, code) => {
    const meta = catalog.find(code);
    return (
      meta !== null &&
      entries.some(({ applies, selectors }) => catalog.matches(selectors, meta) && applies(path))
    );
  };
}

function presetsOf(config: Config): readonly Preset[] {
  return config.get(KEYS.presets).flatMap((name) => shipped.get(name) ?? []);
}

function framework(config: Config): FrameworkOptions {
  return frameworkOf(presetsOf(config), {
    lookupMethods: config.get(KEYS.lookupMethods),
    managerNames: config.get(KEYS.managerNames),
    baseModels: config.get(KEYS.baseModels),
    taskDecorators: config.get(KEYS.taskDecorators),
    externalIdSources: config.get(KEYS.externalIdSources),
    handledBy: config.get(KEYS.handledBy),
    raises: config.get(KEYS.raises),
    exemptPaths: config.get(KEYS.exemptPaths).map(({ pattern }) => pattern),
    domains: config.get(KEYS.domains).map(({ name, models, paths, severity }) => ({
      name,
      models,
      paths: paths.map(({ pattern }) => pattern),
      severity: severity === null || severity === 'ignore' ? severity : SEVERITY[severity],
    })),
    presets: config.get(KEYS.presets),
  });
}

function fixSettings(config: Config): FixSettings {
  const lineLength = config.get(KEYS.lineLength);
  return {
    style: config.get(KEYS.style),
    logger: config.get(KEYS.logger),
    logLevel: config.get(KEYS.logLevel),
    logKey: config.get(KEYS.logKey),
    notFound: config.get(KEYS.notFound),
    loop: config.get(KEYS.loop),
    ...(lineLength > 0 ? { lineLength } : {}),
  };
}
