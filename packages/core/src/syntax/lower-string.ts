import type { Expr, JoinedStr } from './expr.ts';
import type { ExprLowering } from './lower-expr.ts';
import { nameIn } from './parse/names.ts';

/** Longer strings are prose or data: no name or key is looked for in them, but for what a docstring tells of missing rows. */
const MAX_VALUE = 200;

/** The part of a docstring that tells its reader of the exception: `Raises:`, `:raises X:`, `@raise X`. */
const RAISES = /\braises?\b[^]{0,160}?DoesNotExist/i;

/** What is kept of the text of a string. */
export function keptValue(text: string): string {
  return text.length > MAX_VALUE ? (RAISES.exec(text)?.[0] ?? '') : text;
}

/** The letters that an f-string begins and ends with, by the text between its quotes; empty where other characters stand there too. */
export function joinedEnds(text: string): Pick<JoinedStr, 'head' | 'tail'> {
  return { head: word(text.slice(0, text.indexOf('{'))), tail: word(text.slice(text.lastIndexOf('}') + 1)) };
}

/** Names are asked for, sentences are not. */
const word = (text: string): string =>
  text.length <= MAX_WORD && /^\w+$/.test(text) ? nameIn(text, 0, text.length) : '';

const MAX_WORD = 40;

/** A string, a concatenation of them, or an f-string. */
export function lowerString(low: ExprLowering, node: number): Expr {
  const { tree } = low;
  const at = low.spanOf(node);
  const pieces = tree.kind(node) === 'concatenated_string' ? tree.named(node) : [node];
  const values = pieces.flatMap((piece) => interpolated(low, piece));
  const value = pieces.map((piece) => stringBody(low.textOf(piece))).join('');
  if (values.length > 0) return { kind: 'JoinedStr', ...at, ...joinedEnds(value), values };
  const prefix = /^[a-zA-Z]*/.exec(low.text.slice(at.start, at.start + 3))?.[0] ?? '';
  const type = /b/i.test(prefix) ? 'bytes' : 'str';
  return { kind: 'Constant', ...at, type, value: keptValue(value) };
}

/** The expressions between braces, those of format specifiers (`f'{x:{width}}'`) included. */
function interpolated(low: ExprLowering, node: number): Expr[] {
  const { tree } = low;
  const out: Expr[] = [];
  for (const child of tree.named(node)) {
    const kind = tree.kind(child);
    if (kind !== 'interpolation' && kind !== 'format_expression') continue;
    out.push(formatted(low, tree.field(child, 'expression')));
    const specifier = tree.field(child, 'format_specifier');
    if (specifier >= 0) out.push(...interpolated(low, specifier));
  }
  return out;
}

/** In `f'{x:=10}'` the grammar sees an assignment expression; to Python `=10` is the format. */
function formatted(low: ExprLowering, node: number): Expr {
  const named = low.tree.kind(node) === 'named_expression';
  return low.expr(named ? low.tree.field(node, 'name') : node);
}

function stringBody(source: string): string {
  const start = /^[a-zA-Z]*("""|'''|"|')/.exec(source);
  if (start === null) return source;
  const quote = start[1] ?? '"';
  return source.slice(start[0].length, source.length - (source.endsWith(quote) ? quote.length : 0));
}
