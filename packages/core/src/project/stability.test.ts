import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgementText } from '../session/testing/lookups.ts';
import { type Files, sessionOf } from '../session/testing/program.ts';
import { plans, programOf } from '../session/testing/random-program.ts';

const SHOP = fileURLToPath(new URL('../../../../examples/shop', import.meta.url));

/** The example project: a real one, of some seventy files. */
function shop(): Map<string, string> {
  const paths = readdirSync(SHOP, { recursive: true, encoding: 'utf8' }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  return new Map(
    paths
      .filter((path) => path.endsWith('.py'))
      .map((path) => [path, readFileSync(`${SHOP}/${path}`, 'utf8')]),
  );
}

async function judged(files: Files): Promise<string> {
  return judgementText(await sessionOf(files));
}

/** The same files in an order that the numbers decide. */
function shuffled(files: Files, order: readonly number[]): Files {
  const entries = [...files];
  const keyed = entries.map((entry, i) => ({ entry, key: order[i % order.length] ?? 0 }));
  return new Map(keyed.sort((a, b) => a.key - b.key).map(({ entry }) => entry));
}

const NAMES = ['mod_a', 'mod_b', 'mod_c', 'mod_d', 'mod_e', 'mod_f'];

/** Names of the same length in another alphabetical order: offsets stay, everything sorted by path changes. */
const OTHER_NAMES = ['zzz_1', 'aaa_2', 'yyy_3', 'bbb_4', 'xxx_5', 'ccc_6'];

const UNRELATED = `from django.db import models

class UnrelatedThing(models.Model):
    label = models.CharField(max_length=9)
    parent = models.ForeignKey('self', models.CASCADE, related_name='unrelated_children')

def unrelated_work(pk):
    try:
        return UnrelatedThing.objects.get(pk=pk)
    except UnrelatedThing.DoesNotExist:
        return None
`;

describe('the order of files does not matter', () => {
  it('in the shop', async () => {
    const files = shop();
    const expected = await judged(files);
    expect(expected.split('\n').length).toBeGreaterThan(20);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { minLength: 20, maxLength: 20 }), async (order) => {
        expect(await judged(shuffled(files, order))).toBe(expected);
      }),
      { seed: 21, numRuns: 8 },
    );
  });

  it('in programs that go in circles', async () => {
    await fc.assert(
      fc.asyncProperty(plans, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), async (modules, order) => {
        const files = programOf(modules, NAMES);
        expect(await judged(shuffled(files, order))).toBe(await judged(files));
      }),
      { seed: 22, numRuns: 60 },
    );
  });
});

/**
 * Judgements as lines without the names of modules, sorted: renamed files are listed in another order. Of several ways out, or
 * handlers, that are equally good the first by path is shown, so those are told by their kind and distance only.
 */
async function anonymous(files: Files, names: readonly string[]): Promise<string[]> {
  const session = await sessionOf(files);
  const lines = session.judgements().map(({ lookup, verdict, origins, confidence, defects }) => {
    const end = verdict.kind === 'escapes' ? [verdict.entry.kind, verdict.otherPaths] : [verdict.by.kind];
    const fate = [verdict.kind, ...end, verdict.kind === 'guaranteed' ? 0 : verdict.path.length];
    const kinds = [...new Set(origins.map(({ kind }) => kind))].sort();
    const host = { ...lookup.host, hazards: lookup.host.hazards.map(({ kind }) => kind) };
    const text = JSON.stringify({ lookup: { ...lookup, host }, fate, kinds, confidence, defects });
    return names.reduce((line, name, i) => line.replaceAll(name, `module ${i}`), text);
  });
  return lines.sort();
}

describe('the names of modules do not matter', () => {
  it('in programs that go in circles', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (modules) => {
        const before = await anonymous(programOf(modules, NAMES), NAMES);
        expect(await anonymous(programOf(modules, OTHER_NAMES), OTHER_NAMES)).toEqual(before);
      }),
      { seed: 23, numRuns: 60 },
    );
  });

  it.each([
    ['services', 'aa_rvice'],
    ['services', 'zz_rvice'],
  ])('in the shop, whose %s are called %s', async (from, to) => {
    const before = shop();
    const word = new RegExp(`\\b${from}\\b`, 'g');
    const after = new Map(
      [...before].map(([path, text]) => [path.replace(word, to), text.replace(word, to)]),
    );
    expect([...after.keys()]).not.toEqual([...before.keys()]);
    expect(await anonymous(after, [to])).toEqual(await anonymous(before, [from]));
  });
});

describe('a file that nobody speaks of changes nothing', () => {
  it.each([
    'aaa/unrelated.py',
    'zzz/unrelated.py',
    'orders/unrelated.py',
    'unrelated.py',
    'other/src/unrelated.py',
  ])('in the shop: %s', async (path) => {
    const files = shop();
    const expected = await judged(files);
    const more = await judged(new Map([...files, [path, UNRELATED]]));
    expect(
      more
        .split('\n')
        .filter((line) => !line.includes('UnrelatedThing'))
        .join('\n'),
    ).toBe(expected);
  });

  it('in programs that go in circles', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (modules) => {
        const files = programOf(modules, NAMES);
        const more = await judged(new Map([['aaa/unrelated.py', UNRELATED], ...files]));
        expect(
          more
            .split('\n')
            .filter((line) => !line.includes('UnrelatedThing'))
            .join('\n'),
        ).toBe(await judged(files));
      }),
      { seed: 24, numRuns: 40 },
    );
  });
});
