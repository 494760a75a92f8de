/** Where reading may go on behind something broken. */
export interface Resumption {
  /** Start of the first line that looks like a statement of a block around, strings left out; else the end of the text. */
  readonly plain: number;
  /** Start of a line before it that looks like a definition, in what may be a string; -1 where there is none. */
  readonly quoted: number;
}

/** A definition or a decorator. */
const DEFINITION = /(?:(?:async[ \t]+)?def|class)[ \t]+[^\W\d]|@[ \t]*[^\W\d]/y;

/** A name or a keyword with which a statement can start, but for those that go on with one before. */
const STATEMENT =
  /(?!(?:else|elif|except|finally|case|and|or|in|is|not|if|for|as|lambda)\b)[^\W\d]|(?:if|for)\b[^\n]*:[ \t]*(?:#.*)?\r?$/my;

/**
 * Looks for a line to go on with behind the one that `from` stands in. `columns` are those of the blocks around what is broken:
 * a line in another column goes on with it.
 */
export function resumption(text: string, from: number, columns: readonly number[]): Resumption {
  let pos = from;
  let quoted = -1;
  while (pos < text.length) {
    const code = text.charAt(pos);
    if (code === '\n') {
      pos++;
      if (looksLike(STATEMENT, text, pos, columns) || looksLike(DEFINITION, text, pos, columns))
        return { plain: pos, quoted };
    } else if (code === '#') pos = lineEnd(text, pos);
    else if (code === '"' || code === `'`) {
      const end = stringEnd(text, pos, code);
      if (quoted < 0) quoted = definitionIn(text, pos, end, columns);
      pos = end;
    } else pos++;
  }
  return { plain: text.length, quoted };
}

function looksLike(what: RegExp, text: string, line: number, columns: readonly number[]): boolean {
  let column = 0;
  let pos = line;
  for (; text[pos] === ' ' || text[pos] === '\t'; pos++)
    column = text[pos] === ' ' ? column + 1 : (column | 7) + 1;
  if (!columns.includes(column)) return false;
  what.lastIndex = pos;
  return what.test(text);
}

function definitionIn(text: string, start: number, end: number, columns: readonly number[]): number {
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1))
    if (looksLike(DEFINITION, text, at + 1, columns)) return at + 1;
  return -1;
}

function lineEnd(text: string, pos: number): number {
  const end = text.indexOf('\n', pos);
  return end < 0 ? text.length : end;
}

/** Past a string's last quote; one with single quotes that is not closed ends with its line. */
function stringEnd(text: string, start: number, quote: string): number {
  const triple = text.startsWith(quote.repeat(3), start);
  const close = triple ? quote.repeat(3) : quote;
  for (let pos = start + close.length; pos < text.length; pos++) {
    if (text[pos] === '\\') pos += text.startsWith('\r\n', pos + 1) ? 2 : 1;
    else if (text.startsWith(close, pos)) return pos + close.length;
    else if (!triple && text[pos] === '\n') return pos;
  }
  return text.length;
}
