import type { Edit, Report } from '../rule/index.ts';
import { LineIndex, span } from '../text/index.ts';
import { type LineStates, lineStates } from './line-state.ts';
import { type CommentedFile, suppressionsOf } from './suppress-apply.ts';
import type { Suppression } from './suppress.ts';

/** A line that a comment makes longer than this gets the comment above it instead. */
const WIDTH = 88;

/** The edits that put `# danglint: ignore[CODE] reason` to findings of one file: where they start, or above them. */
export function ignoreEdits(
  file: CommentedFile,
  findings: readonly Pick<Report, 'code' | 'span'>[],
  reason: string,
): readonly Edit[] {
  const { text } = file.source;
  const lines = new LineIndex(text);
  const states = lineStates(lines);
  const newline = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
  const existing = suppressionsOf(file)?.list ?? [];
  const codesByRow = new Map<number, Set<string>>();
  for (const { code, span } of findings) {
    const row = lines.lineOf(span.start);
    codesByRow.set(row, (codesByRow.get(row) ?? new Set()).add(code));
  }
  const edits = [...codesByRow].map(([row, found]) => {
    const codes = [...found].sort();
    const comment = `# danglint: ignore[${codes.join(', ')}]${reason === '' ? '' : ` ${reason}`}`;
    return (
      joined(existing, row, codes) ??
      atEnd(lines, states, row, comment) ??
      above(lines, states, row, comment, newline)
    );
  });
  return merged(edits.sort((a, b) => a.start - b.start));
}

/** More codes for the comment that the line has already. */
function joined(existing: readonly Suppression[], row: number, codes: readonly string[]): Edit | null {
  for (const { kind, codes: named, first, ownLine } of existing) {
    const last = named?.at(-1);
    if (kind !== 'ignore' || ownLine || first !== row || last === undefined) continue;
    return { ...span(last.end, last.end), text: `, ${codes.join(', ')}` };
  }
  return null;
}

/** Null where the line has no room, or its end is inside a string or before a continuation. */
function atEnd(lines: LineIndex, states: LineStates, row: number, comment: string): Edit | null {
  const next = states.at(row + 1);
  if (row < lines.lineCount && (next === 'string' || next === 'backslash')) return null;
  const code = lines.lineText(row).trimEnd();
  if (Array.from(code).length + 2 + comment.length > WIDTH) return null;
  const start = lines.startOfLine(row) + code.length;
  return { ...span(start, lines.endOfLine(row)), text: `  ${comment}` };
}

/** A line of its own: above the finding's line, or above its whole statement where no comment can stand between. */
function above(lines: LineIndex, states: LineStates, row: number, comment: string, newline: string): Edit {
  const state = states.at(row);
  const target = state === 'statement' || state === 'brackets' ? row : states.statementOf(row);
  const indent = /^[ \t\f]*/.exec(lines.lineText(target))?.[0] ?? '';
  const start = lines.startOfLine(target);
  return { ...span(start, start), text: `${indent}${comment}${newline}` };
}

/** Several comments above one statement become one after the other. */
function merged(edits: readonly Edit[]): readonly Edit[] {
  const out: Edit[] = [];
  for (const edit of edits) {
    const last = out.at(-1);
    if (last === undefined || last.start !== edit.start || last.end !== edit.end) out.push(edit);
    else if (last.text !== edit.text) out[out.length - 1] = { ...last, text: last.text + edit.text };
  }
  return out;
}
