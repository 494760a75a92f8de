import { type LineIndex, offset } from '@danglint/core';
import type { FileChange, Finding, Place } from '../finding.ts';
import { type DiffLine, lineDiff } from '../line-diff.ts';

/** Lines of a step's code that are shown before it is cut. */
const TALL = 8;

const CONTROL = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;

/** Text for HTML; signs that change the direction of code, or control anything, are shown as replacements. */
export function escaped(text: string): string {
  return text
    .replaceAll(CONTROL, '\u{fffd}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Escaped words, where backticks make code. */
export function prose(text: string): string {
  return escaped(text).replaceAll(/`([^`\n]+)`/g, '<code>$1</code>');
}

/** One step of the path: what happens, where, and the lines with the place marked. */
export function stepCode(step: Place & { readonly message: string }, own: boolean): string {
  const { file, start, message } = step;
  const at = own ? `line ${start.row}` : `${file.shown}:${start.row}`;
  const words = message === '' ? '' : `${prose(message)} `;
  const head = `<div class="step">${words}<span class="at">${escaped(at)}</span></div>`;
  return file.lines === null ? head : `${head}<pre><code>${marked(step, file.lines)}</code></pre>`;
}

function marked({ span, start }: Place, lines: LineIndex): string {
  const last = lines.lineOf(offset(Math.max(span.start, span.end - 1)));
  const shown = Math.min(last, start.row + TALL - 1);
  const width = String(shown).length;
  const rows = Array.from({ length: shown - start.row + 1 }, (_, i) => start.row + i).map((row) => {
    const text = lines.lineText(row);
    const from = lines.startOfLine(row);
    const blank = text.length - text.trimStart().length;
    const a = Math.max(row === start.row ? 0 : blank, span.start - from);
    const b = Math.max(a, Math.min(text.length, span.end - from));
    const middle = a === b ? '' : `<mark>${escaped(text.slice(a, b))}</mark>`;
    return `<span class="row">${String(row).padStart(width)} </span>${escaped(text.slice(0, a))}${middle}${escaped(text.slice(b))}`;
  });
  return [...rows, ...(shown < last ? ['…'] : [])].join('\n');
}

/** The fix with its diff, or why there is none. */
export function fixPart({ fix, report, place }: Finding): string {
  if (fix === null) {
    const refusal = report.refusals()[0];
    return refusal === undefined ? '' : `<p class="note">No automatic fix: ${prose(refusal.reason)}</p>`;
  }
  const { title, applicability, why } = fix.fix;
  const kind = {
    safe: 'safe fix, applied by --fix',
    unsafe: 'unsafe fix, applied by --fix --unsafe-fixes',
    display: 'shown only, never applied',
  }[applicability];
  const diffs = fix.changes.map((change) => {
    const name =
      change.file.path === place.file.path ? '' : `<div class="step at">${escaped(change.file.shown)}</div>`;
    return `${name}${diff(change)}`;
  });
  const reason =
    why === null ? '' : `<p class="note">${applicability === 'unsafe' ? 'Unsafe: ' : ''}${prose(why)}</p>`;
  return `<details open><summary>${prose(title)} (${kind})</summary>${diffs.join('')}${reason}</details>`;
}

function diff({ file, edits }: FileChange): string {
  if (file.lines === null || edits.length === 0) return '';
  const hunks = lineDiff(file.lines, edits).map((hunk) => hunk.map(diffLine).join(''));
  return `<pre class="diff"><code>${hunks.join('<span class="row">…</span>\n')}</code></pre>`;
}

/** Words for a screen reader; colours and signs for everybody else. */
function diffLine({ kind, text }: DiffLine): string {
  const code = escaped(text);
  if (kind === 'same') return `<span class="row">  </span>${code}\n`;
  if (kind === 'added')
    return `<ins><span class="hidden">added: </span><span class="row" aria-hidden="true">+ </span>${code}</ins>`;
  return `<del><span class="hidden">removed: </span><span class="row" aria-hidden="true">- </span>${code}</del>`;
}
