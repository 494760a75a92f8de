import { type Edit, type Fix, type Report, span } from '@danglint/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replacement } from '../build/edit.ts';
import type { Candidate } from './candidate.ts';
import { settle } from './settle.ts';
import { applyEdits } from './text.ts';

function candidate(group: string, edits: readonly Edit[], path = 'a.py'): Candidate {
  const fix: Fix = {
    title: '',
    pattern: '',
    recipe: 'r',
    applicability: 'safe',
    why: null,
    edits,
    imports: [],
    group,
    others: [],
  };
  const report: Report = {
    ruleId: 'rule',
    code: 'DNE001',
    severity: 'error',
    confidence: 'high',
    path,
    span: span(0, 0),
    message: '',
    labels: [],
    help: null,
    function: group,
    judgement: null,
    fixes: () => [fix],
    refusals: () => [],
  };
  return { report, fix, applicability: 'safe', key: group };
}

describe('settle', () => {
  it('takes one fix of a function in a pass', () => {
    const all = [
      candidate('f', [replacement(0, 1, 'x')]),
      candidate('f', [replacement(5, 6, 'y')]),
      candidate('g', [replacement(9, 9, 'z')]),
    ];
    expect(settle(all)).toEqual({ accepted: [all[0], all[2]], waiting: [all[1]] });
  });

  it('lets fixes wait that touch what is taken, in the same file only', () => {
    const first = candidate('f', [replacement(0, 5, 'x')]);
    const touching = candidate('g', [replacement(5, 7, 'y')]);
    const elsewhere = candidate('g', [replacement(5, 7, 'y')], 'b.py');
    expect(settle([first, touching, elsewhere])).toEqual({
      accepted: [first, elsewhere],
      waiting: [touching],
    });
  });

  it('takes the same edit twice', () => {
    const logger = replacement(0, 0, 'logger');
    const all = [
      candidate('f', [logger, replacement(9, 9, 'a')]),
      candidate('g', [logger, replacement(20, 20, 'b')]),
    ];
    expect(settle(all).accepted).toEqual(all);
    const other = candidate('h', [replacement(0, 0, 'other')]);
    expect(settle([...all, other]).waiting).toEqual([other]);
  });

  it('never takes edits that overlap, and every fix is taken or waits', () => {
    const edit = fc
      .tuple(fc.nat(40), fc.nat(5), fc.constantFrom('', 'x', 'yy'))
      .map(([start, length, text]) => replacement(start, start + length, text));
    const one = fc
      .tuple(fc.constantFrom('f', 'g', 'h', 'i'), edit)
      .map(([group, only]) => candidate(group, [only]));
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (all) => {
        const { accepted, waiting } = settle(all);
        expect(accepted.length + waiting.length).toBe(all.length);
        const edits = accepted.flatMap(({ fix }) => fix.edits);
        for (const [i, a] of edits.entries()) {
          for (const b of edits.slice(i + 1)) {
            const same = a.start === b.start && a.end === b.end && a.text === b.text;
            expect(same || a.end < b.start || b.end < a.start).toBe(true);
          }
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});

describe('applyEdits', () => {
  it('is the same as writing the edits from the end', () => {
    const points = fc.uniqueArray(fc.nat(60), { maxLength: 10 }).map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(
        fc.string({ minLength: 61, maxLength: 61 }),
        points,
        fc.array(fc.string({ maxLength: 4 }), { minLength: 5, maxLength: 5 }),
        (text, at, words) => {
          const edits: Edit[] = [];
          for (let i = 0; i + 1 < at.length; i += 2)
            edits.push(replacement(at[i] ?? 0, at[i + 1] ?? 0, words[i / 2] ?? ''));
          const expected = edits.reduceRight(
            (result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end),
            text,
          );
          expect(applyEdits(text, edits)).toBe(expected);
        },
      ),
      { seed: 5, numRuns: 300 },
    );
  });

  it('writes insertions of one place in order, before a replacement', () => {
    expect(applyEdits('abc', [replacement(1, 1, '1'), replacement(1, 1, '2'), replacement(1, 2, 'B')])).toBe(
      'a12Bc',
    );
  });
});
