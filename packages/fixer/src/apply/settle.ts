import type { Edit, Fix } from '@danglint/core';
import type { Candidate } from './candidate.ts';

/** What of a pass can be applied together, and what has to wait for the next one. */
export interface Settlement {
  readonly accepted: readonly Candidate[];
  readonly waiting: readonly Candidate[];
}

/**
 * Takes fixes in order. One waits when its function already has a fix in this pass, or when its edits touch those of a fix
 * taken before; edits that are the same (a logger that two fixes need) do not count.
 */
export function settle(candidates: readonly Candidate[]): Settlement {
  const accepted: Candidate[] = [];
  const waiting: Candidate[] = [];
  const groups = new Set<string>();
  const taken = new Map<string, Edit[]>();
  for (const candidate of candidates) {
    const group = `${candidate.report.path}\n${candidate.fix.group}`;
    const files = editsByPath(candidate);
    if (groups.has(group) || files.some(([path, edits]) => collides(taken.get(path) ?? [], edits))) {
      waiting.push(candidate);
      continue;
    }
    groups.add(group);
    for (const [path, edits] of files) taken.set(path, [...(taken.get(path) ?? []), ...edits]);
    accepted.push(candidate);
  }
  return { accepted, waiting };
}

/** The edits of a fix in its own file and in others. */
export function editsByPath({
  report,
  fix,
}: {
  readonly report: { readonly path: string };
  readonly fix: Fix;
}): readonly (readonly [string, readonly Edit[]])[] {
  return [[report.path, fix.edits], ...fix.others.map(({ path, edits }) => [path, edits] as const)];
}

function collides(taken: readonly Edit[], edits: readonly Edit[]): boolean {
  return edits.some((edit) => taken.some((other) => touches(edit, other) && !same(edit, other)));
}

/** Sharing a border counts: what is written there would depend on the order. */
function touches(a: Edit, b: Edit): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function same(a: Edit, b: Edit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}
