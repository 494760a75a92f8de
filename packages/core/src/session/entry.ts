import { type FileFacts, factsOf } from '../facts/index.ts';
import { parseValid, parseBroken, type PythonParser } from '../syntax/index.ts';
import { decode, type SourceFile } from '../text/index.ts';

/** A file of the program: decoded and parsed, or the reason why it could not be. */
export type Entry =
  | { readonly ok: true; readonly source: SourceFile; readonly facts: FileFacts }
  | { readonly ok: false; readonly message: string };

/** Decodes and parses a file. Null when it takes the grammar, and there is none. */
export function entryOf(path: string, bytes: Uint8Array, grammar: PythonParser): Entry;
export function entryOf(path: string, bytes: Uint8Array, grammar: PythonParser | null): Entry | null;
export function entryOf(path: string, bytes: Uint8Array, grammar: PythonParser | null): Entry | null {
  const decoded = decode(path, bytes);
  if (!decoded.ok) return { ok: false, message: decoded.failure.message };
  const source = decoded.file;
  const syntax = parseValid(source.text) ?? (grammar === null ? null : parseBroken(grammar, source.text));
  return syntax === null ? null : { ok: true, source, facts: factsOf(syntax, source) };
}
