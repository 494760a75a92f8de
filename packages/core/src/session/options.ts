import type { Shortcut } from '../project/index.ts';
import type { FrameworkOptions } from '../django/index.ts';
import type { Expectation } from './expectations.ts';
import type { FixSettings, RecipeRegistry, Rule, Severity } from '../rule/index.ts';

/** The bytes of the program's files. Disk for the command line, an overlay of open documents for an editor, a map for tests. */
export interface FileHost {
  /**
   * Reads one file. `path` is relative to the root, with forward slashes. Never throws. The bytes hold until the next file is
   * read: whoever keeps them copies them.
   */
  readonly read: (path: string) => ReadResult;
}

export type ReadResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly message: string };

export interface SessionOptions {
  readonly files: FileHost;
  readonly rules: readonly Rule[];
  readonly recipes: RecipeRegistry;
  /** Severity by rule id; a rule that is not named runs with its own, `ignore` switches it off. */
  readonly severities: ReadonlyMap<string, Severity | 'ignore'>;
  /**
   * Rules, by id, that are off because nobody wants to hear of what they say. Where such a rule is the most specific one that fits,
   * no other of its family (one prefix of codes) says it in its place. A rule that is off for another reason leaves its places to the others.
   */
  readonly refused?: ReadonlySet<string>;
  readonly fix: FixSettings;
  /** The longest line of a file (by path) where `fix` names none; null: as the file itself has it. */
  readonly lineLength?: (path: string) => number | null;
  /** What configuration and presets add to the framework tables. */
  readonly framework: FrameworkOptions;
  /** What tests that are left out expect of missing rows; asked when a fix is. */
  readonly expectations?: () => readonly Expectation[];
  /** False: suppression comments count for nothing (`--ignore-noqa`). Default true. */
  readonly suppressions?: boolean;
  /** True: the program is loaded and asked, never updated. The grammar is then loaded only when a file takes it. Default false. */
  readonly readOnly?: boolean;
  /** Shortcuts that are not taken: for proofs that they change no answer. Default none. */
  readonly without?: ReadonlySet<Shortcut>;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** How much a session read and asked, in numbers that no clock decides. */
export interface WorkDone {
  readonly files: number;
  /** UTF-16 units of their texts. */
  readonly characters: number;
  readonly functions: number;
  /** Types that were inferred: of expressions, names, parameters and results. */
  readonly types: number;
  /** Calls whose functions were looked for. */
  readonly calls: number;
  /** Functions that an exception was followed into. */
  readonly steps: number;
  /** Function bodies that were walked for rows that may be missing. */
  readonly walks: number;
}
