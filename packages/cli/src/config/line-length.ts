import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'smol-toml';
import { isTable } from './value.ts';

/** Files in which ruff and black look for their settings, in ruff's order. */
const NAMES = ['.ruff.toml', 'ruff.toml', 'pyproject.toml'] as const;

/**
 * The longest line that a project's formatter allows, by folder (absolute): ruff's `line-length`, else black's, of the nearest
 * file that has a table of theirs. Null where there is none, or it cannot be read: that is the formatter's to complain about.
 */
export class LineLengths {
  readonly #known = new Map<string, number | null>();

  of(folder: string): number | null {
    const known = this.#known.get(folder);
    if (known !== undefined) return known;
    const own = NAMES.map((name) => lengthIn(join(folder, name))).find((length) => length !== undefined);
    const above = dirname(folder);
    const length = own !== undefined ? own : above === folder ? null : this.of(above);
    this.#known.set(folder, length);
    return length;
  }
}

/** Ruff's and black's own, for a table that names none. */
const DEFAULT = 88;

/** Null: the file cannot be read. Undefined: it configures no formatter. */
function lengthIn(path: string): number | null | undefined {
  if (!existsSync(path)) return undefined;
  const data = tomlOf(path);
  if (!path.endsWith('pyproject.toml')) return data === null ? null : lengthOf(data);
  const tool = data?.['tool'];
  if (!isTable(tool)) return undefined;
  const { ruff, black } = tool;
  if (isTable(ruff)) return lengthOf(ruff);
  return isTable(black) ? lengthOf(black) : undefined;
}

function tomlOf(path: string): Readonly<Record<string, unknown>> | null {
  try {
    const text = readFileSync(path, 'utf8').replace(/^\u{feff}/u, '');
    const data: unknown =
      path.endsWith('pyproject.toml') && !/\b(?:ruff|black)\b/.test(text) ? {} : parse(text);
    return isTable(data) ? data : null;
  } catch {
    return null;
  }
}

function lengthOf(table: Readonly<Record<string, unknown>>): number {
  const length = table['line-length'];
  return typeof length === 'number' && Number.isInteger(length) && length > 0 ? length : DEFAULT;
}

/** The same for files below a root, by their paths in the program. */
export function lineLengthIn(root: string): (path: string) => number | null {
  const lengths = new LineLengths();
  return (path) => lengths.of(dirname(join(root, path)));
}
