import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declaredEncoding } from './index.ts';

const declared = (text: string): string | null | undefined => {
  const found = declaredEncoding(Buffer.from(text, 'latin1'));
  return found === null ? undefined : found.encoding;
};

describe('declaredEncoding reads PEP 263 lines', () => {
  it.each([
    ['# -*- coding: utf-8 -*-', 'utf-8'],
    ['# coding=utf8', 'utf-8'],
    ['#coding:UTF_8', 'utf-8'],
    ['# vim: set fileencoding=utf-8-unix :', 'utf-8'],
    ['#!/usr/bin/python\n# coding: latin-1', 'latin1'],
    ['\n# coding: latin-1', 'latin1'],
    ['# one\r\n# coding: iso-8859-1', 'latin1'],
    ['# one\r# coding: ascii', 'ascii'],
    [' \t\f# coding: us-ascii', 'ascii'],
    ['# encoding: iso8859-1', 'latin1'],
    ['# coding: Latin_1', 'latin1'],
    ['# coding: latin-1-dos', 'latin1'],
    ['# coding: iso-8859-15', null],
    ['# coding: cp1252', null],
    ['# coding: constructor', null],
    ['# coding: __proto__', null],
  ])('%j', (text, encoding) => {
    expect(declared(text)).toBe(encoding);
  });

  it.each([
    '',
    'x = 1\n# coding: latin-1',
    '\n\n# coding: latin-1',
    '"""doc"""\n# coding: latin-1',
    'x = 1  # coding: latin-1',
    '# no declaration here',
    '# coding :latin-1',
  ])('finds none in %j', (text) => {
    expect(declared(text)).toBeUndefined();
  });

  it('names what was written', () => {
    expect(declaredEncoding(Buffer.from('# coding: KOI8-R'))).toEqual({ name: 'KOI8-R', encoding: null });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        declaredEncoding(bytes);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
