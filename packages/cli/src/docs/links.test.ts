import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const top = fileURLToPath(new URL('../../../..', import.meta.url));

const pages = ['README.md', ...readdirSync(join(top, 'docs')).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);

/** The anchors of a page, as GitHub makes them of headings. */
function anchors(path: string): ReadonlySet<string> {
  const headings = readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, text = '']) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

test.each(pages)('%s: links lead to pages and headings that are there', (page) => {
  const text = readFileSync(join(top, page), 'utf8');
  const links = [...text.matchAll(/\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
  const broken = links.filter(([, path = '', anchor]) => {
    const target = path === '' ? join(top, page) : join(dirname(join(top, page)), path);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchors(target).has(anchor);
  });
  expect(broken.map(([link]) => link)).toEqual([]);
});
