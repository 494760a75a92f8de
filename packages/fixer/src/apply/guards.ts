import type { Candidate } from './candidate.ts';
import type { Gain } from './findings.ts';
import type { Workspace } from './workspace.ts';

/** What is wrong with a change, and where: fixes that touch the place are suspected first. */
export interface Problem {
  readonly path: string;
  /** Null when the whole file is concerned. */
  readonly function: string | null;
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

/** New syntax errors; to be asked once the change is applied. `before` holds the counts of the unchanged files. */
export function syntaxProblem(workspace: Workspace, before: ReadonlyMap<string, number>): Problem | null {
  for (const [path, count] of before) {
    const errors = workspace.facts(path)?.syntaxErrors ?? [];
    if (errors.length > count) {
      return {
        path,
        function: null,
        reason: 'the fixed file would not be valid Python (please report this)',
      };
    }
  }
  return null;
}

export function gainProblem([gain]: readonly Gain[]): Problem | null {
  if (gain === undefined) return null;
  return {
    path: gain.path,
    function: gain.function,
    reason: `the fixed program would have a new finding in ${gain.path}: ${gain.text}`,
  };
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
