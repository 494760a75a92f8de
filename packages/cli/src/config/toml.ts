import { parse, TomlError } from 'smol-toml';
import { UserError } from '../errors.ts';
import { isTable } from './value.ts';

/** A parsed TOML text that still knows its lines. */
export interface TomlDocument {
  readonly data: Readonly<Record<string, unknown>>;
  /** 1-based line of a key, or of the nearest table around it; null when it cannot be told. */
  readonly lineOf: (path: readonly string[]) => number | null;
}

/** Parses TOML. `name` is how messages call the text. */
export function parseToml(text: string, name: string): TomlDocument {
  try {
    const data: unknown = parse(text);
    const lines = keyLines(text);
    const lineOf = (path: readonly string[]): number | null => {
      for (let n = path.length; n > 0; n--) {
        const line = lines.get(path.slice(0, n).join('\0'));
        if (line !== undefined) return line;
      }
      return null;
    };
    return { data: isTable(data) ? data : {}, lineOf };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    throw new UserError('config', `invalid TOML: ${what}`, {
      where: `${name}:${error.line}:${error.column}`,
    });
  }
}

const PART = String.raw`(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')`;
const DOTTED = `${PART}(?:\\s*\\.\\s*${PART})*`;
const HEADER = new RegExp(`^\\s*\\[\\[?\\s*(${DOTTED})\\s*\\]`);
const ASSIGNMENT = new RegExp(`^\\s*(${DOTTED})\\s*=(.*)$`);

/** Lines of all keys and table headers; keys inside inline tables are not listed. `text` must be valid TOML. */
function keyLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const note = (path: readonly string[], line: number): void => {
    for (let n = 1; n <= path.length; n++) {
      const key = path.slice(0, n).join('\0');
      if (!lines.has(key)) lines.set(key, line);
    }
  };
  let table: readonly string[] = [];
  const open = new OpenValue();
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (open.isOpen) {
      open.feed(line);
      continue;
    }
    const header = HEADER.exec(line)?.[1];
    const [, key, rest = ''] = ASSIGNMENT.exec(line) ?? [];
    if (header !== undefined) {
      table = parts(header);
      note(table, i + 1);
    } else if (key !== undefined) {
      note([...table, ...parts(key)], i + 1);
      open.feed(rest);
    }
  }
  return lines;
}

/** Follows a value over its lines: brackets and multi-line strings. */
class OpenValue {
  #depth = 0;
  #quote: string | null = null;

  get isOpen(): boolean {
    return this.#depth > 0 || this.#quote !== null;
  }

  feed(line: string): void {
    for (const [token] of line.matchAll(/\\.|"""|'''|"(?:[^"\\]|\\.)*"|'[^']*'|[[\]{}#]/g)) {
      if (this.#quote !== null) {
        if (token === this.#quote) this.#quote = null;
      } else if (token === '"""' || token === "'''") this.#quote = token;
      else if (token === '[' || token === '{') this.#depth++;
      else if (token === ']' || token === '}') this.#depth--;
      else if (token === '#') return;
    }
  }
}

function parts(dotted: string): string[] {
  return [...dotted.matchAll(new RegExp(PART, 'g'))].map(([part]) =>
    /^["']/.test(part) ? part.slice(1, -1) : part,
  );
}
