const TOKEN =
  /\n[ \t]*|[A-Za-z_]\w*|\d[\w.]*|"""|'''|\*\*=?|\/\/=?|[-+*/%&|^@<>=!:]=|->|<<|>>|\.\.\.|\\\n|[^\s\w]/g;

/** Tokens that are put in; line ends are written as ¶. */
const POOL = [
  '( ) [ ] { } , : ; . = == := -> * ** / // @ + - ~ | & ^ < > != += ... % ` $ ! ? \\ # " \' """ f" f\' b" r\'',
  'False None True and as assert async await break class continue def del elif else except finally for from',
  'global if import in is lambda nonlocal not or pass raise return try while with yield match case type _ x',
  "1 0 00 01 1.5 1j 0x1 's' b's' f'{x}' {x x} ¶ ¶\t \\¶ *x **x x=1",
]
  .flatMap((line) => line.split(' '))
  .map((token) => token.replace('¶', '\n'))
  .concat('\n ', '\n    ');

/** A generator of whole numbers below a bound, the same for the same seed (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** A text with one token deleted, doubled, inserted, replaced or swapped, and the place where that happened. */
export function mutate(source, next) {
  const tokens = [...source.matchAll(TOKEN)];
  if (tokens.length < 3) return { text: source, about: 'unchanged' };
  const { index, 0: token } = tokens[next(tokens.length - 1)];
  const other = next(3) === 0 ? tokens[next(tokens.length)][0] : POOL[next(POOL.length)];
  const past = index + token.length;
  const changed = [
    () => '',
    () => `${token} ${token}`,
    () => `${token}${other}`,
    () => ` ${other} ${token}`,
    () => other,
    () => ` ${other} `,
  ][next(6)]();
  const text = source.slice(0, index) + changed + source.slice(past);
  const from = Math.max(0, text.lastIndexOf('\n', index - 1) - 20);
  return { text, about: JSON.stringify(text.slice(from, index + changed.length + 40)) };
}

/** A function or class of a text, with what is inside it, moved to the left edge; all of a text that has none. */
export function excerpt(source, next) {
  const heads = [...source.matchAll(/^([ \t]*)(?:@|def |class |async def |if |for |with |try:|match )/gm)];
  if (heads.length === 0) return source;
  const { index, 1: indent } = heads[next(heads.length)];
  const lines = source.slice(index).split('\n');
  const past = lines.findIndex((line, i) => i > 0 && ends(line, indent.length));
  const own = past < 0 ? lines : lines.slice(0, past);
  return own
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n')
    .slice(0, 3000);
}

/** True for a line that begins something else at the same or a lesser depth; `else`, brackets and comments do not. */
function ends(line, depth) {
  if (line.trim() === '') return false;
  return !/^(?:\s|[@)\]}#]|el|ex|fi|def|cl|as)/.test(line.slice(depth));
}
