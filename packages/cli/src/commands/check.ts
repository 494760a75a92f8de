import type { Session } from '@danglint/core';
import type { CommandInput, Run } from '../args/commands.ts';
import type { Baseline } from '../adopt/baseline-file.ts';
import type { Before } from '../adopt/before.ts';
import type { Changes } from '../adopt/changed.ts';
import { answered } from '../cache/answered.ts';
import { CHECK_FLAGS } from '../args/flags.ts';
import { optimiseLess } from '../engine.ts';
import type { Outcome } from '../exit.ts';
import { absolutePath, shownPath, type View } from '../format/view.ts';
import { caller, LeftToClient } from '../output/caller.ts';
import { Log } from '../output/log.ts';
import { Profile } from '../output/profile.ts';
import { print, printError } from '../output/streams.ts';
import type { Issue } from '../production/issue.ts';
import { openProject, openSession, type Project, type StdinFile, withoutOf } from '../project/project.ts';
import { type CheckFlags, checkFlags } from './check-flags.ts';
import { viewOf } from './inspect.ts';
import { loadProduction } from './load-production.ts';
import { tellIdleSettings } from './idle-settings.ts';
import { notes } from './notes.ts';
import { beforeNow, changesNow, loadBaseline } from './narrow.ts';
import { report } from './report.ts';
import { settingsList } from './settings-list.ts';

/** One run of `check`: everything that its steps share. */
export interface Checking {
  readonly input: CommandInput;
  readonly flags: CheckFlags;
  readonly project: Project;
  readonly session: Session;
  readonly view: View;
  readonly log: Log;
  readonly stdin: StdinFile | null;
  readonly baseline: Baseline | null;
  readonly changes: Changes | null;
  readonly before: Before | null;
  readonly issues: readonly Issue[] | null;
  /** What took how long, when that was asked for. */
  readonly profile: Profile | null;
}

export const run: Run = async (input) => {
  const flags = checkFlags(input);
  if (caller().keeper !== null && (flags.watch || flags.interactive || flags.profileRules))
    throw new LeftToClient();
  if (flags.watch) {
    const { runWatch } = await import('./watch.ts');
    return runWatch(input, flags);
  }
  if (caller().keeper === null) optimiseLess();
  const stdin = flags.stdin ? { name: flags.stdinFilename, bytes: await caller().stdin() } : null;
  if (flags.showSettings || flags.showFiles) {
    const project = await openProject(input, CHECK_FLAGS, stdin);
    return list(flags.showSettings ? settingsList(project) : fileList(project));
  }
  if (flags.interactive) {
    const { runInteractive } = await import('./interactive.ts');
    return runInteractive(() => prepare(input, flags));
  }
  const project = await openProject(input, CHECK_FLAGS, stdin);
  return answered({ project, flags, input }, async (noted) => {
    const checking = await prepared(input, flags, noted, stdin);
    const outcome = await conduct(checking);
    if (checking.profile !== null && flags.level !== 'silent') printError(checking.profile.text());
    return outcome;
  });
};

async function conduct(checking: Checking): Promise<Outcome> {
  const { flags } = checking;
  if (flags.updateBaseline) {
    const { runUpdateBaseline } = await import('./write-baseline.ts');
    return runUpdateBaseline(checking);
  }
  if (flags.addIgnore !== null) {
    const { runAddIgnore } = await import('./write-ignores.ts');
    return runAddIgnore(checking, flags.addIgnore);
  }
  if (!fixes(flags, checking.project)) return report(checking);
  const { runFix } = await import('./check-fix.ts');
  return runFix(checking);
}

const fixes = (flags: CheckFlags, project: Project): boolean =>
  flags.diff || flags.fixOnly || project.settings.fix;

/** Reads configuration, program and all that decides about findings. */
export async function prepare(input: CommandInput, flags: CheckFlags): Promise<Checking> {
  return prepared(input, flags, await openProject(input, CHECK_FLAGS));
}

/** The same where the project is open already. */
async function prepared(
  input: CommandInput,
  flags: CheckFlags,
  project: Project,
  stdin: StdinFile | null = null,
): Promise<Checking> {
  const log = new Log(flags.level);
  notes(project, input, flags, log);
  const changes = changesNow(project, flags);
  const baseline = flags.updateBaseline ? null : loadBaseline(project);
  const issues = loadProduction(project, flags);
  const profile = flags.profileRules ? new Profile() : null;
  const readOnly =
    changes === null &&
    !(flags.watch || flags.interactive || flags.addIgnore !== null || fixes(flags, project));
  const session = await openSession(project, log, {
    suppressions: !flags.ignoreNoqa,
    readOnly,
    profile,
    without: withoutOf(input.env),
  });
  tellIdleSettings(project, session, log);
  const before = await beforeNow(project, session, changes);
  const view = viewOf(project, session);
  return { input, flags, project, session, log, stdin, baseline, changes, before, issues, profile, view };
}

async function list(text: string): Promise<Outcome> {
  await print(text);
  return 'clean';
}

function fileList({ found, root, cwd }: Project): string {
  return [...found.targets]
    .sort()
    .map((path) => `${shownPath(cwd, absolutePath(root, path))}\n`)
    .join('');
}
