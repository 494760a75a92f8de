import { encode, type PythonParser, type Report } from '@danglint/core';
import { fixAll, minimalEdits, singlePass } from '@danglint/fixer';
import type { WorkspaceEdit } from 'vscode-languageserver-types';
import { type FileChange, workspaceEdit } from './edits.ts';
import type { LiveProgram } from './live-program.ts';

/**
 * What saving a file does to it: one round of fixes that stay in the file, from findings that are known already. More rounds
 * would need the program judged in between, which a save cannot wait for. Null: nothing to do.
 */
export function fixFile(
  program: LiveProgram,
  path: string,
  unsafe: boolean,
  parser: PythonParser,
): WorkspaceEdit | null {
  const own = program.relative(path);
  const before = program.session.source(own)?.text;
  const reports = program.reportsAt(path) ?? [];
  const { fixable, vouched } = program.program.fixPolicy;
  const choice = {
    unsafe,
    fixable: (report: Report) => fixable(report.code) && program.switches(report).fixOnSave,
    vouched: (report: Report) => vouched(report.code),
  };
  const after = singlePass(program.session, own, reports, choice, parser);
  if (after === null || before === undefined) return null;
  return workspaceEdit(program, [{ path: own, edits: minimalEdits(before, after) }], null);
}

/** The safe fixes of a whole program, to the end, as `check --fix` applies them; the session stays as it was. */
export function fixProgram(program: LiveProgram): readonly FileChange[] {
  const { session } = program;
  const textOf = ({ path, span }: Report): string =>
    session.source(path)?.text.slice(span.start, span.end) ?? '';
  const keyOf = (report: Report): string =>
    [report.path, report.code, report.function ?? '', textOf(report)].join('\0');
  const wanted = new Set([...program.reports().values()].flat().map(keyOf));
  const { fixable, vouched } = program.program.fixPolicy;
  const { files } = fixAll(session, {
    unsafe: false,
    fixable: (report) => fixable(report.code) && wanted.has(keyOf(report)),
    vouched: (report) => vouched(report.code),
  });
  for (const { path, before } of files) {
    const bytes = encode(before, before.text);
    if (bytes !== null) session.update(path, bytes);
  }
  program.forget();
  return files.map(({ path, before, after }) => ({ path, edits: minimalEdits(before.text, after) }));
}
