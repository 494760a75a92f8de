/** Longer messages do not fit a line of a terminal or an editor's list. */
const LONGEST = 200;

/** What is wrong with a message's style: lower case, one sentence without full stop, names in backticks. Null when nothing is. */
export function messageFault(message: string): string | null {
  if (message.length > LONGEST) return `is ${message.length} characters long (at most ${LONGEST})`;
  if ((message.match(/`/g)?.length ?? 0) % 2 !== 0) return 'has an odd number of backticks';
  const prose = message.replaceAll(/`[^`]*`/g, '`x`');
  if (!/^[a-z`]/.test(prose)) return 'does not begin in lower case';
  if (/[.!?]$/.test(prose)) return 'ends with a full stop';
  if (/[.!?] /.test(prose)) return 'is more than one sentence';
  if (/\s{2}|^\s|\s$|\n/.test(message)) return 'has stray white space';
  return null;
}
