import type { Session } from '@danglint/core';
import type { CommandInput } from '../args/commands.ts';
import type { Baseline } from '../adopt/baseline-file.ts';
import type { Before } from '../adopt/before.ts';
import type { Changes } from '../adopt/changed.ts';
import { CHECK_FLAGS } from '../args/flags.ts';
import type { Outcome } from '../exit.ts';
import type { View } from '../format/view.ts';
import { Log } from '../output/log.ts';
import { Profile } from '../output/profile.ts';
import { printError } from '../output/streams.ts';
import type { Issue } from '../production/issue.ts';
import { openProject, type Project, type StdinFile } from '../project/project.ts';
import { openSession, withoutOf } from '../project/session.ts';
import { loadBaseline } from './baseline.ts';
import type { CheckFlags } from './check-flags.ts';
import { viewOf } from './inspect.ts';
import { loadProduction } from './load-production.ts';
import { tellIdleSettings } from './idle-settings.ts';
import { notes } from './notes.ts';
import { beforeNow, changesNow } from './narrow.ts';
import { report } from './report.ts';

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

/** Does what the flags ask for. */
export async function conduct(checking: Checking): Promise<Outcome> {
  const outcome = await done(checking);
  if (checking.profile !== null && checking.flags.level !== 'silent') printError(checking.profile.text());
  return outcome;
}

async function done(checking: Checking): Promise<Outcome> {
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
export async function prepared(
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
