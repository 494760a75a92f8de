import type { Constant, Expr } from '../syntax/index.ts';
import { BEHIND_ALL, span } from '../text/index.ts';

const TOKEN = /\s*(\.\.\.|[A-Za-z_]\w*|[.[\],|]|"[^"]*"|'[^']*')/y;

/** Quoted annotations as expressions; their names are read when all of the module has run. */
export class AnnotationTexts {
  readonly #parsed = new WeakMap<Constant, { readonly expr: Expr | null }>();

  /** The expression in a string; null when it is more than names, subscripts and unions. */
  parsed(annotation: Constant): Expr | null {
    if (annotation.type !== 'str') return null;
    const known = this.#parsed.get(annotation) ?? { expr: parseAnnotation(annotation.value) };
    this.#parsed.set(annotation, known);
    return known.expr;
  }
}

function parseAnnotation(text: string): Expr | null {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) tokens.push(match[1] ?? '');
  const read = tokens.join('').length;
  if (tokens.length === 0 || read !== text.replace(/\s+/g, '').length) return null;
  const parser = new Parser(tokens);
  const expr = parser.union();
  return parser.done ? expr : null;
}

const NOWHERE = span(BEHIND_ALL, BEHIND_ALL);

class Parser {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get done(): boolean {
    return this.#at === this.#tokens.length;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  union(): Expr | null {
    let left = this.#term();
    while (left !== null && this.#take('|')) {
      const right = this.#term();
      left = right === null ? null : { kind: 'BinOp', ...NOWHERE, op: '|', left, right };
    }
    return left;
  }

  #term(): Expr | null {
    const token = this.#tokens[this.#at++] ?? '';
    if (token === '[') {
      const elts = this.#list();
      return elts === null ? null : { kind: 'List', ...NOWHERE, elts };
    }
    if (token === '...') return { kind: 'Constant', ...NOWHERE, type: 'ellipsis', value: '...' };
    if (token === 'None') return { kind: 'Constant', ...NOWHERE, type: 'none', value: 'None' };
    if (/^["']/.test(token)) return parseAnnotation(token.slice(1, -1));
    return /^\w/.test(token) ? this.#trailers({ kind: 'Name', ...NOWHERE, id: token }) : null;
  }

  #trailers(head: Expr): Expr | null {
    let expr = head;
    while (this.#take('.'))
      expr = { kind: 'Attribute', ...NOWHERE, value: expr, attr: this.#tokens[this.#at++] ?? '' };
    if (!this.#take('[')) return expr;
    const elts = this.#list();
    const only = elts?.length === 1 ? elts[0] : undefined;
    if (elts === null) return null;
    return { kind: 'Subscript', ...NOWHERE, value: expr, index: only ?? { kind: 'Tuple', ...NOWHERE, elts } };
  }

  /** Items up to the closing bracket, which is taken too. */
  #list(): Expr[] | null {
    const out: Expr[] = [];
    while (!this.#take(']')) {
      const item = this.union();
      if (item === null) return null;
      out.push(item);
      if (!this.#take(',') && this.#tokens[this.#at] !== ']') return null;
    }
    return out;
  }
}
