import { StmtLowering } from './lower-stmt.ts';
import { parseMended } from './mend.ts';
import { comments, type Fault, faults } from './module-tree.ts';
import { parseFast } from './parse/index.ts';
import type { PythonParser } from './parser.ts';
import type { Comment, Stmt } from './stmt.ts';

/** The syntax of one file: statements, comments, and the stretches that are not valid Python. */
export interface ModuleSyntax {
  readonly body: readonly Stmt[];
  readonly comments: readonly Comment[];
  readonly errors: readonly Fault[];
}

/** To Python a line may end so, to the grammar it may not. The replacement keeps all offsets. */
const LONE_CR = /\r(?!\n)/g;

const withoutLoneCr = (source: string): string =>
  source.includes('\r') ? source.replace(LONE_CR, '\n') : source;

const NO_ERRORS: ModuleSyntax['errors'] = [];

/** Parses a module. Never throws for what the text holds: broken code comes back in `errors`. */
export function parseModule(parser: PythonParser, source: string): ModuleSyntax {
  return parseValid(source) ?? parseBroken(parser, source);
}

/** Parses a module that `parseValid` refuses. Never throws for what the text holds. */
export function parseBroken(parser: PythonParser, source: string): ModuleSyntax {
  return parseMended(parser, withoutLoneCr(source)) ?? parseWithGrammar(parser, source);
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
    errors: tree.hasError ? faults(tree, text) : NO_ERRORS,
  };
}

/** What the grammar finds wrong with a text; it refuses some valid Python, which `parseValid` reads. */
export function grammarErrors(parser: PythonParser, source: string): ModuleSyntax['errors'] {
  const text = withoutLoneCr(source);
  const tree = parser.parse(text);
  return tree.hasError ? faults(tree, text) : NO_ERRORS;
}
