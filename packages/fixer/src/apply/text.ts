import type { Edit, FileFacts, Fix, ImportRequest, SourceFile } from '@danglint/core';
import { MagicString } from 'magic-string';
import { importEdits } from '../build/imports.ts';
import { styleOf } from '../build/style.ts';

/** What fixes want of one file. */
export interface Wanted {
  readonly edits: readonly Edit[];
  readonly imports: readonly ImportRequest[];
}

/** What several fixes want of the file at `path`. */
export function wantedIn(
  path: string,
  fixes: readonly { readonly report: { readonly path: string }; readonly fix: Fix }[],
): Wanted {
  const parts = fixes.flatMap(({ report, fix }) => [
    ...(report.path === path ? [{ edits: fix.edits, imports: fix.imports }] : []),
    ...fix.others.filter((other) => other.path === path),
  ]);
  return { edits: parts.flatMap(({ edits }) => edits), imports: parts.flatMap(({ imports }) => imports) };
}

/** The edits of a file with its imports resolved, in the order they are written: sorted, equal ones once, imports first. */
export function resolveEdits(
  source: SourceFile,
  facts: FileFacts,
  { edits, imports }: Wanted,
): readonly Edit[] {
  const needed = importEdits(source, facts, imports, styleOf(source, facts));
  const seen = new Set<string>();
  return [...needed, ...edits]
    .filter((edit) => {
      const key = `${edit.start}:${edit.end}:${edit.text}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.order - b.order)
    .map(({ edit }) => edit);
}

/** Writes edits that do not overlap into a text. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const out = new MagicString(text);
  for (const { start, end, text: written } of edits) {
    if (start === end) out.appendLeft(start, written);
    else if (written === '') out.remove(start, end);
    else out.update(start, end, written);
  }
  return out.toString();
}

/** The text of one file with one fix applied, for a preview or an editor. */
export function fixedText(source: SourceFile, facts: FileFacts, fix: Fix): string {
  return applyEdits(source.text, resolveEdits(source, facts, fix));
}
