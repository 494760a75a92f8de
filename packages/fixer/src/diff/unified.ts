import { encode, type SourceFile } from '@danglint/core';
import { type Change, gitLines, lineChanges } from './hunks.ts';
import { patchName } from './quote.ts';

/** Lines of unchanged text around each change. */
const CONTEXT = 3;
const BOM = '\ufeff';

/**
 * The change of one file as a unified diff that `git apply` takes; the empty string when nothing changed. `before` is the
 * file as it was read; its byte order mark and line endings are part of the diff.
 */
export function unifiedDiff(before: SourceFile, after: string): string {
  const mark = before.bom ? BOM : '';
  const old = gitLines(mark + before.text);
  const now = gitLines(mark + after);
  const groups = grouped(lineChanges(old, now));
  if (groups.length === 0) return '';
  const header = `--- ${patchName(`a/${before.path}`)}\n+++ ${patchName(`b/${before.path}`)}\n`;
  return header + groups.map((group) => hunk(old, now, group)).join('');
}

/** The same in bytes, with the file's lines in the file's own encoding: what `git apply` needs for latin-1 sources. */
export function unifiedDiffBytes(before: SourceFile, after: string): Uint8Array {
  const text = unifiedDiff(before, after);
  if (before.encoding === 'utf-8') return Buffer.from(text, 'utf8');
  return encode({ ...before, bom: false }, text) ?? Buffer.from(text, 'utf8');
}

/** Changes whose contexts touch share a hunk. */
function grouped(changes: readonly Change[]): readonly (readonly Change[])[] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && change.oldStart - last.oldEnd <= 2 * CONTEXT)
      group.push(change);
    else groups.push([change]);
  }
  return groups;
}

function hunk(old: readonly string[], now: readonly string[], group: readonly Change[]): string {
  const first = group[0];
  const last = group.at(-1);
  if (first === undefined || last === undefined) return '';
  const lead = Math.min(CONTEXT, first.oldStart);
  const trail = Math.min(CONTEXT, old.length - last.oldEnd);
  const body: string[] = [];
  let at = first.oldStart - lead;
  for (const { oldStart, oldEnd, newStart, newEnd } of group) {
    for (const line of old.slice(at, oldStart)) body.push(patchLine(' ', line));
    for (const line of old.slice(oldStart, oldEnd)) body.push(patchLine('-', line));
    for (const line of now.slice(newStart, newEnd)) body.push(patchLine('+', line));
    at = oldEnd;
  }
  for (const line of old.slice(at, last.oldEnd + trail)) body.push(patchLine(' ', line));
  const before = range(first.oldStart - lead, last.oldEnd + trail);
  const after = range(first.newStart - lead, last.newEnd + trail);
  return `@@ -${before} +${after} @@\n${body.join('')}`;
}

function patchLine(sign: string, line: string): string {
  return line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`;
}

/** `start,count` of lines that count from 0 here and from 1 there; an empty range names the line before it. */
function range(start: number, end: number): string {
  const count = end - start;
  if (count === 1) return String(start + 1);
  return `${count === 0 ? start : start + 1},${count}`;
}
