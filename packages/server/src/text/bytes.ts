import { declaredEncoding } from '@danglint/core';

/** What an editor's text is as a file: in the encoding that it declares (PEP 263), so that it is judged as `check` would judge the saved file. */
export function bytesOf(text: string): Uint8Array {
  const declared = declaredEncoding(Buffer.from(text.slice(0, 1024), 'utf8'));
  const bom = text.startsWith('\u{feff}');
  return Buffer.from(text, !bom && declared?.encoding === 'latin1' ? 'latin1' : 'utf8');
}
