import type {
  EntryPoint,
  Guard,
  Hop,
  Judgement,
  Label,
  MissedBy,
  Origin,
  Site,
  Span,
  Verdict,
} from '@danglint/core';
import { code, entryWords } from './words.ts';

/** A place that only one rule points at: the handler that raises again, the check that never holds. */
export interface Remark {
  readonly at: Span;
  readonly message: string;
  /** Its file, when it is not the finding's own. */
  readonly path?: string;
}

/**
 * The evidence of a judgement as secondary places, in reading order: the rule's own remarks, where the key comes from, the
 * exception's way up (or the guard that stands in it), and where the path starts. A place is named once, and the lookup itself never.
 */
export function labelsOf(judgement: Judgement, remarks: readonly Remark[] = []): readonly Label[] {
  const { lookup } = judgement;
  const labels = [
    ...remarks.map(({ at, message, path }) => ({ path: path ?? lookup.path, span: at, message })),
    ...originLabels(judgement.origins),
    ...verdictLabels(judgement.verdict),
  ];
  const seen = new Set([place(lookup)]);
  return labels.filter((label) => {
    const at = place(label);
    if (seen.has(at)) return false;
    seen.add(at);
    return true;
  });
}

function place({ path, span }: Site): string {
  return `${path}:${span.start}-${span.end}`;
}

/** A key with many sources is not explained by naming them all. */
const MOST_ORIGINS = 3;

/** Callers besides the one on the path that are named. */
const MOST_CALLERS = 20;

/** Origins that say nothing a reader does not see in the lookup itself. */
const SILENT: ReadonlySet<Origin['kind']> = new Set(['unknown', 'literal', 'argument']);

/** Where a key comes from; sources that say nothing are left out. */
export function originLabels(origins: readonly Origin[]): readonly Label[] {
  return origins.slice(0, MOST_ORIGINS).flatMap(originLabel);
}

function originLabel({ kind, path, span, detail }: Origin): Label[] {
  return SILENT.has(kind) ? [] : [{ path, span, message: `the key is ${detail}` }];
}

/** What becomes of an exception, step by step; or why there is none. */
export function verdictLabels(verdict: Verdict): Label[] {
  switch (verdict.kind) {
    case 'escapes':
      return escapeLabels(verdict);
    case 'contained':
      return [
        ...verdict.path.flatMap(hopLabels),
        guardLabel(verdict.by, 'stopped, and reported as an error, by'),
      ];
    case 'handled':
      return [...verdict.path.flatMap(hopLabels), guardLabel(verdict.by, 'answered by')];
    case 'guaranteed':
      return [guardLabel(verdict.by, 'certain:')];
  }
}

/** An exception's way up to the entry point that it leaves by. */
function escapeLabels(verdict: Extract<Verdict, { kind: 'escapes' }>): Label[] {
  return [
    ...verdict.path.flatMap(hopLabels),
    ...entryLabel(verdict.entry, verdict.otherPaths),
    ...[...verdict.callers, ...verdict.beyond].slice(0, MOST_CALLERS).flatMap(hopLabels),
  ];
}

/** A step of the way, and the handler there that waits for another model. */
function hopLabels({ path, span, note, missedBy }: Hop): readonly Label[] {
  return [{ path, span, message: note }, ...passedLabels(missedBy)];
}

/** A handler that an exception passes, though it waits for a missing row. */
export function passedLabels(passed: MissedBy | undefined): readonly Label[] {
  if (passed === undefined) return [];
  const { path, span, exception } = passed;
  return [{ path, span, message: `does not catch ${code(exception)}` }];
}

function guardLabel({ path, span, detail }: Guard, words: string): Label {
  return { path, span, message: `${words} ${detail}` };
}

function entryLabel({ kind, path, span, function: name }: EntryPoint, otherPaths: number): Label[] {
  if (kind === 'script') return [];
  const more = otherPaths === 0 ? '' : ` (and ${otherPaths} more ${otherPaths === 1 ? 'path' : 'paths'})`;
  const message =
    kind === 'uncalled' ? `nobody here calls ${code(name)}` : `reached from ${entryWords(kind, name)}${more}`;
  return [{ path, span, message }];
}
