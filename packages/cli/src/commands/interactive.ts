import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { encode, ioMessage, type Report } from '@danglint/core';
import { applyEdits, type FixedFile, writeFixes } from '@danglint/fixer';
import { fingerprint } from '../adopt/baseline.ts';
import { UserError } from '../errors.ts';
import type { Outcome } from '../exit.ts';
import { colors, wantsColor } from '../format/colors.ts';
import { FORMATTERS } from '../format/index.ts';
import { processTerminal, type Terminal } from '../output/terminal.ts';
import { fixedLine, foundLine } from '../output/summary.ts';
import { rulePage } from '../rules/pages.ts';
import { manifest } from '../version.ts';
import type { Checking } from './checking.ts';
import { viewOf } from './inspect.ts';
import { type Answer, Interview, type Program } from './interview.ts';
import { changesNow, narrow, textOf } from './narrow.ts';
import { outcomeOf } from './outcome.ts';
import { uninterrupted } from './uninterrupted.ts';

const HELP = [
  'y  apply this fix and write the file',
  'n  leave this finding',
  'a  apply this fix and all later ones of this file',
  'd  leave this finding and all later ones of this file',
  'e  open the file in $VISUAL or $EDITOR, then check it again',
  'u  undo the last answer; a fix is taken back on disk too',
  'q  stop; what was applied stays',
].join('\n');

/** `--interactive`: one finding at a time, with its path and the diff of its fix. */
export async function runInteractive(prepared: () => Promise<Checking>): Promise<Outcome> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new UserError('usage', '`--interactive` needs a terminal to ask on', {
      help: '`--diff` shows all fixes, `--fix` applies the safe ones',
    });
  }
  const checking = await prepared();
  const terminal = processTerminal();
  try {
    return await interview(checking, terminal);
  } finally {
    terminal.close();
  }
}

async function interview(checking: Checking, terminal: Terminal): Promise<Outcome> {
  const questions = new Interview(program(checking, terminal));
  let asked = 0;
  for (;;) {
    const left = questions.open();
    const [report] = left;
    if (report === undefined) break;
    asked++;
    const fixable = hasFix(checking, report);
    terminal.write(`\n${shown(checking, report)}`);
    const answer = await ask(terminal, fixable, left.length, asked > 1);
    if (answer === 'interrupted') return 'interrupted';
    if (answer === 'q') break;
    const message = questions.answer(report, answer);
    if (message !== null) terminal.write(`danglint: ${message}\n`);
  }
  const { reports } = narrow(checking);
  if (questions.fixed > 0) checking.log.summary(fixedLine('Fixed', questions.fixed, 0));
  checking.log.summary(foundLine(reports));
  return outcomeOf(reports, questions.fixed > 0, checking.flags);
}

/** The finding as `full` prints it. */
function shown({ project, session, flags, input }: Checking, report: Report): string {
  const { version, homepage } = manifest();
  const context = {
    colors: colors(wantsColor(flags.color, input.env, true)),
    width: Math.max(60, process.stdout.columns),
    version,
    homepage,
    failLevel: flags.failLevel,
    rules: project.catalog.metas,
    page: (id: string) => rulePage(id, project.toolbox.pages),
  };
  return FORMATTERS.full([viewOf(project, session).finding(report)], context);
}

function hasFix({ project, session }: Checking, report: Report): boolean {
  const fix = viewOf(project, session).finding(report).fix?.fix;
  return fix !== undefined && fix.applicability !== 'display';
}

async function ask(
  terminal: Terminal,
  fixable: boolean,
  left: number,
  again: boolean,
): Promise<Answer | 'interrupted'> {
  const allowed = `${fixable ? 'y' : ''}n${fixable ? 'a' : ''}de${again ? 'u' : ''}q`;
  const question = `(${left} left) ${fixable ? 'Apply this fix' : 'No fix; go on'} [${allowed.split('').join(',')},?]? `;
  terminal.write(question);
  for (;;) {
    const key = await terminal.key();
    if (key === 'ctrl-c') {
      terminal.write('\n');
      return 'interrupted';
    }
    const answer = (['y', 'n', 'a', 'd', 'e', 'u', 'q'] as const).find(
      (one) => one === (key === 'ctrl-d' ? 'q' : key),
    );
    if (answer !== undefined && allowed.includes(answer)) {
      terminal.write(`${answer}\n`);
      return answer;
    }
    terminal.write(`\n${HELP}\n${question}`);
  }
}

function program(checking: Checking, terminal: Terminal): Program {
  const { session, project } = checking;
  const written: (readonly FixedFile[])[] = [];
  const key = (report: Report): string => `${report.path}\0${fingerprint(report, textOf(session))}`;
  return {
    reports: () => narrow({ ...checking, changes: changesNow(project, checking.flags) }).reports,
    key,
    fixable: (report) => hasFix(checking, report),
    apply(report) {
      const files = fixedFiles(checking, report);
      if (files === null) return 'there is no fix';
      const fault = write(checking, files);
      if (fault === null) written.push(files);
      return fault;
    },
    revert() {
      const files = written.pop();
      if (files === undefined) return 'nothing was written';
      const back = files.flatMap(({ path, before, after, applied }) => {
        return [{ path, before: { ...before, text: after }, after: before.text, applied }];
      });
      return write(checking, back);
    },
    edit: (report) => terminal.lend(() => edit(checking, `${project.root}/${report.path}`, report)),
  };
}

/** The files of a fix as they would be; null when there is nothing to change. */
function fixedFiles({ session, project }: Checking, report: Report): readonly FixedFile[] | null {
  const fix = viewOf(project, session).finding(report).fix;
  if (fix === null) return null;
  const files = fix.changes.flatMap(({ file, edits }): readonly FixedFile[] => {
    const before = file.source;
    return before === null || edits.length === 0
      ? []
      : [{ path: file.path, before, after: applyEdits(before.text, edits), applied: [] }];
  });
  return files.length === 0 ? null : files;
}

/** Writes files, or none of them that would break; the session follows. */
function write({ session, project }: Checking, files: readonly FixedFile[]): string | null {
  const errors = (path: string): number =>
    (session.facts(path)?.syntaxErrors.length ?? 0) + session.grammarFaults(path);
  const set = (path: string, bytes: Uint8Array | null): void => {
    if (bytes !== null) session.update(path, bytes);
  };
  for (const { path, before, after } of files) {
    const had = errors(path);
    set(path, encode(before, after));
    if (errors(path) <= had) continue;
    for (const file of files) set(file.path, encode(file.before, file.before.text));
    return 'the file would not be valid Python (please report this)';
  }
  const results = uninterrupted(() => writeFixes({ files }, project.root));
  const faults = results.flatMap((result, i) => {
    const file = files[i];
    if (result.ok || file === undefined) return [];
    set(file.path, encode(file.before, file.before.text));
    return [`${result.path}: ${result.message}`];
  });
  return faults[0] ?? null;
}

/** Opens the file at the finding and reads it again; null, or why not. */
function edit({ session, view, input }: Checking, path: string, report: Report): string | null {
  const editor =
    [input.env['VISUAL'], input.env['EDITOR']].find((name) => name !== undefined && name !== '') ?? 'vi';
  const { row } = view.place(report.path, report.span).start;
  const [command = 'vi', ...args] = editor.split(/\s+/);
  const run = spawnSync(command, [...args, `+${row}`, path], { stdio: 'inherit' });
  if (run.error !== undefined) return `${command} cannot be started: ${ioMessage(run.error)}`;
  try {
    session.update(report.path, readFileSync(path));
    return null;
  } catch (error) {
    return `${report.path} cannot be read: ${ioMessage(error)}`;
  }
}
