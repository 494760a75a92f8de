import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { readExamples } from './index.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** How many lines the founding document has under each heading. */
const LINES: Readonly<Record<string, number>> = {
  'Most common sources': 6,
  Examples: 3,
  'Root causes': 7,
  'Fix patterns': 4,
  'Detection checklist': 8,
};

interface Row {
  readonly heading: string;
  readonly line: string;
  readonly rules: readonly string[];
  readonly tests: readonly { readonly file: string; readonly name: string }[];
}

function read(path: string): string {
  return readFileSync(`${ROOT}${path}`, 'utf8');
}

/** The tables of docs/seed.md: a line of the document, the rules that make it real, the tests that hold them to it. */
function rows(): readonly Row[] {
  const out: Row[] = [];
  let heading = '';
  for (const text of read('docs/seed.md').split('## Every line of the document')[1]?.split('\n') ?? []) {
    heading = /^### (.*)$/.exec(text)?.[1] ?? heading;
    const [, line, named, tests] = /^\| (.*?) \| (\[.*?) \| (\[.*?) \|$/.exec(text) ?? [];
    if (line === undefined || named === undefined || tests === undefined) continue;
    out.push({
      heading,
      line,
      rules: [...named.matchAll(/\[([a-z-]+)\]/g)].map(([, name = '']) => name),
      tests: tests.split('; ').map((test) => {
        const [, file = '', name = ''] = /^\[(.*?)\]\(.*?\) › (.*)$/.exec(test) ?? [];
        return { file, name };
      }),
    });
  }
  return out;
}

/** The rules that the tests of a row see reported; null for a test that is not there. */
function reported({ file, name }: Row['tests'][number]): readonly string[] | null {
  if (file.endsWith('.md')) {
    const example = readExamples(read(file)).find((one) => one.name === name);
    return example?.expectations.filter(({ kind }) => kind !== 'miss').map(({ ruleId }) => ruleId) ?? null;
  }
  const body = read(file)
    .split(`it('${name}', `)[1]
    ?.split(/^ {2}\}\);$/m)[0];
  if (body === undefined) return null;
  return rules.filter(({ meta }) => body.includes(meta.code)).map(({ meta }) => meta.id);
}

it('has every line of the document', () => {
  const counts: Record<string, number> = {};
  for (const { heading } of rows()) counts[heading] = (counts[heading] ?? 0) + 1;
  expect(counts).toEqual(LINES);
});

describe.each(rows())('$heading: $line', ({ rules: named, tests }) => {
  it('has tests that report its rules', () => {
    const seen = tests.map((test) => ({ ...test, reports: reported(test) }));
    expect(seen.filter(({ reports }) => reports === null)).toEqual([]);
    const ids = new Set(seen.flatMap(({ reports }) => reports ?? []));
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
  });
});
