import { faults } from './module-tree.ts';
import type { PythonParser } from './parser.ts';
import type { Stmt } from './stmt.ts';

/** A text and its statements. */
export interface Parsed {
  readonly text: string;
  readonly body: readonly Stmt[];
}

/**
 * True when the grammar finds nothing wrong in those members of modules and classes that `before` does not have. Only these are
 * read: of a long file that changed in one function, it takes the time of that function. False when it cannot be told so.
 */
export function grammarReadsChanges(parser: PythonParser, before: Parsed, after: Parsed): boolean {
  const known = new Set([...membersOf(before.body)].map(({ start, end }) => before.text.slice(start, end)));
  for (const { start, end, head } of membersOf(after.body)) {
    if (known.has(after.text.slice(start, end))) continue;
    if (head) return false;
    const line = after.text.lastIndexOf('\n', start - 1) + 1;
    const around = line === start ? '' : 'if 1:\n';
    const tree = parser.parse(around + after.text.slice(line, end), line - around.length);
    if (tree.hasError && faults(tree, after.text).length > 0) return false;
  }
  return true;
}

interface Member {
  readonly start: number;
  readonly end: number;
  /** True for a class up to its first statement. */
  readonly head: boolean;
}

function* membersOf(body: readonly Stmt[]): Iterable<Member> {
  for (const stmt of body) {
    const first = stmt.kind === 'ClassDef' ? stmt.body[0] : undefined;
    if (stmt.kind !== 'ClassDef' || first === undefined) {
      yield { start: stmt.start, end: stmt.end, head: false };
    } else {
      yield { start: stmt.start, end: first.start, head: true };
      yield* membersOf(stmt.body);
    }
  }
}
