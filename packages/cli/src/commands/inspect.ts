import type { Judgement, Session } from '@danglint/core';
import type { CommandInput } from '../args/commands.ts';
import { ANALYSIS_FLAGS } from '../args/flags.ts';
import type { SkippedFix } from '@danglint/fixer';
import { remainingFixes, shownChanges } from '../fix/fixing.ts';
import { type Colors, colors, wantsColor } from '../format/colors.ts';
import { View } from '../format/view.ts';
import { caller } from '../output/caller.ts';
import { Log } from '../output/log.ts';
import { openProject, type Project } from '../project/project.ts';
import { type LoadOptions, openSession } from '../project/session.ts';
import { colorChoice, levelOf } from './check-flags.ts';
import { commentOn } from './quiet.ts';

/** A loaded program, for commands that show what the analysis knows. */
export interface Inspection {
  readonly project: Project;
  readonly session: Session;
  readonly view: View;
  readonly log: Log;
  readonly colors: Colors;
  /** Lookups in the given paths. */
  readonly judgements: readonly Judgement[];
}

/** Loads the program around the paths that a command was given. */
export async function inspect(input: CommandInput, options: LoadOptions = {}): Promise<Inspection> {
  const log = new Log(levelOf(input.args));
  const project = await openProject(input, ANALYSIS_FLAGS);
  const session = await openSession(project, log, { ...options, readOnly: true });
  const view = viewOf(project, session);
  const judgements = session.judgements(project.targets);
  const painted = wantsColor(colorChoice(input.args), input.env, caller().stdout.isTTY);
  return { project, session, view, log, judgements, colors: colors(painted) };
}

/** Names, places and fixes of a session's reports; `skipped`: fixes that this run took back. */
export function viewOf(project: Project, session: Session, skipped: readonly SkippedFix[] = []): View {
  return new View({
    root: project.root,
    cwd: project.cwd,
    top: project.top,
    source: (path) => session.source(path),
    url: (code) => project.catalog.find(code)?.docs ?? '',
    fixes: (report) => {
      const text = session.source(report.path)?.text.slice(report.span.start, report.span.end) ?? '';
      return remainingFixes(report, project.settings.fixPolicy, skipped, text);
    },
    unsafeFixes: project.settings.unsafeFixes,
    changes: (report, fix) => shownChanges(session, report, fix),
    // Findings that a comment keeps quiet are none, so only `--ignore-noqa` has any.
    suppressed: (report) => commentOn(session, report)?.reason ?? null,
  });
}
