const ESCAPES: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
};

/** A file name as git writes it in a patch: in quotes with octal bytes where it is not plain ASCII. */
export function patchName(name: string): string {
  const bytes = Buffer.from(name, 'utf8');
  const odd = bytes.some((byte) => byte < 0x20 || byte >= 0x7f || byte === 0x22 || byte === 0x5c);
  if (odd) return `"${[...bytes].map(escaped).join('')}"`;
  return name.includes(' ') ? `${name}\t` : name;
}

function escaped(byte: number): string {
  const known = ESCAPES[byte];
  if (known !== undefined) return known;
  if (byte < 0x20 || byte >= 0x7f) return `\\${byte.toString(8).padStart(3, '0')}`;
  return String.fromCharCode(byte);
}
