import {
  absolutePath,
  type FileEdits,
  type Fix,
  LineIndex,
  type Report,
  relativeTo,
  below,
  type SourceFile,
  type Span,
} from '@danglint/core';
import type { FileView, Finding, Place, ShownFix } from './finding.ts';

/** What is needed to resolve reports for output. */
export interface ViewRequest {
  /** Absolute, forward slashes. */
  readonly root: string;
  readonly cwd: string;
  /** Top of the repository. */
  readonly top: string;
  readonly source: (path: string) => SourceFile | null;
  readonly url: (code: string) => string;
  /** The fixes of a report as the run's policy sees them, best first. */
  readonly fixes: (report: Report) => readonly Fix[];
  readonly unsafeFixes: boolean;
  /** All edits of a fix, its imports included. */
  readonly changes: (report: Report, fix: Fix) => readonly Pick<FileEdits, 'path' | 'edits'>[];
  /** The reason of the comment that would keep a report quiet; null when none would. */
  readonly suppressed?: (report: Report) => string | null;
}

/** Resolves reports: names of files, rows and columns, the fix to show. */
export class View {
  readonly #request: ViewRequest;
  readonly #files = new Map<string, FileView>();

  constructor(request: ViewRequest) {
    this.#request = request;
  }

  finding(report: Report, production: Finding['production'] = null): Finding {
    return {
      report,
      place: this.place(report.path, report.span),
      labels: report.labels.map(({ path, span, message }) => ({ ...this.place(path, span), message })),
      url: this.#request.url(report.code),
      fix: this.#fix(report),
      production,
      suppressed: this.#request.suppressed?.(report) ?? null,
    };
  }

  place(path: string, span: Span): Place {
    const file = this.file(path);
    const { lines } = file;
    const first = { row: 1, column: 1 };
    if (lines === null) return { file, span, start: first, end: first };
    return { file, span, start: lines.location(span.start), end: lines.location(span.end) };
  }

  file(path: string): FileView {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const { root, cwd, top, source } = this.#request;
    const absolute = absolutePath(root, path);
    const text = source(path);
    const view = {
      path,
      absolute,
      shown: shownPath(cwd, absolute),
      inRepository: shownPath(top, absolute),
      source: text,
      lines: text === null ? null : new LineIndex(text.text),
    };
    this.#files.set(path, view);
    return view;
  }

  #fix(report: Report): ShownFix | null {
    const fixes = this.#request.fixes(report);
    const is = (applicability: Fix['applicability']): Fix | undefined =>
      fixes.find((fix) => fix.applicability === applicability);
    const fix = is('safe') ?? is('unsafe') ?? fixes[0];
    if (fix === undefined) return null;
    const changes = this.#request
      .changes(report, fix)
      .map(({ path, edits }) => ({ file: this.file(path), edits }));
    const { applicability } = fix;
    const applies = applicability === 'safe' || (applicability === 'unsafe' && this.#request.unsafeFixes);
    return { fix, applies, changes };
  }
}

/** Relative to a folder when it is below it, else absolute. */
export function shownPath(folder: string, absolute: string): string {
  return below(folder, absolute) ? relativeTo(folder, absolute) : absolute;
}

export { absolutePath };
