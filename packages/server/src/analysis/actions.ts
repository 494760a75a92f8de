import { type Fix, ignoreEdits, type Report, type Span } from '@danglint/core';
import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver-types';
import type { ActionsRequest, FixKey } from './calls.ts';
import { changesOf, workspaceEdit } from './edits.ts';
import type { LiveProgram } from './live-program.ts';
import type { WorkspaceEdit } from 'vscode-languageserver-types';

/** Commands that the server runs. */
export const COMMANDS = {
  explain: 'danglint.explainPath',
  baseline: 'danglint.addToBaseline',
  fixFile: 'danglint.fixFile',
  fixFileUnsafe: 'danglint.fixFileUnsafe',
  fixWorkspace: 'danglint.fixWorkspace',
} as const;

/** The quick fixes of all findings that a range touches. */
export function quickFixes(
  program: LiveProgram,
  path: string,
  request: ActionsRequest,
): readonly CodeAction[] {
  const wanted = program.places.of(program.relative(path))?.span(request.range);
  if (wanted === undefined) return [];
  const reports = (program.reportsAt(path) ?? []).filter(({ span }) => touches(span, wanted));
  return reports.flatMap((report) => actionsFor(program, report, request));
}

function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function actionsFor(program: LiveProgram, report: Report, request: ActionsRequest): readonly CodeAction[] {
  const { settings } = program.editor;
  const diagnostics = [...program.diagnostics([report])];
  const context = { program, report, request, diagnostics };
  const fixes =
    settings.fixViolation && program.switches(report).quickFix ? distinct(program.program.fixes(report)) : [];
  const best = fixes.find(({ applicability }) => applicability === 'safe');
  const actions = fixes.flatMap((fix) => fixAction(context, fix, fix === best));
  if (settings.disableRuleComment && !report.code.startsWith('DNE9'))
    actions.push(lazy(context, ignoreTitle(report)));
  const arguments_ = keyOf(context, '');
  if (program.program.addToBaseline !== null && !report.code.startsWith('DNE9'))
    actions.push(command(context, `Add this ${report.code} to the baseline`, COMMANDS.baseline, arguments_));
  if (report.judgement !== null) {
    const at = {
      uri: request.uri,
      version: request.version,
      position: program.places.range(report.path, report.span).start,
    };
    actions.push(command(context, 'Explain the path of the exception', COMMANDS.explain, at));
  }
  return actions;
}

/** The best fix of each title: a menu cannot tell two of the same apart. */
function distinct(fixes: readonly Fix[]): readonly Fix[] {
  return fixes.filter((fix, i) => fixes.findIndex((other) => titleOf(other) === titleOf(fix)) === i);
}

interface Context {
  readonly program: LiveProgram;
  readonly report: Report;
  readonly request: ActionsRequest;
  readonly diagnostics: Diagnostic[];
}

function fixAction(context: Context, fix: Fix, preferred: boolean): CodeAction[] {
  const action = lazy(context, titleOf(fix));
  if (fix.applicability !== 'display') return [preferred ? { ...action, isPreferred: true } : action];
  if (!context.program.editor.abilities.disabledActions) return [];
  const { title, kind, diagnostics } = context.program.editor.abilities.lazyEdits
    ? action
    : lazy(context, fix.title);
  return [
    {
      title,
      ...(kind === undefined ? {} : { kind }),
      ...(diagnostics === undefined ? {} : { diagnostics }),
      disabled: { reason: fix.why ?? 'it is only shown' },
    },
  ];
}

function titleOf(fix: Fix): string {
  const files = new Set(fix.others.map(({ path }) => path)).size + 1;
  const reach = files > 1 ? ` (in ${files} files)` : '';
  return fix.applicability === 'unsafe'
    ? `${fix.title}${reach} (unsafe: ${fix.why ?? ''})`
    : `${fix.title}${reach}`;
}

function ignoreTitle({ code }: Report): string {
  return `Ignore this ${code} with a comment`;
}

function keyOf({ report, request }: Context, title: string): FixKey {
  const { start, end } = report.span;
  return { uri: request.uri, version: request.version, code: report.code, start, end, title };
}

/** An action whose edit comes when it is chosen, where the client can wait. */
function lazy(context: Context, title: string): CodeAction {
  const data = keyOf(context, title);
  const action = { title, kind: CodeActionKind.QuickFix, diagnostics: context.diagnostics };
  if (context.program.editor.abilities.lazyEdits) return { ...action, data };
  const edit = editOf(context.program, context.report, title);
  return edit === null ? action : { ...action, edit };
}

function command({ diagnostics }: Context, title: string, name: string, argument: unknown): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    command: { title, command: name, arguments: [argument] },
  };
}

/** The edit of an action that was offered before; null when its finding or fix is not there any more. */
export function resolveFix(program: LiveProgram, path: string, key: FixKey): WorkspaceEdit | null {
  const report = reportOf(program, path, key);
  return report === undefined ? null : editOf(program, report, key.title);
}

export function reportOf(program: LiveProgram, path: string, key: FixKey): Report | undefined {
  return program
    .reportsAt(path)
    ?.find(({ code, span }) => code === key.code && span.start === key.start && span.end === key.end);
}

function editOf(program: LiveProgram, report: Report, title: string): WorkspaceEdit | null {
  if (title === ignoreTitle(report)) {
    const source = program.session.source(report.path);
    const facts = program.session.facts(report.path);
    if (source === null || facts === null) return null;
    const edits = ignoreEdits({ source, facts }, [report], '');
    return workspaceEdit(program, [{ path: report.path, edits }], null);
  }
  const fix = program.program.fixes(report).find((one) => titleOf(one) === title);
  const changes = fix === undefined ? null : changesOf(program, report, fix);
  if (fix === undefined || changes === null) return null;
  return workspaceEdit(program, changes, changes.length > 1 ? fix.title : null);
}
