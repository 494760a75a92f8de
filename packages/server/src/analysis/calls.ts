import type {
  CodeAction,
  CodeLens,
  Diagnostic,
  Hover,
  Position,
  Range,
  WorkspaceEdit,
} from 'vscode-languageserver-types';
import type { ProgramFault } from '../program.ts';
import type { EditorSettings } from '../settings.ts';
import type { Document } from '../text/document.ts';
import type { PositionEncoding } from '../text/positions.ts';

/** What of a client's abilities decides what answers look like. */
export interface Abilities {
  readonly encoding: PositionEncoding;
  readonly relatedInformation: boolean;
  /** `documentChanges` with versions. */
  readonly versionedEdits: boolean;
  /** Edits that want a confirmation are shown before they are applied. */
  readonly annotations: boolean;
  /** `edit` of an action may come later. */
  readonly lazyEdits: boolean;
  readonly disabledActions: boolean;
}

/** A folder of the workspace (absolute) with the settings that hold in it. */
export interface Folder {
  readonly path: string;
  readonly settings: EditorSettings;
}

export interface Setup {
  readonly folders: readonly Folder[];
  /** Settings for files outside of all folders. */
  readonly settings: EditorSettings;
  readonly abilities: Abilities;
}

/** What happened since the last judgement. */
export interface Changes {
  readonly open: readonly Document[];
  /** URIs of closed documents. */
  readonly closed: readonly string[];
  /** Absolute paths of files that changed, came or went on the disk. */
  readonly disk: readonly string[];
}

/** The findings of one file as they stand now. */
export interface FileDiagnostics {
  readonly uri: string;
  readonly path: string;
  readonly diagnostics: readonly Diagnostic[];
  /** The same for the same diagnostics. */
  readonly resultId: string;
}

export interface Judged {
  /** True when all files were judged. */
  readonly whole: boolean;
  /** Files whose diagnostics are other than before; those without any left among them. */
  readonly changed: readonly FileDiagnostics[];
  /** What has to be mended now, all of it. */
  readonly faults: readonly ProgramFault[];
  /** Whether production data stands behind some program. */
  readonly production: boolean;
  /** Files that decide about findings (absolute), to be watched. */
  readonly deciding: readonly string[];
}

/** A place in a text of a known version. */
export interface At {
  readonly uri: string;
  readonly version: number;
  readonly position: Position;
}

export interface ActionsRequest {
  readonly uri: string;
  readonly version: number;
  readonly range: Range;
}

/** Names a quick fix, so that it can be found again. */
export interface FixKey {
  readonly uri: string;
  readonly version: number;
  readonly code: string;
  readonly start: number;
  readonly end: number;
  readonly title: string;
}

/** What is judged after the documents that changed: the other open ones, then everything. */
export type Stage = 'open' | 'all';

/** Every question that the analysis answers. A question about a text that has changed since is answered with null or nothing. */
export interface Calls {
  readonly setup: { readonly params: Setup; readonly result: null };
  /** Judges the documents that changed. */
  readonly judge: { readonly params: Changes; readonly result: Judged };
  /** Judges more, while other questions are answered. Null when something changed meanwhile. */
  readonly rest: { readonly params: Stage; readonly result: Judged | null };
  readonly rescan: { readonly params: null; readonly result: readonly string[] };
  readonly quickFixes: { readonly params: ActionsRequest; readonly result: readonly CodeAction[] };
  readonly resolve: { readonly params: FixKey; readonly result: WorkspaceEdit | null };
  readonly fixFile: {
    readonly params: { readonly uri: string; readonly version: number; readonly unsafe: boolean };
    readonly result: WorkspaceEdit | null;
  };
  readonly fixWorkspace: { readonly params: null; readonly result: WorkspaceEdit | null };
  readonly hover: { readonly params: At; readonly result: Hover | null };
  readonly lenses: {
    readonly params: { readonly uri: string; readonly version: number };
    readonly result: readonly CodeLens[];
  };
  readonly explain: { readonly params: At; readonly result: string | null };
  readonly baseline: { readonly params: FixKey; readonly result: string | null };
}

export type Method = keyof Calls;

/** The analysis, wherever it runs. */
export type Ask = <M extends Method>(method: M, params: Calls[M]['params']) => Promise<Calls[M]['result']>;

/** What the analysis tells unasked. */
export type AnalysisEvent =
  | { readonly kind: 'progress'; readonly root: string; readonly done: number; readonly total: number }
  | { readonly kind: 'progress-end'; readonly root: string }
  | { readonly kind: 'log'; readonly message: string };
