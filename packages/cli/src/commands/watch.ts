import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { relativeTo, slashes } from '@danglint/core';
import type { CommandInput } from '../args/commands.ts';
import { CONFIG_NAMES } from '../config/files.ts';
import { DEFAULT_BASELINE } from '../config/keys-general.ts';
import { UserError } from '../errors.ts';
import type { Outcome } from '../exit.ts';
import { count } from '../format/text.ts';
import { absolutePath } from '../format/view.ts';
import { printError } from '../output/streams.ts';
import { Watcher } from '../project/watcher.ts';
import { type Checking, prepare } from './checking.ts';
import type { CheckFlags } from './check-flags.ts';
import { baselinePath } from './baseline.ts';
import { beforeNow, changesNow } from './narrow.ts';
import { clearScreen, drawAll, drawSave, type Drawn } from './watch-screen.ts';

/** Files beside the program that decide what is reported. */
const DECIDING: ReadonlySet<string> = new Set([...CONFIG_NAMES, DEFAULT_BASELINE, '.gitignore']);

/** `--watch`: reports, and again after every save, until it is interrupted. */
export async function runWatch(input: CommandInput, flags: CheckFlags): Promise<Outcome> {
  const watcher = new Watcher();
  let last: Watched | null = null;
  let folders = configFolders(input.cwd);
  let changed: ReadonlySet<string> = new Set();
  for (;;) {
    const started = Date.now();
    const now = folders;
    const hasNews = (): boolean => [...watcher.pending].some((path) => matters(path, now));
    const checked = await checkOnce(input, flags, last, { changed, hasNews });
    last = checked.watched;
    folders = new Set([...configFolders(input.cwd), ...(last === null ? folders : foldersOf(last.checking))]);
    const { added, failed } = watcher.watch(folders);
    if (failed.length > 0)
      printError(
        `danglint: warning: ${count(failed.length, 'folder')} cannot be watched: ${failed[0] ?? ''}\n`,
      );
    if (checked.last !== null) printError(`${checked.last}\n`);
    const missed = savedMeanwhile(last?.checking ?? null, added, started);
    changed = missed.size > 0 ? missed : await relevant(watcher, folders);
  }
}

/** A program, and what of it stands on the screen. */
interface Watched {
  readonly checking: Checking;
  readonly drawn: Drawn;
}

/** What one report came to. */
interface Checked {
  /** Null: something has to be mended first. */
  readonly watched: Watched | null;
  /** The last line, to be printed once everything is watched. */
  readonly last: string | null;
}

/** What was saved, and whether more was since. */
interface News {
  readonly changed: ReadonlySet<string>;
  readonly hasNews: () => boolean;
}

async function checkOnce(
  input: CommandInput,
  flags: CheckFlags,
  before: Watched | null,
  news: News,
): Promise<Checked> {
  const start = performance.now();
  try {
    const watched = await drawn(input, flags, before, { ...news, start });
    const time = Math.round(performance.now() - start);
    const files = count(watched.checking.session.paths().length, 'file');
    const loud = flags.level === 'normal' || flags.level === 'verbose';
    return {
      watched,
      last: loud && watched.drawn.complete ? `${time} ms. Watching ${files}; Ctrl-C stops.` : null,
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await clearScreen();
    printError(`${error.lines(input.cwd).join('\n')}\n`);
    return { watched: null, last: 'Waiting until it is mended; Ctrl-C stops.' };
  }
}

async function drawn(
  input: CommandInput,
  flags: CheckFlags,
  before: Watched | null,
  { changed, hasNews, start }: News & { readonly start: number },
): Promise<Watched> {
  const again = before === null ? null : await refreshed(before.checking, changed);
  if (before === null || again === null) {
    const checking = await prepare(input, flags);
    await clearScreen();
    return { checking, drawn: await drawAll(checking) };
  }
  const { root } = again.project;
  const own = new Set([...changed].map((path) => relativeTo(root, path)));
  const save = { checking: again, changed: own, before: before.drawn, start, hasNews };
  return { checking: again, drawn: await drawSave(save) };
}

/** Files of folders that were not watched yet, saved after the check had begun: nobody told of them. */
function savedMeanwhile(
  checking: Checking | null,
  added: readonly string[],
  started: number,
): ReadonlySet<string> {
  const folders = new Set(added);
  const sources = checking?.session.paths().map((path) => absolutePath(checking.project.root, path)) ?? [];
  const deciding = added.flatMap((folder) => [...DECIDING].map((name) => `${folder}/${name}`));
  return new Set(
    [...sources, ...deciding].filter((path) => {
      if (!folders.has(slashes(dirname(path)))) return false;
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats !== undefined && stats.mtimeMs > started;
    }),
  );
}

/** Waits for a change that can matter. */
async function relevant(watcher: Watcher, folders: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  for (;;) {
    const changed = await watcher.next();
    const some = [...changed].filter((path) => matters(path, folders));
    if (some.length > 0) return new Set(some);
  }
}

/** Sources, data, what decides about findings, and names that may be folders. */
function matters(path: string, folders: ReadonlySet<string>): boolean {
  if (folders.has(path)) return true;
  const name = basename(path);
  return /\.(?:pyi?|json)$/.test(name) || DECIDING.has(name) || !name.includes('.');
}

/** The same program with changed files read again; null when it has to be looked for anew. */
async function refreshed(checking: Checking, changed: ReadonlySet<string>): Promise<Checking | null> {
  const { session, project, flags } = checking;
  const known = new Set(session.paths());
  const updates: (readonly [string, Uint8Array])[] = [];
  for (const path of changed) {
    const own = relativeTo(project.root, path);
    if (!known.has(own)) {
      if (path.endsWith('.py') ? existsSync(path) : deciding(path, checking)) return null;
      if (isFolderOf(path, own, known)) return null;
      continue;
    }
    try {
      updates.push([own, readFileSync(path)]);
    } catch {
      return null;
    }
  }
  for (const [path, bytes] of updates) session.update(path, bytes);
  const changes = changesNow(project, flags);
  return { ...checking, changes, before: await beforeNow(project, session, changes) };
}

/** Whether a folder is there now, or files of the program were in it: editors write files without a suffix for a moment. */
function isFolderOf(path: string, own: string, known: ReadonlySet<string>): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats !== undefined) return stats.isDirectory();
  return [...known].some((file) => file.startsWith(`${own}/`));
}

function deciding(path: string, { project }: Checking): boolean {
  return DECIDING.has(basename(path)) || path === baselinePath(project) || path === project.config.file;
}

/** The folders of the program's files, and those above them, where new ones may appear. */
function foldersOf({ project, session }: Checking): ReadonlySet<string> {
  const folders = new Set([project.root]);
  for (const path of session.paths()) {
    let at = slashes(dirname(absolutePath(project.root, path)));
    while (!folders.has(at) && at.startsWith(`${project.root}/`)) {
      folders.add(at);
      at = slashes(dirname(at));
    }
  }
  const baseline = baselinePath(project);
  if (baseline !== null && existsSync(dirname(baseline))) folders.add(slashes(dirname(baseline)));
  return folders;
}

/** Where a configuration that is broken may be mended. */
function configFolders(cwd: string): ReadonlySet<string> {
  const folders = new Set([slashes(cwd)]);
  for (let at = slashes(cwd); ; at = slashes(dirname(at))) {
    if (CONFIG_NAMES.some((name) => existsSync(`${at}/${name}`))) folders.add(at);
    if (slashes(dirname(at)) === at) return folders;
  }
}
