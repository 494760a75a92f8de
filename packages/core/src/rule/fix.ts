import type { Span } from '../text/index.ts';

/** One replacement, in UTF-16 offsets of the file it belongs to. Edits of one fix never overlap. */
export interface Edit extends Span {
  readonly text: string;
}

/**
 * `safe`: same behaviour for a row that exists, and a missing one is answered in a way that is proven fine.
 * `unsafe`: applied only on request, `Fix.why` says what is not proven. `display`: shown, never applied.
 */
export type Applicability = 'safe' | 'unsafe' | 'display';

/** A name that must be importable after the fix. Resolved once a file, after all fixes of a pass are known. */
export interface ImportRequest {
  /** `django.http`; empty for a plain `import name`. */
  readonly module: string;
  readonly name: string;
}

/** Edits of one more file that belong to the same fix (callers that must be guarded with it). */
export interface FileEdits {
  readonly path: string;
  readonly edits: readonly Edit[];
  readonly imports: readonly ImportRequest[];
}

export interface Fix {
  /** What it does, for an editor's menu: "Skip when the Detector is missing". */
  readonly title: string;
  /** The seed document's pattern or the recipe's name: `A`, `B`, `C`, `D`, `try-except`, ... */
  readonly pattern: string;
  readonly recipe: string;
  readonly applicability: Applicability;
  /** Null exactly for safe fixes; otherwise one line that names the fact that is not proven. */
  readonly why: string | null;
  readonly edits: readonly Edit[];
  readonly imports: readonly ImportRequest[];
  /** Fixes of one group never run in one pass: the qualified name of the enclosing function. */
  readonly group: string;
  readonly others: readonly FileEdits[];
  /** True when its function begins to give None: whoever uses the result is then judged anew. */
  readonly givesNone?: boolean;
}

/** Why a recipe cannot write good code here. */
export interface Refusal {
  readonly recipe: string;
  readonly reason: string;
}
