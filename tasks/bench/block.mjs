import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const page = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));
const TITLE = '# Performance\n';

/**
 * Writes one measured part of `docs/performance.md`; the other parts stay as they are.
 *
 * @param {string} name the name of the part, as in `<!-- name -->`
 * @param {string} text Markdown
 */
export function writeBlock(name, text) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const before = existsSync(page) ? readFileSync(page, 'utf8') : TITLE;
  const block = `${open}\n\n${text.trim()}\n\n${close}`;
  const [start, end] = [before.indexOf(open), before.indexOf(close)];
  const after =
    start < 0
      ? `${before.trimEnd()}\n\n${block}\n`
      : before.slice(0, start) + block + before.slice(end + close.length);
  writeFileSync(page, after);
}
