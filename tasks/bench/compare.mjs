/**
 * The first places where two syntaxes differ, as `where: fast | grammar`. `|` in annotations is compared by its operands:
 * the grammar groups it to the right, CPython and the fast parser to the left.
 */
export function differences(fast, grammar, limit = 3) {
  const out = [];
  compare(fast, grammar, '', out, limit, -1);
  return out;
}

function compare(a, b, where, out, limit, at) {
  if (out.length >= limit || Object.is(a, b)) return;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    out.push(`${at}: ${where}: ${show(a)} | ${show(b)}`);
    return;
  }
  if (Array.isArray(a) !== Array.isArray(b) || (Array.isArray(a) && a.length !== b.length)) {
    out.push(`${at}: ${where}.length: ${show(a.length)} | ${show(b.length)}`);
    return;
  }
  const here = typeof b.start === 'number' ? b.start : at;
  if (a.kind === 'BinOp' && b.kind === 'BinOp' && a.op === '|' && b.op === '|') {
    compare(operands(a), operands(b), `${where}|`, out, limit, here);
    return;
  }
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const key of keys) compare(a[key], b[key], `${where}.${key}`, out, limit, here);
}

const operands = (expr) =>
  expr.kind === 'BinOp' && expr.op === '|' ? [...operands(expr.left), ...operands(expr.right)] : [expr];

const show = (value) =>
  typeof value === 'object' && value !== null ? (value.kind ?? 'object') : JSON.stringify(value);
