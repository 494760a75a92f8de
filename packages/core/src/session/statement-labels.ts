import type { FileFacts } from '../facts/index.ts';
import type { Judgement, Observation, Site } from '../flow/index.ts';
import type { Label } from '../rule/index.ts';
import { enclosingStmts, opensScope } from '../syntax/index.ts';
import { type SourceFile, span } from '../text/index.ts';

/** Text and syntax of a file of the program; null for a file that is not loaded. */
export type FileOf = (path: string) => { readonly source: SourceFile; readonly facts: FileFacts } | null;

/**
 * A finding's labels, and beside those of places that its exception passes (the finding's own place among them) the first line of
 * the statement, where the place stands on a later one. Who reads a traceback, a diff or `git blame` knows a statement by the
 * line it begins on.
 */
export function withStatements(
  own: Site,
  labels: readonly Label[],
  steps: readonly Site[],
  file: FileOf,
): readonly Label[] {
  const passes = new Set(steps.map(keyOf));
  const seen = new Set([own, ...labels].map(keyOf));
  const of = (site: Site): Label[] => {
    const label = passes.has(keyOf(site)) ? statementLabel(site, file) : null;
    if (label === null || seen.has(keyOf(label))) return [];
    seen.add(keyOf(label));
    return [label];
  };
  return [...of(own), ...labels.flatMap((label) => [label, ...of(label)])];
}

function keyOf({ path, span: { start, end } }: Site): string {
  return `${path}:${start}-${end}`;
}

/** The places that an exception passes, from where it is raised to the direct callers. */
export function passed(subject: {
  readonly judgement: Judgement | null;
  readonly observation?: Observation;
}): readonly Site[] {
  const { judgement, observation } = subject;
  if (judgement !== null) return [judgement.lookup, ...hops(judgement.verdict)];
  if (observation === undefined || !('verdict' in observation)) return [];
  return [observation, ...hops(observation.verdict)];
}

function hops(verdict: Judgement['verdict']): readonly Site[] {
  if (verdict.kind === 'guaranteed') return [];
  return verdict.kind === 'escapes' ? [...verdict.path, ...verdict.callers, ...verdict.beyond] : verdict.path;
}

function statementLabel({ path, span: at }: Site, file: FileOf): Label | null {
  const found = file(path);
  const stmt = found === null ? undefined : enclosingStmts(found.facts.body, at).at(-1);
  if (found === null || stmt === undefined || opensScope(stmt) || stmt.kind === 'Try') return null;
  const before = found.source.text.slice(stmt.start, at.start);
  const line = /^[^\r\n]*/.exec(before)?.[0] ?? '';
  if (line.length === before.length) return null;
  const head = span(stmt.start, stmt.start + line.trimEnd().length);
  return { path, span: head, message: 'the exception ends this statement' };
}
