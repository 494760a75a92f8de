import { resolve } from 'node:path';
import {
  below,
  type Discovered,
  diskHost,
  discover,
  leavesOut,
  type FileHost,
  relativeTo,
  Session,
  type SessionOptions,
  type Shortcut,
  SHORTCUTS,
  slashes,
} from '@danglint/core';
import type { CommandInput } from '../args/commands.ts';
import type { Flag } from '../args/flag.ts';
import { overrideLayer } from '../args/overrides.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { lineLengthIn } from '../config/line-length.ts';
import { resolveSettings, type Settings } from '../config/settings.ts';
import { UserError } from '../errors.ts';
import { caller } from '../output/caller.ts';
import type { Log } from '../output/log.ts';
import type { Profile } from '../output/profile.ts';
import { loadPlugins, type Toolbox } from '../plugins/load.ts';
import { pluginRequests } from '../plugins/requests.ts';
import { Catalog } from '../rules/catalog.ts';
import { version } from '../version.ts';
import { testExpectations } from './expectations.ts';
import { repositoryTop } from './repository-top.ts';
import { nearestFolder, projectRoot } from './root.ts';

/** A program to analyse: its settings and its files. */
export interface Project {
  readonly root: string;
  readonly cwd: string;
  /** Whether all of the program was read, not just what the paths name. */
  readonly whole: boolean;
  /** What reports for a repository's host name files from. */
  readonly top: string;
  readonly config: Config;
  readonly settings: Settings;
  readonly catalog: Catalog;
  readonly toolbox: Toolbox;
  readonly found: Discovered;
  /** What is reported on: the files that the paths name, and paths that could not be read. */
  readonly targets: ReadonlySet<string>;
  readonly host: FileHost;
  /** Paths whose text does not come from the disk. */
  readonly given: ReadonlySet<string>;
}

/** The text that comes from standard input in place of a file. */
export interface StdinFile {
  readonly name: string | null;
  readonly bytes: Uint8Array;
}

/** Finds configuration, plugins, root and files for the given paths. Throws a `UserError` for a bad configuration. */
export async function openProject(
  input: CommandInput,
  flags: readonly Flag[],
  stdin: StdinFile | null = null,
): Promise<Project> {
  const { args, env } = input;
  const cwd = slashes(input.cwd);
  const operands = stdin === null ? input.operands : [stdin.name ?? '<stdin>'];
  const paths = (operands.length === 0 ? ['.'] : operands).map((path) => slashes(resolve(cwd, path)));
  const sources = {
    start: nearestFolder(paths[0] ?? cwd),
    cwd,
    options: args.each('config'),
    isolated: args.on('isolated'),
  };
  const toolbox = await loadPlugins(pluginRequests(sources));
  const catalog = new Catalog(toolbox.rules.map(({ meta }) => meta));
  const config = loadConfig({
    ...sources,
    overrides: (context) => [overrideLayer(flags, args, env, context)],
    rules: { ruleNames: () => catalog.names(), selectorFault: (selector) => catalog.selectorFault(selector) },
    version: version(),
  });
  const settings = resolveSettings(config, catalog);
  const { root, programs } = projectRoot(paths, args.each('config').length > 0 ? null : config.file);
  const request = {
    root,
    exclude: settings.exclude,
    gitignore: settings.gitignore,
    forceExclude: settings.forceExclude,
  };
  const whole = programs.length > 0;
  const top = repositoryTop(root, cwd, env);
  const common = { root, cwd, whole, top, config, settings, catalog, toolbox };
  if (stdin !== null) return { ...common, ...stdinFiles(stdin, paths[0] ?? cwd, { ...request, programs }) };
  const found = discover({ ...request, paths, programs });
  const faults = new Map(found.faults.map(({ path, message }) => [path, message]));
  const targets = new Set([...found.targets, ...faults.keys()]);
  return { ...common, found, targets, host: hostOf(root, faults, new Map()), given: new Set(faults.keys()) };
}

type Request = Omit<Parameters<typeof discover>[0], 'paths'>;

/** The program around a text from standard input: its name decides which project it belongs to. */
function stdinFiles(
  stdin: StdinFile,
  path: string,
  request: Request,
): Pick<Project, 'found' | 'targets' | 'host' | 'given'> {
  const named = stdin.name !== null;
  const found = discover({ ...request, paths: [], programs: named ? request.programs : [] });
  const own = named ? relativeTo(request.root, path) : '<stdin>';
  const excluded = named && request.forceExclude && leavesOut(request, path, 'file');
  const files = new Set([...found.files, ...(excluded ? [] : [own])]);
  return {
    found: { ...found, files: [...files].sort(), faults: [] },
    targets: new Set(excluded ? [] : [own]),
    host: hostOf(request.root, new Map(), new Map([[own, stdin.bytes]])),
    given: new Set([own]),
  };
}

/** The disk, with some texts replaced and some paths known to fail. */
function hostOf(
  root: string,
  faults: ReadonlyMap<string, string>,
  overlay: ReadonlyMap<string, Uint8Array>,
): FileHost {
  const disk = diskHost(root);
  return {
    read(path) {
      const message = faults.get(path);
      if (message !== undefined) return { ok: false, message };
      const bytes = overlay.get(path);
      return bytes === undefined ? disk.read(path) : { ok: true, bytes };
    },
  };
}

/** Folders below the root, as core names them. */
function sourceRoots(root: string, src: readonly string[]): readonly string[] {
  return src.filter((path) => below(root, path)).map((path) => (path === root ? '' : relativeTo(root, path)));
}

/** What a session of a project stands on, beside its files. */
export function sessionOptions(
  project: Pick<Project, 'settings' | 'root' | 'toolbox' | 'found' | 'host'>,
  { suppressions = true, readOnly = false, profile = null, without = new Set() }: LoadOptions = {},
): Omit<SessionOptions, 'files'> {
  const { settings, root, toolbox } = project;
  const { rules, recipes } = toolbox;
  return {
    rules: profile?.rules(rules) ?? rules,
    recipes: profile?.recipes(recipes) ?? recipes,
    severities: settings.severities,
    refused: settings.refused,
    fix: settings.fixSettings,
    lineLength: lineLengthIn(root),
    framework: { ...settings.framework, sourceRoots: sourceRoots(root, settings.src) },
    expectations: testExpectations(project),
    suppressions,
    readOnly,
    without,
  };
}

/** How a program is loaded. */
export interface LoadOptions {
  /** False: comments keep no finding quiet. */
  readonly suppressions?: boolean;
  /** True: nothing is fixed or updated. */
  readonly readOnly?: boolean;
  /** Shortcuts that are not taken. */
  readonly without?: ReadonlySet<Shortcut>;
  /** Measures rules and recipes. */
  readonly profile?: Profile | null;
}

/** Loads the program; where it is kept between runs, what has changed of it. */
export async function openSession(project: Project, log: Log, options: LoadOptions = {}): Promise<Session> {
  const { host, found } = project;
  const paths = [...found.files, ...found.faults.map(({ path }) => path)];
  const { keeper } = caller();
  if (keeper !== null) return keeper.session(project, paths, sessionOptions(project, options));
  const session = await Session.create({ files: host, ...sessionOptions(project, options) });
  const profile = options.profile ?? null;
  const load = (): Promise<void> => session.load(paths, (progress) => log.progress(progress));
  await (profile?.loading(load) ?? load());
  log.progressDone();
  profile?.judging(session);
  log.verbose(`${project.root}: ${paths.length} files loaded`);
  return session;
}

/**
 * The shortcuts that `DANGLINT_WITHOUT` switches off, for those who work on danglint. Throws a `UserError` for one that is none.
 */
export function withoutOf(env: CommandInput['env']): ReadonlySet<Shortcut> {
  const names = (env['DANGLINT_WITHOUT'] ?? '').split(',').filter((name) => name !== '');
  return new Set(
    names.map((name) => {
      const found = SHORTCUTS.find((shortcut) => shortcut === name);
      if (found !== undefined) return found;
      throw new UserError('usage', `DANGLINT_WITHOUT: "${name}" is none of ${SHORTCUTS.join(', ')}`);
    }),
  );
}
