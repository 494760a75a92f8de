import type { Discovered, FileHost, Fix, Report, RuleMeta, Session, SessionOptions } from '@danglint/core';

/** What an editor sets over the files of a project. */
export interface ConfigurationChoice {
  /** A configuration file, or settings as in one; null: what the project's files say. */
  readonly configuration: string | Readonly<Record<string, unknown>> | null;
  readonly preference: 'editorFirst' | 'filesystemFirst' | 'editorOnly';
}

/** Something in the project that its people have to mend before it can be analysed. */
export interface ProgramFault {
  readonly message: string;
  /** `file` or `file:line`, absolute; null when no file is to blame. */
  readonly where: string | null;
  readonly help: string | null;
}

/** What production says of a finding. */
export interface ProductionNote {
  /** `610,142 events, 1,204 users (SENTRY-5D9J)`. */
  readonly text: string;
  readonly events: number;
  readonly issues: readonly string[];
}

/** Findings that stand: no comment, no per-file ignore and no baseline keeps them quiet. */
export interface Standing {
  readonly reports: readonly Report[];
  readonly production: ReadonlyMap<Report, ProductionNote>;
}

/** One program: its files, and all that decides about findings in them. Paths are relative to the root unless said otherwise. */
export interface Program {
  /** Absolute, forward slashes. */
  readonly root: string;
  readonly found: Discovered;
  /** What is reported on. */
  readonly targets: ReadonlySet<string>;
  readonly host: FileHost;
  readonly options: Omit<SessionOptions, 'files'>;
  /** Equal for equal `options`: a session may be kept. */
  readonly optionsKey: string;
  /** Absolute paths of files that decide: when one changes, the program is opened again. */
  readonly deciding: readonly string[];
  /** True for a file (absolute) that patterns and ignore files let in, were it there. */
  readonly lets: (path: string) => boolean;
  readonly standing: (session: Session, targets: ReadonlySet<string>) => Standing;
  /** The fixes of a report as the project's settings see them, best first. */
  readonly fixes: (report: Report) => readonly Fix[];
  readonly fixPolicy: {
    readonly fixable: (code: string) => boolean;
    readonly vouched: (code: string) => 'safe' | 'unsafe' | null;
  };
  readonly rule: (codeOrName: string) => RuleMeta | null;
  /** Whether a selector (code, prefix of codes, name, `ALL`) names a rule. */
  readonly selects: (selector: string, code: string) => boolean;
  /** Address of a rule's page: on the web, or of the file that is shipped. */
  readonly pageUrl: (meta: RuleMeta) => string | null;
  /** Text of a rule's page (Markdown); null when it is not shipped. */
  readonly page: (meta: RuleMeta) => string | null;
  /** Adds findings to the baseline file and gives its absolute path; null where the project has none. */
  readonly addToBaseline: ((reports: readonly Report[], session: Session) => string) | null;
}

/** Opens programs: configuration and baseline are its business, not the server's. */
export interface ProgramSource {
  /**
   * The folder whose program a file belongs to: that of the nearest configuration file above it within `folder`, else `folder`;
   * without one the top of the project around the file. Paths are absolute. Never throws.
   */
  readonly home: (file: string, folder: string | null) => string;
  /** False for folders that are no program: the home folder, the root of the file system. */
  readonly isProgram: (folder: string) => boolean;
  /** The program that `danglint check` analyses in a folder. Rejects with a `Faulty` for what people have to mend. */
  readonly open: (folder: string, choice: ConfigurationChoice) => Promise<Program>;
  /** Names of files that may decide about findings, for watching. */
  readonly watched: readonly string[];
  readonly version: string;
}

export class Faulty extends Error {
  readonly fault: ProgramFault;

  constructor(fault: ProgramFault) {
    super(fault.message);
    this.name = 'Faulty';
    this.fault = fault;
  }
}
