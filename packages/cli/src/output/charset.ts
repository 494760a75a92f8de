import { cells } from '../format/cells.ts';
import type { OutStream } from './caller.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Whether the terminal takes UTF-8, as POSIX tells it: the first of LC_ALL, LC_CTYPE and LANG that is set names the character set.
 * Where none is set (containers, Windows, whose console gets text and no bytes) UTF-8 is what nearly all have.
 */
export function speaksUtf8(env: Env): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return locale === undefined || /utf-?8/i.test(locale);
}

/** Signs of our own that have a plain form of the same width. */
const PLAIN: Readonly<Record<string, string>> = { '…': '~', '×': 'x', '·': '-' };

/** Text for a terminal without UTF-8: every other character becomes question marks of its width, so that columns stay. */
export function ascii(text: string): string {
  return text.replaceAll(/\P{ASCII}+/gu, (run) =>
    cells(run)
      .map(({ text: char, width }) => PLAIN[char] ?? '?'.repeat(width))
      .join(''),
  );
}

/** The text as a stream can show it; files and pipes always get UTF-8. */
export function shownOn(stream: Pick<OutStream, 'isTTY'>, text: string, env: Env = process.env): string {
  return stream.isTTY && !speaksUtf8(env) ? ascii(text) : text;
}
