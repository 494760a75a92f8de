import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineRule, type RuleMeta } from '@danglint/core';
import { describe, expect, it } from 'vitest';
import { rules } from './index.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));

const SECTIONS = [
  'What it does',
  'Why is this bad?',
  'Example',
  'Use instead',
  'Fix safety',
  'When not to use it',
  'Known limits',
  'Options',
  'References',
];

/** Rules about whole files have nothing to show or to fix. */
const META_SECTIONS = ['What it does', 'Why is this bad?', 'When not to use it', 'Options', 'References'];

const SEVERITY_WORDS = { error: 'error', warning: 'warning', info: 'info' } as const;

const metas = rules.map(({ meta }) => meta);

function pageOf({ docs }: RuleMeta): string {
  return readFileSync(`${ROOT}${docs}`, 'utf8');
}

function headings(page: string): string[] {
  return [...page.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^## (.*)$/gm)].map(
    (match) => match[1] ?? '',
  );
}

describe('the list of rules', () => {
  it('has every rule file, and a rule in a file of its name', () => {
    const files = readdirSync(HERE)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => name.slice(0, -'.ts'.length))
      .filter((name) => name !== 'index' && name !== 'all');
    expect(metas.map(({ id }) => id).sort()).toEqual(files.sort());
  });

  it.each(['id', 'code', 'precedence', 'summary', 'docs'] as const)('has no %s twice', (key) => {
    const values = metas.map((meta) => meta[key]);
    expect([...new Set(values)]).toEqual(values);
  });

  it('stands in order of codes', () => {
    expect(metas.map(({ code }) => code)).toEqual(metas.map(({ code }) => code).sort());
  });

  it('puts the more specific rule first', () => {
    const order = metas.toSorted((a, b) => b.precedence - a.precedence).map(({ code }) => code.slice(0, 4));
    expect([...new Set(order)]).toEqual(['DNE2', 'DNE4', 'DNE3', 'DNE0', 'DNE1', 'DNE9']);
    const precedence = (id: string): number => metas.find((meta) => meta.id === id)?.precedence ?? 0;
    const above = metas.filter((meta) => meta.precedence > precedence('request-lookup'));
    expect(above.filter(({ code }) => code.startsWith('DNE0')).map(({ id }) => id)).toEqual([
      'chained-lookup',
    ]);
  });
});

describe.each(metas)('$id', (meta) => {
  it('keeps to the form of a meta', () => {
    expect(meta.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(meta.code).toMatch(/^DNE[0-4,9]\d\d$/);
    expect(meta.summary).toMatch(/^a [^.`]*[^.`!?]$/);
    expect(meta.since).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('has a page with the sections of a rule', () => {
    expect(existsSync(`${ROOT}${meta.docs}`)).toBe(true);
    const wanted = meta.code.startsWith('DNE9') ? META_SECTIONS : SECTIONS;
    const found = headings(pageOf(meta));
    expect(found.filter((heading) => wanted.includes(heading))).toEqual(wanted);
    expect(found.filter((heading) => !SECTIONS.includes(heading))).toEqual([]);
  });

  it('says on its page what its meta says', () => {
    const page = pageOf(meta);
    expect(page.split('\n')[0]).toBe(`# ${meta.id} (${meta.code})`);
    expect(page).toContain(
      `**Severity:** ${SEVERITY_WORDS[meta.severity]} · **Fix:** ${meta.fix} · **Since:** ${meta.since}`,
    );
  });

  it('tells a story, says when it is wrong, and shows a limit that is tested', () => {
    const section = (title: string): string =>
      pageOf(meta).split(`## ${title}\n`)[1]?.split(/^## /m)[0] ?? '';
    const words = (text: string): number => text.replaceAll(/```[\s\S]*?```/g, '').match(/\S+/g)?.length ?? 0;
    expect(words(section('When not to use it'))).toBeGreaterThan(8);
    if (meta.code.startsWith('DNE9')) return;
    expect(words(section('Why is this bad?'))).toBeGreaterThan(35);
    expect(section('Known limits')).toMatch(/^```python\n/m);
  });

  it('links only to pages that exist', () => {
    const links = [...pageOf(meta).matchAll(/\]\(([a-z-]+\.md)\)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !existsSync(`${ROOT}docs/rules/${link}`))).toEqual([]);
  });
});

it('every page belongs to a rule', () => {
  const pages = readdirSync(`${ROOT}docs/rules`).filter((name) => name !== 'index.md');
  expect(pages.sort()).toEqual(metas.map(({ id }) => `${id}.md`).sort());
});

it('defineRule gives its rule back', () => {
  for (const rule of rules) expect(defineRule(rule)).toBe(rule);
});
