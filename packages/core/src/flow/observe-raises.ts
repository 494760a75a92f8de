import {
  type CodeSite,
  type Frame,
  type FunctionInfo,
  type Place,
  type Program,
  sitesOf,
} from '../project/index.ts';
import { dottedName, type Expr } from '../syntax/index.ts';
import type { EntryKind, Verdict } from './verdict.ts';
import type { EntryPoints } from './entry.ts';
import type { Fate } from './escape.ts';
import type { ExceptionRef } from './exceptions.ts';
import { verdictOf } from './fate-verdict.ts';
import { raisedClasses } from './handlers.ts';

type RaiseSite = Extract<CodeSite, { kind: 'raise' }>;

/** A `raise Model.DoesNotExist` in a function whose callers do not all answer it. */
export interface HandRaised {
  readonly place: Place;
  readonly exc: Expr;
  /** Name of the model's class; null for the model of a manager. */
  readonly model: string | null;
  /** `Order.DoesNotExist`; as the statement spells it where the model has no name. */
  readonly exception: string;
  readonly verdict: Unanswered;
  /** True when another caller answers it: raising is what the function promises. */
  readonly isPromise: boolean;
}

/** What becomes of an exception that nobody expects: a broad handler may stop it. */
export type Unanswered = Extract<Verdict, { kind: 'escapes' | 'contained' }>;

/** Where the exception of a person's own decision ends without anybody else having asked for it. */
const BY_DECISION: ReadonlySet<EntryKind> = new Set(['uncalled', 'command', 'script', 'admin']);

/**
 * The exceptions that a function raises by hand for a missing row, as `get()` would: those that leave it for callers which do not
 * answer them, up to a framework or a broad handler; the first place of each. A task or view that raises one itself means it; so does a handler that
 * raises another one.
 */
export function handRaised(
  program: Program,
  entries: EntryPoints,
  fateOf: (thrown: ExceptionRef, site: RaiseSite) => Fate,
  fn: FunctionInfo,
): readonly HandRaised[] {
  const sites = sitesOf(fn).filter(isByHand);
  if (sites.length === 0 || fn.def === null || entries.of(fn) !== null) return [];
  const found = new Map<string, HandRaised>();
  for (const site of sites) {
    const raised = raisedAt(program, (thrown) => fateOf(thrown, site), site);
    if (raised !== null && !found.has(raised.exception)) found.set(raised.exception, raised);
  }
  return [...found.values()];
}

function isByHand(site: CodeSite): site is RaiseSite {
  return site.kind === 'raise' && speltAs(site) !== null && !isInHandler(site.place.frame);
}

/** `Order.DoesNotExist`, called or not; null for other exceptions. */
function speltAs({ stmt: { exc } }: RaiseSite): string | null {
  const name = exc === null ? null : dottedName(exc.kind === 'Call' ? exc.func : exc);
  return name?.endsWith('.DoesNotExist') === true ? name : null;
}

function raisedAt(
  program: Program,
  fateOf: (thrown: ExceptionRef) => Fate,
  site: RaiseSite,
): HandRaised | null {
  const { fn } = site.place;
  const { exc } = site.stmt;
  const [thrown, ...others] = exc === null ? [] : raisedClasses(program, exc, fn);
  if (exc === null || thrown?.kind !== 'missing' || thrown.model === null || others.length > 0) return null;
  const fate = fateOf(thrown);
  const verdict = verdictOf(fate, fn);
  if (!isUnexpected(verdict) || fate.callers.length === 0) return null;
  const model = thrown.model.name;
  const exception = model === null ? (speltAs(site) ?? '') : `${model}.DoesNotExist`;
  return {
    exc,
    place: site.place,
    model,
    exception,
    verdict,
    isPromise: fate.answered.some(({ contained }) => !contained),
  };
}

/** What a broad handler stops counts where one behind the function waits for another model. */
function isUnexpected(verdict: Verdict): verdict is Unanswered {
  if (verdict.kind === 'contained') return verdict.path.some(({ missedBy }) => missedBy !== undefined);
  return verdict.kind === 'escapes' && !BY_DECISION.has(verdict.entry.kind) && verdict.path.length > 0;
}

function isInHandler(start: Frame | null): boolean {
  for (let frame = start; frame !== null; frame = frame.parent) if (frame.kind === 'handler') return true;
  return false;
}
