import { type ModuleSyntax, parseModule, type PythonParser } from '../syntax/index.ts';
import type { SourceFile } from '../text/index.ts';
import type { FileFacts } from './facts.ts';

/** Reads the facts of one decoded file. Never throws for what the file holds. */
export function extractFacts(parser: PythonParser, source: SourceFile): FileFacts {
  return factsOf(parseModule(parser, source.text), source);
}

/** The facts of a decoded file whose syntax is known. */
export function factsOf(syntax: ModuleSyntax, source: SourceFile): FileFacts {
  return {
    path: source.path,
    body: syntax.body,
    comments: syntax.comments,
    syntaxErrors: syntax.errors.map(({ span, message }) => ({ start: span.start, end: span.end, message })),
  };
}
