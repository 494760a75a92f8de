/** Text encodings that a Python source may declare (PEP 263) and that Node can read and write without loss. */
export type Encoding = 'utf-8' | 'latin1' | 'ascii';

const DECLARATION = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

const ALIASES: ReadonlyMap<string, Encoding> = new Map(
  Object.entries({
    'utf-8': 'utf-8',
    utf8: 'utf-8',
    'utf-8-sig': 'utf-8',
    u8: 'utf-8',
    'latin-1': 'latin1',
    latin1: 'latin1',
    l1: 'latin1',
    'iso-8859-1': 'latin1',
    'iso8859-1': 'latin1',
    'iso-latin-1': 'latin1',
    cp819: 'latin1',
    ascii: 'ascii',
    'us-ascii': 'ascii',
  }),
);

/** As many bytes are looked at. */
const HEAD = 1024;

/** The encoding named in the first two lines, as PEP 263 reads it; null when there is no declaration. */
export function declaredEncoding(
  bytes: Uint8Array,
): { readonly name: string; readonly encoding: Encoding | null } | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD)).toString('latin1');
  if (!head.includes('coding')) return null;
  for (const [i, line] of head.split(/\r\n|\r|\n/, 2).entries()) {
    const name = DECLARATION.exec(line)?.[1];
    if (name !== undefined) {
      const key = name.toLowerCase().replaceAll('_', '-');
      const base = /^(utf-8|latin-1|iso-8859-1|iso-latin-1)-/.exec(key)?.[1] ?? key;
      return { name, encoding: ALIASES.get(base) ?? null };
    }
    if (i === 0 && !/^[ \t\f]*(#.*)?$/.test(line)) return null;
  }
  return null;
}
