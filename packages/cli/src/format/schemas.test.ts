import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from './finding.ts';
import { FORMATTERS } from './index.ts';
import { CONTEXT, fixOf, labelOn, reportOn, sample } from './sample.ts';
import { CHECKS } from './schemas.ts';

const TEXT = 'def f(pk):\n    x = "日本😀"; return Detector.objects.get(id=pk)\n';
const GET = 'Detector.objects.get(id=pk)';

/** Findings of every kind, with words that are hard to put into a file format. */
function findings(words: string, path = 'tasks.py'): readonly Finding[] {
  const fix = fixOf(TEXT, GET, words, { title: words, applicability: 'unsafe', why: words });
  const change = { message: words, help: words, path, function: words };
  return sample({ [path]: TEXT, 'other.py': TEXT }, [
    reportOn(TEXT, GET, { ...change, labels: [labelOn('other.py', TEXT, 'pk', words)], fixes: () => [fix] }),
    reportOn(TEXT, GET, { ...change, severity: 'warning' }),
    reportOn(TEXT, GET, { ...change, severity: 'info' }),
    reportOn(TEXT, '', { ...change, path: 'gone.py', ruleId: 'io-error', code: 'DNE901' }),
  ]);
}

const HARD = 'a <b> "c", \'d\' 100% & ]]> \n\r\t \u0001\u{fffe}\u{d800} 😀 | ` :: <!-- --> </failure>';

describe.each(Object.entries(CHECKS))('%s', (name, check) => {
  const format = FORMATTERS[name as keyof typeof CHECKS];

  test('passes its schema: no findings, some, hard words, a path that needs escapes', async () => {
    for (const list of [[], findings('plain'), findings(HARD), findings(HARD, 'a b/ü#?%&<.py')])
      expect(await check(format(list, CONTEXT))).toEqual([]);
  });

  test('whatever the words are', async () => {
    const words = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(words, async (text) => {
        expect(await check(format(findings(text), CONTEXT))).toEqual([]);
      }),
      { seed: 8, numRuns: 25 },
    );
  });
});

describe('the checks find what is wrong', () => {
  test.each([
    ['sarif', (text: string) => text.replace('"tool"', '"tools"')],
    ['sarif', (text: string) => text.replace('"level": "error"', '"level": "bad"')],
    ['sarif', (text: string) => text.replace('"startLine": 2', '"startLine": 0')],
    ['gitlab', (text: string) => text.replace('"major"', '"bad"')],
    [
      'gitlab',
      (text: string) => text.replaceAll(/"fingerprint": ".*"/g, `"fingerprint": "${'0'.repeat(32)}"`),
    ],
    ['junit', (text: string) => text.replace('<testcase ', '<testcase line="1" ')],
    ['junit', (text: string) => text.replace('</testsuites>', '')],
    ['rdjson', (text: string) => text.replace('"message"', '"massage"')],
    ['rdjson', (text: string) => text.replace('"ERROR"', '"BAD"')],
  ] as const)('%s', async (name, spoil) => {
    const good = FORMATTERS[name](findings('plain'), CONTEXT);
    expect(spoil(good)).not.toBe(good);
    expect(await CHECKS[name](spoil(good))).not.toEqual([]);
  });
});
