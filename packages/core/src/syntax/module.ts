import { type Span, span } from '../text/index.ts';
import { StmtLowering } from './lower-stmt.ts';
import { parseFast } from './parse/index.ts';
import type { PythonParser } from './parser.ts';
import type { Comment, Stmt } from './stmt.ts';
import type { FlatTree } from './tree.ts';

/** The syntax of one file: statements, comments, and the stretches that are not valid Python. */
export interface ModuleSyntax {
  readonly body: readonly Stmt[];
  readonly comments: readonly Comment[];
  readonly errors: readonly { readonly span: Span; readonly message: string }[];
}

/** To Python a line may end so, to the grammar it may not. The replacement keeps all offsets. */
const LONE_CR = /\r(?!\n)/g;

const withoutLoneCr = (source: string): string =>
  source.includes('\r') ? source.replace(LONE_CR, '\n') : source;

const NO_ERRORS: ModuleSyntax['errors'] = [];

/** Parses a module. Never throws for what the text holds: broken code comes back in `errors`. */
export function parseModule(parser: PythonParser, source: string): ModuleSyntax {
  return parseValid(source) ?? parseWithGrammar(parser, source);
}

/** Parses a module of valid Python, without the grammar and some ten times as fast; null when the text is not plainly valid. */
export function parseValid(source: string): ModuleSyntax | null {
  const found = parseFast(withoutLoneCr(source));
  return found === null ? null : { ...found, errors: NO_ERRORS };
}

/** Parses a module with the grammar alone, valid or not. Never throws for what the text holds. */
export function parseWithGrammar(parser: PythonParser, source: string): ModuleSyntax {
  const text = withoutLoneCr(source);
  const tree = parser.parse(text);
  return {
    body: new StmtLowering(tree, text).module(),
    comments: comments(tree, text),
    errors: tree.hasError ? errors(tree, text) : NO_ERRORS,
  };
}

/** What the grammar finds wrong with a text; it refuses some valid Python, which `parseValid` reads. */
export function grammarErrors(parser: PythonParser, source: string): ModuleSyntax['errors'] {
  const text = withoutLoneCr(source);
  const tree = parser.parse(text);
  return tree.hasError ? errors(tree, text) : NO_ERRORS;
}

function comments(tree: FlatTree, text: string): Comment[] {
  if (!text.includes('#')) return [];
  const out: Comment[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind(node) !== 'comment') continue;
    const start = tree.start(node);
    const past = tree.end(node);
    const at = span(start, text[past - 1] === '\r' ? past - 1 : past);
    let before: number = at.start - 1;
    while (before >= 0 && (text[before] === ' ' || text[before] === '\t' || text[before] === '\f')) before--;
    const ownLine = before < 0 || text[before] === '\n' || text[before] === '\r';
    out.push({ ...at, text: text.slice(at.start, at.end), ownLine });
  }
  return out;
}

function errors(tree: FlatTree, text: string): { span: Span; message: string }[] {
  const out: { span: Span; message: string }[] = [];
  let past = -1;
  let params = -1;
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind(node) === 'type_parameter') params = Math.max(params, tree.end(node));
    if (tree.kind(node) !== 'ERROR' || tree.start(node) < past) continue;
    const from = tree.start(node);
    if (from < params && text.slice(from, tree.end(node)).includes('=')) continue; // a default (PEP 696), which the grammar lacks
    past = tree.end(node);
    const line = text.slice(from, past).split(/\r?\n/, 1)[0] ?? '';
    out.push({ span: span(from, Math.min(past, from + line.length)), message: 'invalid syntax' });
  }
  for (const node of tree.missing) {
    out.push({
      span: span(tree.start(node), tree.end(node)),
      message: `expected ${describe(tree.kind(node))}`,
    });
  }
  return out.sort((a, b) => a.span.start - b.span.start);
}

function describe(kind: string): string {
  return kind.startsWith("'") ? `\`${kind.slice(1)}\`` : kind.replaceAll('_', ' ');
}
