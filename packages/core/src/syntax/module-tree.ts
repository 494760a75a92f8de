import { type Span, span } from '../text/index.ts';
import type { Comment } from './stmt.ts';
import type { FlatTree } from './tree.ts';

/** A stretch that is not valid Python. */
export interface Fault {
  readonly span: Span;
  readonly message: string;
}

/** The comments of a tree; `text` is the one that its offsets are of. */
export function comments(tree: FlatTree, text: string): Comment[] {
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

/** What is wrong in a tree. Nothing before `first` is: what stands there was not part of the text. */
export function faults(tree: FlatTree, text: string, first = 0): Fault[] {
  const out: Fault[] = [];
  let past = -1;
  let params = -1;
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind(node) === 'type_parameter') params = Math.max(params, tree.end(node));
    if (tree.kind(node) !== 'ERROR' || tree.start(node) < past) continue;
    const from = Math.max(tree.start(node), first);
    if (from < params && text.slice(from, tree.end(node)).includes('=')) continue; // a default (PEP 696), which the grammar lacks
    past = Math.max(tree.end(node), from);
    const line = text.slice(from, past).split(/\r?\n/, 1)[0] ?? '';
    out.push({ span: span(from, Math.min(past, from + line.length)), message: 'invalid syntax' });
  }
  for (const node of tree.missing) {
    out.push({
      span: span(Math.max(tree.start(node), first), Math.max(tree.end(node), first)),
      message: `expected ${describe(tree.kind(node))}`,
    });
  }
  return out.sort((a, b) => a.span.start - b.span.start);
}

function describe(kind: string): string {
  return kind.startsWith("'") ? `\`${kind.slice(1)}\`` : kind.replaceAll('_', ' ');
}
