import type { FileFacts } from '../facts/index.ts';
import type { Judgement } from '../flow/index.ts';
import type { Report } from '../rule/index.ts';
import type { SourceFile } from '../text/index.ts';
import type { Progress, SessionOptions } from './options.ts';

/**
 * The one facade of the analysis: command line, editor server and tests stand on it. It holds the facts of all files of a
 * program and answers with reports; after `update` the next answer is for the changed program.
 */
export class Session {
  readonly options: SessionOptions;

  private constructor(options: SessionOptions) {
    this.options = options;
  }

  /** Loads the parser (once a process) and gives an empty session. */
  static async create(options: SessionOptions): Promise<Session> {
    return new Session(options);
  }

  /**
   * Reads and parses the program's files. `paths` are relative to the root; a file that cannot be read or decoded becomes
   * a `DNE901` report, never an exception. `onProgress` is called now and then.
   */
  async load(_paths: readonly string[], _onProgress?: (progress: Progress) => void): Promise<void> {}

  /** Replaces one file's bytes (null: the file is gone). Cheap; analysis happens on the next question. */
  update(_path: string, _bytes: Uint8Array | null): void {}

  /** Paths of all loaded files, sorted. */
  paths(): readonly string[] {
    return [];
  }

  /** The decoded text of a loaded file; null when it is unknown or could not be decoded. */
  source(_path: string): SourceFile | null {
    return null;
  }

  facts(_path: string): FileFacts | null {
    return null;
  }

  /** All findings, or those that stand in `only`; sorted by path, position and code. */
  reports(_only?: ReadonlySet<string>): readonly Report[] {
    return [];
  }

  /** Every lookup of the program with its verdict, sorted by path and position. */
  judgements(): readonly Judgement[] {
    return [];
  }
}
