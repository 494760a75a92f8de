/**
 * One key: what it puts where, and what kind of edit it belongs to.
 * @typedef {{ readonly start: number, readonly end: number, readonly text: string, readonly kind: 'body' | 'module' }} Key
 */

/**
 * What somebody types around a finding, key by key: a line of code in its function, whose brackets stand open on the way, which is
 * taken out again; a comment; an early return in two lines; an empty line. Then, as `module`, an import that comes and goes whole.
 * The text is afterwards what it was before.
 *
 * @param {string} text
 * @param {number} line the finding's, from 0
 * @returns {readonly Key[]}
 */
export function typed(text, line) {
  const at = text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0);
  const indent = /^[ \t]*/.exec(text.slice(at))?.[0] ?? '';
  const name = /\b([a-z_]+)\b(?=\)|,)/.exec(text.slice(at))?.[1] ?? 'pk';
  const lines = [
    `found = helper.load(${name}, [row.pk for row in rows])`,
    '# checked above',
    `if not ${name}:`,
    `    return`,
  ];
  return [
    ...whole(at, `${indent}\n`, 'body'),
    ...lines.slice(0, 2).flatMap((one) => line2(at, indent, one)),
    ...block(at, indent, lines.slice(2)),
    ...whole(0, 'import contextlib\n', 'module'),
  ];
}

/**
 * @param {number} at
 * @param {string} text
 * @param {Key['kind']} kind
 * @returns {readonly Key[]}
 */
function whole(at, text, kind) {
  return [
    { start: at, end: at, text, kind },
    { start: at, end: at + text.length, text: '', kind },
  ];
}

/**
 * @param {number} at
 * @param {string} indent
 * @param {string} line
 */
const line2 = (at, indent, line) => block(at, indent, [line]);

/**
 * Lines typed key by key from a new line on, and taken out at once.
 * @param {number} at
 * @param {string} indent
 * @param {readonly string[]} lines
 * @returns {readonly Key[]}
 */
function block(at, indent, lines) {
  /** @type {Key[]} */
  const keys = [{ start: at, end: at, text: `${indent}\n`, kind: 'body' }];
  let end = at + indent.length;
  const put = (/** @type {string} */ text) => {
    keys.push({ start: end, end, text, kind: 'body' });
    end += text.length;
  };
  for (const [i, line] of lines.entries()) {
    if (i > 0) put(`\n${indent}`);
    for (const key of line) put(key);
  }
  keys.push({ start: at, end: end + 1, text: '', kind: 'body' });
  return keys;
}
