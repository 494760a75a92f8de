import type { Report, Site } from '@danglint/core';
import type { Candidate } from './candidate.ts';
import type { Gain } from './findings.ts';
import type { Workspace } from './workspace.ts';

/** What is wrong with a change, and where: fixes that touch the place are suspected first. */
export interface Problem {
  readonly path: string;
  /** Null when the whole file is concerned. */
  readonly function: string | null;
  readonly reason: string;
  /** The fixes that this comes from beyond doubt, each with its own reason. */
  readonly blamed?: readonly Blame[];
}

export interface Blame {
  readonly candidate: Candidate;
  readonly reason: string;
}

/** A fixed file may grow to this many times its size, and by this many characters; beyond that something feeds on itself. */
const GROWTH = 3;
const GROWTH_FLOOR = 20_000;

/** What can be said before a change is applied. */
export function textProblem(
  workspace: Workspace,
  texts: ReadonlyMap<string, string>,
  rulesOf: (path: string) => string,
): Problem | null {
  for (const [path, text] of texts) {
    const original = workspace.original(path)?.text ?? '';
    const problem = (reason: string): Problem => ({ path, function: null, reason });
    if (text.length > original.length * GROWTH + GROWTH_FLOOR)
      return problem('the file keeps growing with each pass');
    if (workspace.earlier(path).includes(text)) return problem(`fixes undo each other: ${rulesOf(path)}`);
    if (!workspace.encodable(path, text)) return problem("the file's encoding has no such character");
  }
  return null;
}

/** New syntax errors, to Python or to the grammar; to be asked once the change is applied. `before` holds the counts of the unchanged files. */
export function syntaxProblem(workspace: Workspace, before: ReadonlyMap<string, number>): Problem | null {
  for (const [path, count] of before) {
    if (workspace.faults(path) > count) {
      return {
        path,
        function: null,
        reason: 'the fixed file would not be valid Python (please report this)',
      };
    }
  }
  return null;
}

/** New findings, to be asked while the change is applied: who brought them is read from the changed code. */
export function gainProblem(
  workspace: Workspace,
  gained: readonly Gain[],
  fixes: readonly Candidate[],
): Problem | null {
  const [first] = gained;
  if (first === undefined) return null;
  const blamed = new Map<Candidate, string>();
  for (const gain of gained) {
    const culprits = fixes.filter((candidate) => brought(workspace, candidate, gain));
    if (culprits.length === 1)
      for (const culprit of culprits) if (!blamed.has(culprit)) blamed.set(culprit, reasonOf(gain));
  }
  return {
    path: first.path,
    function: first.function,
    reason: reasonOf(first),
    blamed: [...blamed].map(([candidate, reason]) => ({ candidate, reason })),
  };
}

export function reasonOf({ path, text }: Gain): string {
  return `the fixed program would have a new finding in ${path}: ${text}`;
}

/** True for the one fix of the function that the finding stands in, or of the getter that now decides for None. */
function brought(workspace: Workspace, candidate: Candidate, gain: Gain): boolean {
  const { report, fix } = candidate;
  return (report.path === gain.path && fix.group === gain.function) || gives(workspace, candidate, gain);
}

/** True for the fix of the getter that decides for the None of a finding. */
export function gives(workspace: Workspace, { report, fix }: Candidate, gain: Pick<Gain, 'report'>): boolean {
  const decided = decidedFor(gain.report);
  return (
    decided !== null &&
    decided.path === report.path &&
    fix.group.split('.').at(-1) === workspace.functionAt(decided)
  );
}

function decidedFor({ observation }: Report): Site | null {
  return observation?.kind === 'optional-row' ? observation.decided : null;
}

/** True where another function decides for the None. */
function handsOn({ observation }: Report): boolean {
  return (
    observation?.kind === 'optional-row' && (observation.by === 'getter' || observation.by === 'service')
  );
}

/** The fixes of a pass without guards for what a getter gives that has a fix of its own in it: it may give a row afterwards. */
export function withoutGuards(workspace: Workspace, fixes: readonly Candidate[]): readonly Candidate[] {
  const guards = fixes.filter(({ report }) => handsOn(report));
  const early = guards.filter((guard) =>
    fixes.some((other) => other.report !== guard.report && gives(workspace, other, guard)),
  );
  return early.length === fixes.length ? fixes : fixes.filter((fix) => !early.includes(fix));
}

/** The fixes that a problem most likely comes from: those of its function, else of its file, else none in particular. */
export function suspects(problem: Problem, fixes: readonly Candidate[]): readonly Candidate[] {
  const sameFile = fixes.filter(
    ({ report, fix }) => report.path === problem.path || fix.others.some(({ path }) => path === problem.path),
  );
  const sameFunction = sameFile.filter(({ fix }) => fix.group === problem.function);
  if (sameFunction.length > 0) return sameFunction;
  return sameFile.length < fixes.length ? sameFile : [];
}
