import { type Span, span } from '../text/index.ts';
import { StmtLowering } from './lower-stmt.ts';
import type { PythonParser } from './parser.ts';
import type { Comment, Stmt } from './stmt.ts';
import type { FlatTree } from './tree.ts';

/** The syntax of one file: statements, comments, and the stretches that are not valid Python. */
export interface ModuleSyntax {
  readonly body: readonly Stmt[];
  readonly comments: readonly Comment[];
  readonly errors: readonly { readonly span: Span; readonly message: string }[];
}

/** Parses a module. Never throws for what the text holds: broken code comes back in `errors`. */
export function parseModule(parser: PythonParser, text: string): ModuleSyntax {
  const tree = parser.parse(text);
  return {
    body: new StmtLowering(tree, text).module(),
    comments: comments(tree, text),
    errors: tree.hasError ? errors(tree, text) : [],
  };
}

function comments(tree: FlatTree, text: string): Comment[] {
  if (!text.includes('#')) return [];
  const out: Comment[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind(node) !== 'comment') continue;
    const at = span(tree.start(node), tree.end(node));
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
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind(node) !== 'ERROR' || tree.start(node) < past) continue;
    past = tree.end(node);
    const line = text.slice(tree.start(node), past).split(/\r?\n/, 1)[0] ?? '';
    out.push({
      span: span(tree.start(node), Math.min(past, tree.start(node) + line.length)),
      message: 'invalid syntax',
    });
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
