import type { FixRequest, Hazard, ImportRequest } from '@danglint/core';
import { snakeCase } from '../build/names.ts';

/** How the branch of a missing row leaves. */
export type Leave =
  | { readonly kind: 'continue' }
  | { readonly kind: 'return'; readonly text: string }
  /** `raise exception("message")`. */
  | { readonly kind: 'raise'; readonly exception: string; readonly message: 'plain' | 'with-key' }
  /** A statement from the configuration. */
  | { readonly kind: 'statement'; readonly text: string };

/** What the code does when the row is missing. */
export interface Missing {
  readonly leave: Leave;
  readonly log: boolean;
  readonly imports: readonly ImportRequest[];
  /** A statement before it leaves. */
  readonly first?: string;
  /** Facts that are not proven; empty when control returns to somewhere that tolerates it. */
  readonly doubts: readonly string[];
  /** The doubt that goes when every caller gets a guard of its own: they are not known to accept None. */
  readonly callers?: string;
  /** True when the function gives None from now on, which nothing about it said. */
  readonly givesNone?: boolean;
  /** "Skip", "Return None", "Answer 404": continued with "when the Detector is missing". */
  readonly title: string;
}

export type Branch = { readonly missing: Missing } | { readonly reason: string };

/** The hazards that matter: one that still raises rolls back and reaches callers as before, save those that catch the old class. */
export function hazardDoubts(hazards: readonly Hazard[], leave: 'jump' | 'raise'): readonly string[] {
  const kinds: ReadonlySet<Hazard['kind']> = new Set(
    leave === 'jump'
      ? ['write-before', 'atomic', 'retry', 'failure-hook', 'caller-catches', 'caller-goes-on', 'dynamic']
      : ['retry', 'caller-catches', 'dynamic'],
  );
  return hazards.filter(({ kind }) => kinds.has(kind)).map(({ why }) => why);
}

/** "the Detector", "the row". */
export function rowName(model: string | null): string {
  return model === null ? 'the row' : `the ${model}`;
}

/** What a client is told of a missing row: `Order position not found`. */
export function notFoundText(label: string | null): string {
  return label === null ? 'Not found' : `${label} not found`;
}

/** The log event of a missing row: `detector.not_found`. */
export function logEvent({ judgement, settings }: FixRequest): string {
  return settings.logKey.replaceAll('{model}', snakeCase(judgement.lookup.model));
}
