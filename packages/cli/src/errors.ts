import { slashes } from '@danglint/core/text';
import type { Outcome } from './exit.ts';
import { printable } from './format/cells.ts';

/** Something that the user can mend: what is wrong, where, and what to do. Shown without a stack trace. */
export class UserError extends Error {
  readonly outcome: Outcome;
  /** `file`, `file:line`, or the flag. */
  readonly where: string | null;
  readonly help: string | null;

  constructor(
    outcome: Outcome,
    message: string,
    details: { readonly where?: string | null; readonly help?: string | null } = {},
  ) {
    super(message);
    this.name = 'UserError';
    this.outcome = outcome;
    this.where = details.where ?? null;
    this.help = details.help ?? null;
  }

  /** The lines for standard error; places below `cwd` are named from there. */
  lines(cwd: string): readonly string[] {
    const lines = [`danglint: error: ${this.message}`];
    if (this.where !== null) lines.push(`  --> ${this.where.replace(`${slashes(cwd)}/`, '')}`);
    if (this.help !== null) lines.push(`  help: ${this.help}`);
    return lines.map(printable);
  }
}
