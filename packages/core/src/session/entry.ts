import { type FileFacts, factsOf } from '../facts/index.ts';
import type { Shortcut } from '../project/index.ts';
import { parseBroken, parseValid, parseWithGrammar, type PythonParser } from '../syntax/index.ts';
import { decode, type SourceFile } from '../text/index.ts';

/** A file of the program: decoded and parsed, or the reason why it could not be. */
export type Entry =
  | { readonly ok: true; readonly source: SourceFile; readonly facts: FileFacts }
  | { readonly ok: false; readonly message: string };

/** Decodes and parses a file. Null when it takes the grammar, and there is none. */
export function entryOf(
  path: string,
  bytes: Uint8Array,
  grammar: PythonParser,
  without?: ReadonlySet<Shortcut>,
): Entry;
export function entryOf(
  path: string,
  bytes: Uint8Array,
  grammar: PythonParser | null,
  without?: ReadonlySet<Shortcut>,
): Entry | null;
export function entryOf(
  path: string,
  bytes: Uint8Array,
  grammar: PythonParser | null,
  without: ReadonlySet<Shortcut> = new Set(),
): Entry | null {
  const decoded = decode(path, bytes);
  if (!decoded.ok) return { ok: false, message: decoded.failure.message };
  const source = decoded.file;
  const own = !without.has('parser');
  const valid = own ? parseValid(source.text) : null;
  const rest = own ? parseBroken : parseWithGrammar;
  const syntax = valid ?? (grammar === null ? null : rest(grammar, source.text));
  return syntax === null ? null : { ok: true, source, facts: factsOf(syntax, source) };
}
