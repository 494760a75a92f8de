import { scan, type Token } from './scan.ts';

/**
 * The one-line form of an expression or simple statement, as a formatter joins it. Null when it cannot be joined without
 * loss: it holds a comment, a string over several lines, or a trailing comma that asks for one item a line.
 */
export function flatten(text: string, start = 0, end = text.length): string | null {
  let out = '';
  let previous: Token | null = null;
  let gap: 'none' | 'space' | 'line' = 'none';
  for (const token of scan(text, start, end)) {
    const piece = text.slice(token.start, token.end);
    if (token.kind === 'comment' || (token.kind === 'string' && /[\r\n]/.test(piece))) return null;
    if (token.kind === 'newline' || token.kind === 'continuation') gap = 'line';
    else if (token.kind === 'space') gap = gap === 'line' ? 'line' : 'space';
    else {
      if (token.kind === 'close' && previous?.kind === 'comma' && gap === 'line') return null;
      out += joint(previous, token, piece, gap) + piece;
      previous = token;
      gap = 'none';
    }
  }
  return out;
}

function joint(previous: Token | null, token: Token, piece: string, gap: 'none' | 'space' | 'line'): string {
  if (gap === 'none' || previous === null) return '';
  if (gap === 'space') return ' ';
  return previous.kind === 'open' || token.kind === 'close' || piece.startsWith('.') ? '' : ' ';
}
