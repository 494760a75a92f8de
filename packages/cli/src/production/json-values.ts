/** Where a text stops being JSON. */
export class JsonFault extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.name = 'JsonFault';
    this.line = line;
  }
}

/**
 * The values of a text that holds one JSON value, one a line, or several behind each other, as pages of an API saved to one
 * file do. Throws a `JsonFault`.
 */
export function jsonValues(text: string): readonly unknown[] {
  const body = text.replace(/^\u{feff}/u, '');
  const values: unknown[] = [];
  for (let at = nextStart(body, 0); at < body.length; ) {
    const end = endOfValue(body, at);
    try {
      values.push(JSON.parse(body.slice(at, end)));
    } catch (error) {
      const line = body.slice(0, at).split('\n').length;
      throw new JsonFault(error instanceof Error ? error.message : String(error), line);
    }
    at = nextStart(body, end);
  }
  return values;
}

/** Blanks, and commas between values, are passed over. */
function nextStart(text: string, from: number): number {
  let at = from;
  while (at < text.length && /[\s,]/.test(text[at] ?? '')) at++;
  return at;
}

/** The end of an object or array by its brackets; of anything else by its line. */
function endOfValue(text: string, from: number): number {
  const token = /"(?:\\[^]|[^"\\])*"?|[[\]{}]|\n/g;
  token.lastIndex = from;
  let depth = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [seen] = found;
    if (seen === '[' || seen === '{') depth++;
    else if (seen === ']' || seen === '}') depth--;
    else if (seen !== '\n' || depth > 0) continue;
    if (depth <= 0) return seen === '\n' ? found.index : token.lastIndex;
  }
  return text.length;
}
