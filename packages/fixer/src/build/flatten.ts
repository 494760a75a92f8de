import { scan, type Token } from './scan.ts';

/**
 * The one-line form of an expression or simple statement, as a formatter joins it; gaps inside a line stay as they are.
 * Null when it cannot be joined without loss: it holds a comment, a string over several lines, or a trailing comma that
 * asks for one item a line.
 */
export function flatten(text: string, start = 0, end = text.length): string | null {
  let out = '';
  let previous: Token | null = null;
  let broken = false;
  let spaces = '';
  for (const token of scan(text, start, end)) {
    const piece = text.slice(token.start, token.end);
    if (token.kind === 'comment' || (token.kind === 'string' && /[\r\n]/.test(piece))) return null;
    if (token.kind === 'newline' || token.kind === 'continuation') broken = true;
    else if (token.kind === 'space') spaces = piece;
    else {
      if (token.kind === 'close' && previous?.kind === 'comma' && broken) return null;
      if (previous !== null) out += broken ? joint(previous, token, piece) : spaces;
      out += piece;
      previous = token;
      broken = false;
      spaces = '';
    }
  }
  return out;
}

/** What stands between two tokens that were on different lines. */
function joint(previous: Token, token: Token, piece: string): string {
  return previous.kind === 'open' || token.kind === 'close' || piece.startsWith('.') ? '' : ' ';
}
