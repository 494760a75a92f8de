import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode, MAX_BYTES, type SourceFile } from './index.ts';

const BOM = [0xef, 0xbb, 0xbf];

function decoded(bytes: Uint8Array): SourceFile {
  const result = decode('a.py', bytes);
  if (!result.ok) throw new Error(result.failure.message);
  return result.file;
}

function failure(bytes: Uint8Array): string | null {
  const result = decode('a.py', bytes);
  return result.ok ? null : result.failure.message;
}

describe('decode', () => {
  it.each([
    ['ASCII', 'x = 1\n'],
    ['two, three and four bytes', 'é = "名"  # 😀\n'],
    ['nothing', ''],
    ['a zero-width no-break space inside', 'x = "\u{feff}"\n'],
  ])('reads %s as UTF-8', (_name, text) => {
    expect(decoded(Buffer.from(text))).toEqual({
      path: 'a.py',
      text,
      encoding: 'utf-8',
      bom: false,
      newline: '\n',
    });
  });

  it('keeps the byte order mark apart', () => {
    expect(decoded(Buffer.from([...BOM, ...Buffer.from('x\r\n')]))).toEqual({
      path: 'a.py',
      text: 'x\r\n',
      encoding: 'utf-8',
      bom: true,
      newline: '\r\n',
    });
  });

  it('lets the byte order mark win over a declaration', () => {
    const file = decoded(Buffer.from([...BOM, ...Buffer.from('# coding: latin-1\né')]));
    expect([file.encoding, file.text]).toEqual(['utf-8', '# coding: latin-1\né']);
  });

  it('follows a declaration of Latin-1, all 255 bytes of it', () => {
    const bytes = Buffer.from([
      ...Buffer.from('# coding: latin-1\n'),
      ...Array.from({ length: 255 }, (_, i) => i + 1),
    ]);
    const { text, encoding } = decoded(bytes);
    expect(encoding).toBe('latin1');
    expect(Array.from(text.slice(18), (char) => char.charCodeAt(0))).toEqual(
      Array.from({ length: 255 }, (_, i) => i + 1),
    );
  });

  it.each([
    ['UTF-16 little endian', [0xff, 0xfe, 0x78, 0], /UTF-16/],
    ['UTF-16 big endian', [0xfe, 0xff, 0, 0x78], /UTF-16/],
    ['an encoding that is not known', [...Buffer.from('# coding: klingon\n')], /"klingon" is not supported/],
    ['bytes that are not UTF-8', [0x78, 0xff], /not valid UTF-8/],
    ['an overlong form', [0xc0, 0xaf], /not valid UTF-8/],
    ['a surrogate in UTF-8', [0xed, 0xa0, 0x80], /not valid UTF-8/],
    ['a character that ends too early', [0xe2, 0x82], /not valid UTF-8/],
    [
      'bytes above 127 under a declaration of ASCII',
      [...Buffer.from('# coding: ascii\né')],
      /not valid ASCII/,
    ],
    ['NUL bytes', [0x78, 0, 0x79], /binary/],
  ])('refuses %s with a reason', (_name, bytes, message) => {
    expect(failure(Uint8Array.from(bytes))).toMatch(message);
  });

  it('refuses files above the limit, and reads those up to it', () => {
    expect(failure(new Uint8Array(MAX_BYTES + 1).fill(32))).toMatch(/too large/);
    expect(failure(new Uint8Array(MAX_BYTES).fill(32))).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const result = decode('a.py', bytes);
        expect(result.ok || result.failure.message.length > 0).toBe(true);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });
});

describe('encode', () => {
  const heads = [
    '',
    '# coding: utf-8\n',
    '#!/usr/bin/env python\n# coding: latin-1\n',
    '# coding: ascii\r\n',
  ];

  it('gives the bytes back that were read', () => {
    const bytes = fc
      .tuple(
        fc.boolean(),
        fc.constantFrom(...heads),
        fc.oneof(fc.string({ unit: 'binary' }), fc.string()),
        fc.uint8Array(),
      )
      .map(([bom, head, text, raw]) =>
        Buffer.from([...(bom ? BOM : []), ...Buffer.from(head), ...Buffer.from(text), ...raw]),
      );
    let read = 0;
    fc.assert(
      fc.property(bytes, (original) => {
        const result = decode('a.py', original);
        if (!result.ok) return;
        read++;
        expect(Buffer.from(encode(result.file, result.file.text) ?? []).equals(original)).toBe(true);
      }),
      { seed: 3, numRuns: 2000 },
    );
    expect(read).toBeGreaterThan(200);
  });

  it.each([
    ['utf-8', '名😀', true],
    ['latin1', 'ÿ', true],
    ['latin1', '名', false],
    ['ascii', 'x', true],
    ['ascii', 'é', false],
    ['utf-8', '\u{d83d}', false],
    ['utf-8', '\u{de00}x', false],
  ] as const)('%s and %j', (encoding, text, possible) => {
    const file: SourceFile = { path: 'a.py', text: '', encoding, bom: false, newline: '\n' };
    expect(encode(file, text) !== null).toBe(possible);
  });
});

describe('the newline of a file', () => {
  it.each([
    ['', '\n'],
    ['x', '\n'],
    ['a\nb\n', '\n'],
    ['a\r\nb\r\nc\n', '\r\n'],
    ['a\r\nb\nc\n', '\n'],
    ['a\r\nb\n', '\n'],
    ['a\rb\rc\r\n', '\r'],
    ['a\rb\nc\r\nd\r\n', '\r\n'],
  ])('%j has %j', (text, newline) => {
    expect(decoded(Buffer.from(text)).newline).toBe(newline);
  });

  it('is the one that occurs most', () => {
    const parts = fc.array(fc.constantFrom('\n', '\r\n', '\r', 'x', 'y '), { maxLength: 40 });
    fc.assert(
      fc.property(parts, (pieces) => {
        const text = pieces.join('');
        const count = (pattern: RegExp): number => [...text.matchAll(pattern)].length;
        const counts = { '\r\n': count(/\r\n/g), '\n': count(/(?<!\r)\n/g), '\r': count(/\r(?!\n)/g) };
        expect(counts[decoded(Buffer.from(text)).newline]).toBe(Math.max(...Object.values(counts)));
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});
