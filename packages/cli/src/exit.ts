/** Everything that a run can come to. */
export type Outcome =
  | 'clean'
  | 'fixed'
  | 'findings'
  | 'would-change'
  | 'changed'
  | 'usage'
  | 'config'
  | 'input'
  | 'output'
  | 'internal'
  | 'interrupted';

interface Exit {
  readonly code: 0 | 1 | 2 | 130;
  readonly when: string;
}

/** The one table of exit codes; the documentation is generated from it. */
export const EXITS: Readonly<Record<Outcome, Exit>> = {
  clean: { code: 0, when: 'no finding at or above `--fail-level`, or `--exit-zero` was given' },
  fixed: { code: 0, when: 'every finding was fixed' },
  findings: {
    code: 1,
    when: 'findings are left; a file that cannot be read is a finding too, and a missing path counts whatever `--fail-level` says',
  },
  'would-change': { code: 1, when: '`--diff` shows a change' },
  changed: { code: 1, when: '`--exit-non-zero-on-fix` was given and a file was changed' },
  usage: { code: 2, when: 'an unknown flag, or a value that a flag does not take' },
  config: {
    code: 2,
    when: 'a configuration file that cannot be read, or holds an unknown key or a bad value',
  },
  input: {
    code: 2,
    when: 'a baseline or a file of production data that cannot be read, or no history for `--changed`',
  },
  output: { code: 2, when: 'the output cannot be written: no space, no permission' },
  internal: { code: 2, when: 'an internal error; the message asks for a report' },
  interrupted: { code: 130, when: 'interrupted (Ctrl-C); no file is half-written' },
};

export function exitCode(outcome: Outcome): number {
  return EXITS[outcome].code;
}
