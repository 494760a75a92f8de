/**
 * What a comment in an example announces. `error`, `warn`, `info`: a finding of that severity. `noise`: a finding that is
 * wrong and known to be. `miss`: a finding that should be there and is known not to be.
 */
export type Announcement = 'error' | 'warn' | 'info' | 'noise' | 'miss';

export interface Expectation {
  readonly kind: Announcement;
  readonly ruleId: string;
  /** A part of the message; null when any will do. */
  readonly message: string | null;
  readonly path: string;
  /** 1-based line of the stripped text. */
  readonly line: number;
}

export interface Stripped {
  /** The text as it is linted: announcements removed. */
  readonly text: string;
  readonly expectations: readonly Expectation[];
}

const ANNOUNCEMENT = /(^|\s+)#\s*(error|warn|info|noise|miss):\s*\[([a-z0-9-]+)\](?:\s+"([^"]*)")?\s*$/;

const KINDS: Readonly<Record<string, Announcement>> = {
  error: 'error',
  warn: 'warn',
  info: 'info',
  noise: 'noise',
  miss: 'miss',
};

/** Takes the announcements out of an example. One that stands alone on its line speaks of the next line of code. */
export function stripExpectations(path: string, text: string): Stripped {
  const kept: string[] = [];
  const expectations: Expectation[] = [];
  for (const line of text.split('\n')) {
    const { rest, found } = announcementsOf(line);
    const alone = found.length > 0 && rest.trim() === '';
    const at = kept.length + 1;
    for (const { kind, ruleId, message } of found)
      expectations.push({ kind, ruleId, message, path, line: at });
    if (!alone) kept.push(rest);
  }
  return { text: kept.join('\n'), expectations };
}

type Found = Omit<Expectation, 'path' | 'line'>;

function announcementsOf(line: string): { readonly rest: string; readonly found: readonly Found[] } {
  const found: Found[] = [];
  let rest = line;
  for (let match = ANNOUNCEMENT.exec(rest); match !== null; match = ANNOUNCEMENT.exec(rest)) {
    const [, , word = '', ruleId = '', message] = match;
    const kind = KINDS[word];
    if (kind !== undefined) found.unshift({ kind, ruleId, message: message ?? null });
    rest = rest.slice(0, match.index);
  }
  return { rest, found };
}
