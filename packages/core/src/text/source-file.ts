import { declaredEncoding, type Encoding } from './encoding.ts';

/** The newline that new lines get: the one that the file uses most; `\n` where it has none. */
export type Newline = '\n' | '\r\n' | '\r';

/** The decoded text of one Python file, and what is needed to write it back byte for byte. */
export interface SourceFile {
  /** Path as given by the host, with forward slashes. */
  readonly path: string;
  /** Decoded text without the byte order mark; newlines as in the file. */
  readonly text: string;
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly newline: Newline;
}

/** Why bytes could not be read as Python source. `message` says what, and what to do. */
export interface DecodeFailure {
  readonly path: string;
  readonly message: string;
}

export type Decoded =
  | { readonly ok: true; readonly file: SourceFile }
  | { readonly ok: false; readonly failure: DecodeFailure };

/** Largest file that is read, in bytes; generated files above it cost memory and never hold lookups by hand. */
export const MAX_BYTES = 8 * 1024 * 1024;

const fail = (path: string, message: string): Decoded => ({ ok: false, failure: { path, message } });

/**
 * Decodes Python source: UTF-8 by default, a byte order mark is kept apart, a PEP 263 line is followed.
 * Never throws: what Python itself would refuse comes back as a failure.
 */
export function decode(path: string, bytes: Uint8Array): Decoded {
  if (bytes.length > MAX_BYTES) {
    const size = (bytes.length / 1024 / 1024).toFixed(1);
    return fail(
      path,
      `file is too large to check (${size} MiB, the limit is ${MAX_BYTES / 1024 / 1024} MiB); exclude it`,
    );
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return fail(path, 'file is UTF-16, which Python cannot import; save it as UTF-8');
  }
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const declared = declaredEncoding(bom ? bytes.subarray(3) : bytes);
  if (declared !== null && declared.encoding === null) {
    return fail(path, `source encoding "${declared.name}" is not supported; save the file as UTF-8`);
  }
  const encoding = bom ? 'utf-8' : (declared?.encoding ?? 'utf-8');
  const body = bom ? bytes.subarray(3) : bytes;
  if (body.includes(0))
    return fail(path, 'file holds NUL bytes: it is binary, not Python source; exclude it');
  const text = decodeBody(body, encoding);
  if (text === null)
    return fail(
      path,
      `file is not valid ${encoding.toUpperCase()}; save it as UTF-8 or declare its encoding (PEP 263)`,
    );
  return { ok: true, file: { path, text, encoding, bom, newline: dominantNewline(text) } };
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeBody(body: Uint8Array, encoding: Encoding): string | null {
  if (encoding === 'latin1') return Buffer.from(body).toString('latin1');
  if (encoding === 'ascii' && body.some((byte) => byte > 0x7f)) return null;
  try {
    return UTF_8.decode(body);
  } catch {
    return null;
  }
}

/** Half of a character of two units: no encoding has it. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Encodes a changed text the way the file was encoded. Returns null when the text has a character that the encoding lacks. */
export function encode(file: SourceFile, text: string): Uint8Array | null {
  const limit =
    file.encoding === 'latin1' ? 0xff : file.encoding === 'ascii' ? 0x7f : Number.POSITIVE_INFINITY;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > limit) return null;
  if (LONE_SURROGATE.test(text)) return null;
  const body = Buffer.from(text, file.encoding === 'latin1' ? 'latin1' : 'utf8');
  return file.bom ? Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]) : body;
}

function dominantNewline(text: string): Newline {
  if (!text.includes('\r')) return '\n';
  let lf = 0;
  let crlf = 0;
  let cr = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10) lf++;
    else if (unit === 13) {
      if (text.charCodeAt(i + 1) === 10) {
        crlf++;
        i++;
      } else cr++;
    }
  }
  if (crlf > lf && crlf >= cr) return '\r\n';
  return cr > lf ? '\r' : '\n';
}
