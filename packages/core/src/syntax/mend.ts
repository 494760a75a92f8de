import { StmtLowering } from './lower-stmt.ts';
import { comments, type Fault, faults } from './module-tree.ts';
import { type Broken, type Mended, parseAround } from './parse/index.ts';
import type { PythonParser } from './parser.ts';
import type { Comment, Stmt } from './stmt.ts';

/** What stands before a broken stretch when the grammar reads it alone, so that its statements are those of a block. */
const BEFORE = { body: 'def _():', inner: 'if 1:\n', outer: '' } as const;

/** A stretch as the grammar reads it. */
interface Read extends Mended {
  readonly errors: readonly Fault[];
}

/**
 * Parses a module that is not plainly valid around what is wrong in it: the grammar sees nothing but the statement that is broken,
 * or the body of the function around it. The same text in another place of a file gives the same, and what stands behind is not
 * drawn into it. Null when the grammar has to read all of the text.
 */
export function parseMended(
  parser: PythonParser,
  text: string,
): { body: readonly Stmt[]; comments: readonly Comment[]; errors: readonly Fault[] } | null {
  const errors: Fault[] = [];
  const found = parseAround(text, (broken) => mended(parser, text, broken, errors));
  return found === null ? null : { ...found, errors };
}

/** A wrong indentation alone is none in a stretch: null leaves it to what stands around. */
function mended(parser: PythonParser, text: string, broken: Broken, found: Fault[]): Mended | null {
  const plain = readTo(parser, text, broken, broken.plain);
  const read =
    broken.quoted >= 0 && plain.errors.length > 0 ? readTo(parser, text, broken, broken.quoted) : plain;
  if (broken.kind === 'indented' && read.errors.length === 0) return null;
  found.push(...read.errors);
  return read;
}

function readTo(parser: PythonParser, text: string, { from, kind, inner }: Broken, end: number): Read {
  const before = BEFORE[kind === 'body' ? 'body' : inner ? 'inner' : 'outer'];
  const tree = parser.parse(before + text.slice(from, end), from - before.length);
  const lowering = new StmtLowering(tree, text);
  const outer = lowering.module();
  const around = outer.filter((stmt) => before !== '' && stmt.start < from);
  const own = outer.flatMap((stmt) => (around.includes(stmt) && 'body' in stmt ? stmt.body : [stmt]));
  const yields = around.some((stmt) => stmt.kind === 'FunctionDef' && stmt.generator);
  const first = from + (/^\s*/.exec(text.slice(from, end))?.[0].length ?? 0);
  return {
    body: own,
    comments: comments(tree, text),
    generator: yields || lowering.low.sawYield,
    end,
    errors: tree.hasError ? faults(tree, text, Math.min(first, end)) : [],
  };
}
