import type {
  Draft,
  EntryKind,
  Host,
  Label,
  Observation,
  OptionalRow,
  RowIndex,
  RowMap,
  Severity,
  Span,
} from '@danglint/core';
import { originLabels, passedLabels, type Remark, verdictLabels } from './labels.ts';
import { isAttended, isConfigured, isOwnScript, isPage } from './severity.ts';

/** What a rule says of an observation on top of its evidence. */
export interface Sighting {
  readonly message: string;
  readonly help: string;
  readonly recipes: readonly string[];
  readonly remarks?: readonly Remark[];
  readonly severity?: Severity | null;
}

/** The draft of a finding that is not one lookup. It stands where the code dies, or where it is wrong. */
export function sightingOf(
  observation: Observation,
  { message, help, recipes, remarks = [], severity = null }: Sighting,
): Draft {
  const labels: readonly Label[] = [
    ...remarks.map(({ at, message: text, path }) => ({
      path: path ?? observation.path,
      span: at,
      message: text,
    })),
    ...('missedBy' in observation ? passedLabels(observation.missedBy) : []),
    ...('verdict' in observation
      ? [...originLabels(observation.origins), ...verdictLabels(observation.verdict)]
      : []),
  ];
  return {
    span: observation.span,
    message,
    help,
    labels: distinct(labels, observation),
    recipes,
    severity: severity ?? harmless(observation),
  };
}

function distinct(
  labels: readonly Label[],
  { path, span }: { readonly path: string; readonly span: Span },
): readonly Label[] {
  const place = (at: { readonly path: string; readonly span: Span }): string =>
    `${at.path}:${at.span.start}-${at.span.end}`;
  const seen = new Set([place({ path, span })]);
  return labels.filter((label) => {
    const at = place(label);
    if (seen.has(at)) return false;
    seen.add(at);
    return true;
  });
}

function harmless(observation: Observation): Severity | null {
  if (!('verdict' in observation)) return null;
  if ('host' in observation && observation.host.inTests) return 'info';
  if (observation.kind === 'optional-row' && (observation.ofParent || observation.by === 'relation'))
    return 'info';
  if (observation.kind === 'row-index' && observation.ofParent) return 'info';
  const { verdict, origins } = observation;
  if (isConfigured(origins)) return 'info';
  if (verdict.kind !== 'escapes') return null;
  if (isAttended(verdict.entry) || isOwnScript(verdict.entry, observation.path)) return 'info';
  return isPage(verdict.entry) || isNulled(observation) ? 'warning' : null;
}

/** A foreign key that may be NULL: what the program takes for possible, and nothing that a lookup has shown. */
function isNulled(observation: Observation): boolean {
  return observation.kind === 'optional-row' && observation.by === 'nulled';
}

const SKIPPERS: ReadonlySet<EntryKind> = new Set(['task', 'consumer', 'receiver', 'thread']);

/** What to do about a row that is not there, at the end of "check it, and ...". */
export function wayOut({ inLoop, entry }: Host): string {
  if (inLoop) return 'go on with the next item';
  if (entry === 'view' || entry === 'api') return 'answer 404';
  return entry !== null && SKIPPERS.has(entry) ? 'log it at info and return' : 'return early';
}

/** "`Order` row", or "the row" where no model is known. */
export function rowOfModel({ model }: OptionalRow | RowMap | RowIndex): string {
  return model === null ? 'the row' : `\`${model}\` row`;
}
