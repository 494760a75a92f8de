import type {
  Edit,
  Fix,
  Label,
  LineIndex,
  Location,
  Report,
  RuleMeta,
  Severity,
  SourceFile,
  Span,
} from '@danglint/core';
import type { ProductionShare } from '../production/shares.ts';
import type { Colors } from './colors.ts';

/** One file as output names it. */
export interface FileView {
  /** Relative to the project root, as reports name it. */
  readonly path: string;
  readonly absolute: string;
  /** Relative to the working folder when it is below it, else absolute. */
  readonly shown: string;
  /** Relative to the top of the repository when it is below it, else absolute. */
  readonly inRepository: string;
  /** Null when the file could not be read. */
  readonly source: SourceFile | null;
  readonly lines: LineIndex | null;
}

/** A stretch of a file in rows and columns, 1-based; the end is exclusive. */
export interface Place {
  readonly file: FileView;
  readonly span: Span;
  readonly start: Location;
  readonly end: Location;
}

/** What a fix does to one file, imports resolved. */
export interface FileChange {
  readonly file: FileView;
  readonly edits: readonly Edit[];
}

/** The fix that is shown with a finding. */
export interface ShownFix {
  readonly fix: Fix;
  /** True when `--fix` would apply it with the flags of this run. */
  readonly applies: boolean;
  /** The file of the finding first. */
  readonly changes: readonly FileChange[];
}

/** A report, resolved for output. */
export interface Finding {
  readonly report: Report;
  readonly place: Place;
  readonly labels: readonly (Place & Pick<Label, 'message'>)[];
  readonly url: string;
  readonly fix: ShownFix | null;
  /** What production data say of it; null when nothing. */
  readonly production: ProductionShare | null;
  /** Why a comment would keep it quiet, where `--ignore-noqa` shows it all the same; empty: without a reason. */
  readonly suppressed: string | null;
}

/** What formatters know beside the findings. */
export interface FormatContext {
  readonly colors: Colors;
  /** Columns that code frames may take. */
  readonly width: number;
  readonly version: string;
  readonly homepage: string | null;
  /** Findings below it do not fail the run. */
  readonly failLevel: Severity;
  /** Every rule that can report, by code. */
  readonly rules: readonly RuleMeta[];
  /** The page of a rule, by its name: Markdown without a heading; null where none is there. */
  readonly page: (id: string) => string | null;
}

/** A formatter: pure, and complete: the text holds all newlines that it wants. */
export type Formatter = (findings: readonly Finding[], context: FormatContext) => string;
