import { resolve } from 'node:path';
import {
  type Discovered,
  diskHost,
  discover,
  leavesOut,
  type FileHost,
  relativeTo,
  slashes,
} from '@danglint/core';
import type { CommandInput } from '../args/commands.ts';
import type { Flag } from '../args/flag.ts';
import { overrideLayer } from '../args/overrides.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { resolveSettings, type Settings } from '../config/settings.ts';
import { loadPlugins, type Toolbox } from '../plugins/load.ts';
import { pluginRequests } from '../plugins/requests.ts';
import { Catalog } from '../rules/catalog.ts';
import { version } from '../version.ts';
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
