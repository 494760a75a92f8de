import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rules } from '@danglint/rules';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Finding, messageFault, readExamples } from './index.ts';
import { analyserOf } from './pages.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Findings about files and comments, which no page shows. */
const FILES: ReadonlyMap<string, string> = new Map([
  ['comments.py', 'x = 1  # danglint: ignore[DNE001]\ny = 2  # danglint: ignore[no-such-rule]\n'],
  ['broken.py', 'def f(:\n    pass\n'],
]);

/** Reported only when a file or a rule is broken in a way that no program in memory can be. */
const ELSEWHERE = ['failed-rule', 'io-error'];

const findings: Finding[] = [];

beforeAll(async () => {
  const pages = readdirSync(`${ROOT}docs/rules`).filter((name) => name !== 'index.md');
  for (const page of pages) {
    const analyse = analyserOf(page);
    for (const { program } of readExamples(readFileSync(`${ROOT}docs/rules/${page}`, 'utf8')))
      findings.push(...(await analyse(program)).findings);
  }
  findings.push(...(await analyserOf('io-error.md')(FILES)).findings);
}, 120_000);

describe('what rules say on their pages', () => {
  it('is heard of every rule', () => {
    const heard = new Set(findings.map(({ ruleId }) => ruleId));
    expect(rules.map(({ meta }) => meta.id).filter((id) => !heard.has(id))).toEqual(
      ELSEWHERE.toSorted().toReversed(),
    );
  });

  it('is one sentence in lower case without a full stop, names in backticks', () => {
    const faults = findings
      .map(({ message }) => [message, messageFault(message)])
      .filter(([, fault]) => fault !== null);
    expect(faults).toEqual([]);
    const bare = findings.filter(
      ({ ruleId, message }) => ruleId !== 'invalid-syntax' && !message.includes('`'),
    );
    expect(bare).toEqual([]);
  });

  it('names no exception, method or class without backticks', () => {
    const bare = /(?<![`\w.])(DoesNotExist|\w+Error|None|\w+\(\))(?![`\w])/;
    const naked = findings
      .map(({ message }) => message.replaceAll(/`[^`]*`/g, ''))
      .filter((prose) => bare.test(prose));
    expect(naked).toEqual([]);
  });

  it('tells what to do, in lines of the same style', () => {
    const silent = findings.filter(({ help, code }) => help === null && !code.startsWith('DNE9'));
    expect(silent).toEqual([]);
    const lines = findings.flatMap(({ help }) => help?.split('\n') ?? []);
    expect(lines.filter((line) => /^[A-Z]|\.$|^\s|\s$/.test(line))).toEqual([]);
  });

  it('labels the path in the same style', () => {
    const labels = findings.flatMap((finding) => finding.labels);
    expect(labels.filter((label) => /^[A-Z]|\.$|\n/.test(label.replaceAll(/`[^`]*`/g, '`x`')))).toEqual([]);
  });

  it('gives fixes titles that fit a menu, and one line where they are not safe', () => {
    const fixes = findings.flatMap((finding) => finding.fixes);
    expect(fixes.filter(({ title }) => !/^[A-Z](?:[^.\n]|\.(?=\w)){0,79}$/.test(title))).toEqual([]);
    expect(fixes.filter(({ why }) => why !== null && /^[A-Z]|\.$|\n/.test(why))).toEqual([]);
  });
});
