import type { FixRequest, FunctionDef } from '@danglint/core';
import { type Branch, hazardDoubts } from './branch.ts';
import { callersTrap, inBackground } from './callers-trap.ts';
import { configuredBranch } from './configured.ts';
import {
  carriedOver,
  continueTrap,
  dependsOnLoop,
  inExceptStar,
  inFinally,
  isVoid,
  returnText,
} from './host-names.ts';
import { invalidArgument, invalidInput } from './invalid-input.ts';
import { closingWord, emptyAnswer } from './empty-answer.ts';
import { inCommand, inRequest } from './in-request.ts';
import {
  answeredAround,
  baseTrap,
  formTrap,
  handlersAround,
  handsOnTrap,
  keptByCache,
  noneTrap,
  storedTrap,
  translatedAround,
  overrideTrap,
} from './leaving.ts';
import { ownAnswer } from './own-answer.ts';
import type { Place } from './place.ts';
import { commandError, notFound } from './raising.ts';
import { responds } from './responds.ts';
import { rollback } from './rollback.ts';
import { checkTrap, raisesLater, raisesNamed, raisesNext } from './telling.ts';
import { endsItem, fewerYielded, itemsLeft, leftBehind, pairedLater } from './skipping.ts';

/** What is asked for: what the host wants, or the answer of a web framework. */
export type Wish = 'host' | 'not-found';

/** Chooses the branch of a missing row from what the function around the lookup is. */
export function missingBranch(request: FixRequest, place: Place, wish: Wish): Branch {
  if (inFinally(place)) return { reason: 'the lookup stands in a `finally` block' };
  if (inExceptStar(place, request.source.text)) return { reason: 'the lookup stands in an `except*` block' };
  const answered =
    answeredAround(request.judgement.lookup, place) ??
    translatedAround(place, request.judgement.lookup.model);
  if (answered !== null) return { reason: answered };
  const rejected = invalidInput(request, place);
  if (rejected !== null) return rejected;
  const own = place.functions.at(-1);
  const shown = own === undefined ? null : ownAnswer(request, own);
  if (wish === 'not-found') return shown ?? notFound(request, place);
  if (place.loop !== null && dependsOnLoop(place)) return nextItem(request, place);
  if (endsItem(place)) return outerItem(request, place);
  const fn = place.functions.at(-1);
  if (fn === undefined || inClassBody(place)) return { reason: 'module level code has nowhere to return to' };
  return configuredBranch(request, place) ?? shown ?? byEntry(request, place, fn);
}

function inClassBody({ around }: Place): boolean {
  return around.findLast(({ kind }) => kind === 'FunctionDef' || kind === 'ClassDef')?.kind === 'ClassDef';
}

function nextItem(request: FixRequest, place: Place): Branch {
  const trap = continueTrap(place) ?? carriedOver(place, request.judgement.lookup.call) ?? raisesNext(place);
  if (trap !== null) return { reason: trap };
  const { hazards } = request.judgement.lookup.host;
  return {
    missing: {
      leave: { kind: 'continue' },
      log: true,
      imports: [],
      doubts: [
        ...hazardDoubts(hazards, 'jump'),
        ...handlersAround(place, request.judgement.lookup.model),
        ...pairedLater(place),
        ...leftBehind(place),
        ...fewerYielded(place),
      ],
      title: 'Skip the item',
    },
  };
}

/** The lookup is made for an item of the loop around, whose work ends with the loop that it stands in. */
function outerItem(request: FixRequest, place: Place): Branch {
  const { hazards } = request.judgement.lookup.host;
  const doubts = [...hazardDoubts(hazards, 'jump'), ...handlersAround(place, request.judgement.lookup.model)];
  const leave = { kind: 'statement', text: 'break' } as const;
  return { missing: { leave, log: true, imports: [], doubts, title: 'Skip the item' } };
}

function byEntry(request: FixRequest, place: Place, fn: FunctionDef): Branch {
  const { host } = request.judgement.lookup;
  switch (host.entry) {
    case 'view':
    case 'api':
      return notFound(request, place);
    case 'command':
      return commandError(request, place);
    case 'task':
    case 'consumer':
    case 'receiver':
    case 'thread':
      return leaveEarly(request, place, fn, {
        log: true,
        ...((host.resultUnused && host.entry !== 'receiver') || host.returnsOptional ? {} : emptyValue(fn)),
        doubt:
          (host.entry === 'receiver' ? checkTrap(fn, host) : null) ??
          (host.resultUnused ? null : `callers read the result of \`${fn.name}\``),
        title: 'Skip',
      });
    case 'admin':
      if (/_view$|^response_/.test(fn.name)) return notFound(request, place, 'view');
      break;
    case 'middleware':
      return notFound(request, place, 'middleware');
    case 'template-tag':
      return { reason: 'what the template should show for a missing row is not known' };
    default:
  }
  return byCallers(request, place, fn);
}

/** A plain helper: what its callers make of None decides. One that returns nothing leaves its work undone. */
function byCallers(request: FixRequest, place: Place, fn: FunctionDef): Branch {
  const { host } = request.judgement.lookup;
  const near =
    host.entry === null && !(host.returnsOptional && !isVoid(fn)) ? nearEntry(request, place) : null;
  const closing = near === null || inCommand(place) ? null : closingWord(fn, request.source.text);
  if (closing !== null) return emptyEarly(request, place, fn, closing);
  if (near !== null) return near;
  if (responds(fn)) return notFound(request, place);
  const rejected = invalidArgument(request, fn);
  if (rejected !== null) return rejected;
  const plain = host.entry === null && !fn.generator && (isVoid(fn) || !host.returnsOptional);
  if (plain && (inCommand(place) || raisesNamed(fn, 'CommandError'))) return commandError(request, place);
  const served = plain ? inRequest(place) : null;
  if (served !== null) return notFound(request, place, served === 'rest' ? 'rest' : null);
  if (fn.generator) {
    return leaveEarly(request, place, fn, {
      log: true,
      doubt: `what iterates over \`${fn.name}\` would see fewer items`,
      title: 'Stop',
    });
  }
  const later = raisesLater(fn, place);
  const check = raisesNext(place) ?? checkTrap(fn, host) ?? (inBackground(request) ? null : later);
  if (check !== null) return { reason: check };
  if (isVoid(fn) || host.resultUnused) {
    return leaveEarly(request, place, fn, {
      log: true,
      ...(isVoid(fn) || host.returnsOptional ? {} : emptyValue(fn)),
      doubt:
        later ??
        (host.calledLast ? null : `callers of \`${fn.name}\` would go on as if it had done its work`),
      title: 'Skip',
    });
  }
  const empty = host.returnsOptional ? null : emptyAnswer(fn);
  if (empty !== null) return emptyEarly(request, place, fn, empty);
  const caught = host.returnsOptional ? null : callersTrap(request, fn);
  if (caught !== null) return { reason: caught };
  const early = leaveEarly(request, place, fn, { log: false, doubt: null, title: 'Return None' });
  if (host.returnsOptional || 'reason' in early) return early;
  return { missing: { ...early.missing, callers: `callers of \`${fn.name}\` are not known to accept None` } };
}

/** The function gives what it gives where there is nothing. */
function emptyEarly(request: FixRequest, place: Place, fn: FunctionDef, value: string): Branch {
  const doubt = `callers of \`${fn.name}\` would take \`${value}\` for its answer`;
  return leaveEarly(request, place, fn, { log: false, doubt, title: `Return ${value}`, value });
}

/** The branch of a helper that only one entry point of its own file leads to: the framework there takes an exception. */
function nearEntry(request: FixRequest, place: Place): Branch | null {
  const { verdict, lookup } = request.judgement;
  if (verdict.kind !== 'escapes' || verdict.otherPaths > 0 || verdict.entry.path !== lookup.path) return null;
  if (verdict.entry.kind === 'command') return commandError(request, place);
  return verdict.entry.kind === 'view' || verdict.entry.kind === 'api'
    ? notFound(request, place, verdict.entry.kind)
    : null;
}

/** What the function returns where there is nothing, for callers that read its result. */
function emptyValue(fn: FunctionDef): { readonly value?: string } {
  const value = emptyAnswer(fn);
  return value === null ? {} : { value };
}

interface Early {
  readonly log: boolean;
  readonly doubt: string | null;
  readonly title: string;
  /** What to return instead of None. */
  readonly value?: string;
}

function leaveEarly(
  request: FixRequest,
  place: Place,
  fn: FunctionDef,
  { log, doubt, title, value }: Early,
): Branch {
  const { host } = request.judgement.lookup;
  const givesNone =
    value === undefined && !isVoid(fn) && !fn.generator && !host.returnsOptional && !host.resultUnused;
  const trap =
    noneTrap(fn) ??
    handsOnTrap(fn, place) ??
    baseTrap(fn, place) ??
    raisesNext(place) ??
    (value === undefined && !isVoid(fn) ? storedTrap(fn, place) : null) ??
    formTrap(fn, place) ??
    (value === undefined ? overrideTrap(fn, host) : null);
  if (trap !== null) return { reason: trap };
  const back = rollback(request, place);
  const doubts = [
    ...(doubt === null ? [] : [doubt]),
    ...hazardDoubts(
      back === null ? host.hazards : host.hazards.filter(({ kind }) => kind !== 'atomic'),
      'jump',
    ),
    ...handlersAround(place, request.judgement.lookup.model),
    ...keptByCache(fn),
    ...itemsLeft(place),
  ];
  return {
    missing: {
      leave: { kind: 'return', text: value === undefined ? returnText(fn) : `return ${value}` },
      log,
      ...(back === null ? {} : { first: back.text }),
      imports: back?.imports ?? [],
      doubts,
      title,
      givesNone,
    },
  };
}
