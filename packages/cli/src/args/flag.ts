export const GROUPS = [
  'Fixes',
  'Rules',
  'Adoption',
  'Files',
  'Output',
  'Exit code',
  'Run',
  'Configuration',
] as const;

/** One flag of `check`. The table gives the parser, the help text and the documentation. */
export interface Flag {
  readonly name: string;
  readonly alias?: string;
  readonly type: 'boolean' | 'string' | 'list';
  readonly group: (typeof GROUPS)[number];
  readonly doc: string;
  /** Word for the value in help texts. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** The setting that the flag overrides. */
  readonly key?: string;
  /** A list as the setting's value. */
  readonly read?: (items: readonly string[]) => unknown;
  /** Environment variable that says the same; the flag is stronger. */
  readonly env?: string;
  /** The value may be left out: what the flag then means. */
  readonly bare?: string;
  /** Where the value may be left out: what the next argument must look like to be the value. Without it only `=` gives one. */
  readonly takes?: RegExp;
  /** `--no-...` is worth showing: the setting can be on without the flag. */
  readonly negatable?: boolean;
}

export const flag = <const F extends Flag>(flag: F): F => flag;
