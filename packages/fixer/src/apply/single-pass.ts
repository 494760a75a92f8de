import {
  grammarErrors,
  grammarReadsChanges,
  parseModule,
  type PythonParser,
  type Report,
  type Session,
} from '@danglint/core';
import { chooseFixes, type Choice } from './candidate.ts';
import { settle } from './settle.ts';
import { Workspace } from './workspace.ts';

/**
 * The text of one file with the fixes that can be applied together now, for an editor that saves: one round, nothing is
 * judged again, the session stays as it is. Null when there is nothing to fix, or when the result would not be valid Python.
 * `reports` are findings of that file; fixes that reach into other files are left out.
 */
export function singlePass(
  session: Session,
  path: string,
  reports: readonly Report[],
  choice: Omit<Choice, 'allowed'>,
  parser: PythonParser,
): string | null {
  const workspace = new Workspace(session);
  const source = session.source(path);
  if (source === null) return null;
  const chosen = chooseFixes(reports, { ...choice, allowed: () => true }, workspace.textOf);
  const { accepted } = settle(chosen.filter(({ fix }) => fix.others.length === 0));
  const text = workspace.plan(accepted).get(path);
  if (text === undefined || text === source.text || !workspace.encodable(path, text)) return null;
  const { body, errors } = parseModule(parser, text);
  const before = { text: source.text, body: session.facts(path)?.body ?? [] };
  if (errors.length === 0 && grammarReadsChanges(parser, before, { text, body })) return text;
  const faults = errors.length + grammarErrors(parser, text).length;
  return faults > 0 && faults > workspace.faults(path) ? null : text;
}
