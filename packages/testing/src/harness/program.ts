/** The files of a small program: path, relative to its root, to text. */
export type Program = ReadonlyMap<string, string>;

/** A program as a test writes it: one text, or texts by path. */
export type Source = string | Readonly<Record<string, string>>;

/** The path of a program that is one unnamed text. */
export const ONLY_FILE = 'example.py';

export function programOf(source: Source): Program {
  return new Map(typeof source === 'string' ? [[ONLY_FILE, source]] : Object.entries(source));
}

/** The files of `after` that `before` lacks or has with another text. */
export function changedFiles(before: Program, after: Program): Program {
  return new Map([...after].filter(([path, text]) => before.get(path) !== text));
}

/** What tells two programs apart: equal keys, equal programs. */
export function programKey(program: Program): string {
  return JSON.stringify([...program].sort(([a], [b]) => (a < b ? -1 : 1)));
}
