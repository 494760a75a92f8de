import { type FixRequest, type RecipeResult, stmtExprs, walkExpr } from '@danglint/core';
import { namesIn } from '../build/names.ts';
import { type Missing, rowName } from './branch.ts';
import { withCallers } from './callers.ts';
import { declaresOuter, inFinally, readOutside } from './host-names.ts';
import { answeredAround } from './leaving.ts';
import { missingBranch, type Wish } from './missing.ts';
import { type Place, placeOf } from './place.ts';
import { isQuiet } from './purity.ts';
import { fixOf, type Name, refuse } from './result.ts';
import { hoistArguments } from './write/arguments.ts';
import { type FirstText, firstText } from './write/first.ts';
import { helperText } from './write/helper.ts';
import { firstReturned, guarded } from './write/guard.ts';
import { hoisted } from './write/hoist.ts';
import { NO_NAME, type Site, siteOf } from './write/site.ts';
import { wrapped } from './write/wrap.ts';
import type { Written } from './write/written.ts';
import { testedAt, testedBefore } from './tested.ts';
import { testDecides } from './test-decides.ts';
import { wholeStatement } from './whole.ts';

export interface Plan extends Name {
  readonly wish: Wish;
  /** `auto`: what the settings and the facts say. */
  readonly form: 'auto' | 'first' | 'try';
}

/** The common way of a fix: find the place, choose branch and form, write the text, weigh what is proven. */
export function answer(request: FixRequest, plan: Plan): RecipeResult {
  const found = placeOf(request);
  if ('reason' in found) return refuse(plan, found.reason);
  const { place } = found;
  const late = runsLater(request, place) ?? testedBefore(place);
  if (late !== null) return refuse(plan, late);
  const seen = seenByTest(request, plan, place);
  if (seen !== null) return seen;
  const branch = missingBranch(request, place, plan.wish);
  if ('reason' in branch) return refuse(plan, branch.reason);
  const { missing } = branch;
  const site = siteOf(request, place);
  const first = plan.form === 'try' ? null : chooseFirst(request, place, missing, plan.form);
  if (first !== null && 'reason' in first) {
    if (plan.form === 'first') return refuse(plan, first.reason);
  }
  const text = first !== null && 'text' in first ? withoutTry(site, missing, first) : withTry(site, missing);
  if ('reason' in text) return refuse(plan, text.reason);
  const { written, doubts } = withCallers(request, missing, text.written);
  const title = `${missing.title} when ${rowName(request.judgement.lookup.model)} is missing`;
  return fixOf(request, plan, title, written, [...doubts, ...text.doubts], missing);
}

/** A lookup in a test: the code has its own answer for None, and gets it for a missing row. */
function seenByTest(request: FixRequest, plan: Plan, place: Place): RecipeResult | null {
  const tested = testedAt(place);
  if (tested === null || inFinally(place) || answeredAround(request.judgement.lookup, place) !== null)
    return null;
  const { lookup } = request.judgement;
  const plain = lookup.form === 'get' && lookup.first.kind === 'same' && request.settings.style !== 'try';
  const first = plain && plan.form !== 'try' ? firstText(request.source.text, lookup.call) : null;
  return first === null && plan.form === 'first' ? null : testDecides(request, plan, place, tested, first);
}

/** A coroutine that is not awaited on the spot raises where it is awaited. */
function runsLater({ judgement: { lookup } }: FixRequest, { value, node }: Place): string | null {
  const coroutine = /^a(?:get|latest|earliest)$/.test(lookup.method) || lookup.method === 'arefresh_from_db';
  return coroutine && value === node ? 'the lookup runs later, where its coroutine is awaited' : null;
}

/** Why the variable must not hold None when the row is missing: it is read where the branch, or the code after it, does not look. */
function noneClash(place: Place, missing: Missing, name: string): string | null {
  if (namesIn(place.node).has(name)) return 'the row takes the name that it is looked up by';
  const fn = place.functions.at(-1);
  if (fn !== undefined && declaresOuter(fn, name)) return 'the variable belongs to an outer scope';
  return missing.leave.kind === 'continue' &&
    fn !== undefined &&
    place.loop !== null &&
    readOutside(fn, place.loop, name)
    ? 'the variable is read after the loop'
    : null;
}

type Text = { readonly written: Written; readonly doubts: readonly string[] } | { readonly reason: string };

/** Whether to write `filter(...).first()`, and how. Rows that may be several keep their `get`. */
function chooseFirst(
  request: FixRequest,
  place: Place,
  missing: Missing,
  form: 'auto' | 'first',
): Chosen | { readonly reason: string } {
  const helper = helperText(request, place);
  if (helper !== null) return wherePossible(place, missing, form, helper, []);
  const {
    judgement: { lookup },
    settings,
    source,
  } = request;
  if (lookup.first.kind === 'never') return { reason: lookup.first.why };
  if (settings.style === 'try') return { reason: 'the settings ask for try/except' };
  if (lookup.first.kind === 'unproven' && settings.style !== 'first') return { reason: lookup.first.why };
  const text = lookup.form === 'get' ? firstText(source.text, lookup.call) : null;
  if (text === null) return { reason: `\`${lookup.method}\` has no form that gives None` };
  const doubts = lookup.first.kind === 'unproven' ? [lookup.first.why] : [];
  return wherePossible(place, missing, form, text, doubts);
}

/** The rewritten lookup with what is not proven of it. */
interface Chosen {
  readonly text: FirstText;
  readonly doubts: readonly string[];
}

function wherePossible(
  place: Place,
  missing: Missing,
  form: 'auto' | 'first',
  text: FirstText,
  doubts: readonly string[],
): Chosen | { readonly reason: string } {
  const { position } = place;
  const plainNone = missing.leave.kind === 'return' && !missing.log && missing.leave.text === 'return None';
  switch (position.kind) {
    case 'assign': {
      const clash = noneClash(place, missing, position.target.id);
      return clash === null ? { text, doubts } : { reason: clash };
    }
    case 'return':
      return plainNone && form === 'first' ? { text, doubts } : { reason: 'the row is returned at once' };
    case 'inner':
      return position.barrier === null ? { text, doubts } : { reason: position.barrier };
    case 'store':
      return { reason: 'the row is stored at once' };
    case 'statement':
      return { reason: 'the row is not used' };
  }
}

function withoutTry(site: Site, missing: Missing, { text: first, doubts }: Chosen): Text {
  const { place } = site;
  switch (place.position.kind) {
    case 'assign':
      return { written: guarded(site, missing, first, place.position.target.id), doubts };
    case 'return':
      return { written: firstReturned(site, missing, first), doubts };
    default:
      return { written: hoisted(site, missing, first), doubts };
  }
}

function withTry(site: Site, missing: Missing): Text {
  const { place } = site;
  if (site.exception === null) return { reason: NO_NAME };
  const raising = raisingArguments(site);
  const doubts = raising === null ? [] : [raising];
  const { position } = place;
  if (position.kind === 'inner' && position.barrier !== null) {
    const whole = wholeStatement(place, position.barrier);
    return 'reason' in whole
      ? whole
      : { written: wrapped(site, missing), doubts: [...whole.doubts, ...doubts] };
  }
  if (position.kind === 'inner' || (position.kind === 'store' && !storesQuietly(place))) {
    return { written: hoisted(site, missing, null), doubts };
  }
  const args = raising === null ? null : hoistArguments(site);
  return { written: wrapped(site, missing, args), doubts: args === null ? doubts : [] };
}

/** Why an argument may raise what the handler catches: the same class, or any model's where the handler names no model. */
function raisingArguments({ request, exception }: Site): string | null {
  const { call, host } = request.judgement.lookup;
  const hazard = host.hazards.find(({ kind }) => kind === 'argument-raises');
  if (hazard !== undefined) return hazard.why;
  const wide = exception !== null && !exception.text.endsWith('.DoesNotExist');
  return wide && call?.args.some(({ value }) => !isQuiet(value)) === true
    ? 'its arguments may raise the same exception'
    : null;
}

/** Targets that call nothing: storing into them cannot raise what the lookup raises. */
function storesQuietly({ stmt, value }: Place): boolean {
  let quiet = true;
  for (const expr of stmtExprs(stmt)) {
    if (expr === value) continue;
    walkExpr(expr, (part) => {
      if (part.kind === 'Call' || part.kind === 'Await') quiet = false;
    });
  }
  return quiet;
}
