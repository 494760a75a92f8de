import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { recipes } from '@danglint/fixer';
import { rules } from '@danglint/rules';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const page = readFileSync(`${ROOT}docs/plugins.md`, 'utf8');
const words = new Set(
  [...page.matchAll(/```[\s\S]*?```|`([^`\n]+)`/g)].flatMap(([text]) => text.match(/[\w-]+/g) ?? []),
);

/** What a module hands on, types too. */
function exported(file: string): readonly string[] {
  const text = readFileSync(`${ROOT}packages/cli/src/${file}`, 'utf8');
  return [...text.matchAll(/export \{([^}]*)\}/g)].flatMap(([, list = '']) =>
    list
      .split(',')
      .map((name) => name.replace(/\btype\b|^.* as /g, '').trim())
      .filter((name) => name !== ''),
  );
}

it.each(['api.ts', 'testing.ts'])('docs/plugins.md tells of everything that %s exports', (file) => {
  const names = exported(file);
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !words.has(name) && !words.has(`${name}s`))).toEqual([]);
});

it('docs/plugins.md names every recipe, and the precedences as they are', () => {
  expect([...recipes.keys()].filter((name) => !words.has(name))).toEqual([]);
  const between = (prefix: RegExp): string => {
    const of = rules.filter(({ meta }) => prefix.test(meta.code)).map(({ meta }) => meta.precedence);
    return `${Math.min(...of)} to ${Math.max(...of)}`;
  };
  const ranges = [/DNE00(?!3)/, /DNE1/, /DNE003|DNE[34]/, /DNE2/].map(between);
  expect(page.match(/\d00? to \d+|\d{3} to \d{3}/g)).toEqual(ranges);
});

it('the guides name every kind of observation', () => {
  const source = readFileSync(`${ROOT}packages/core/src/flow/observation.ts`, 'utf8');
  const kinds = [...source.matchAll(/readonly kind: '([a-z-]+)'/g)].map(([, kind = '']) => kind);
  expect(kinds.length).toBeGreaterThan(5);
  const guide = readFileSync(`${ROOT}docs/adding-a-rule.md`, 'utf8');
  expect(kinds.filter((kind) => !words.has(kind) || !guide.includes(`| \`${kind}\` |`))).toEqual([]);
});
