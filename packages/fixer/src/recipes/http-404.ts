import {
  type Call,
  dottedName,
  type FixRequest,
  type ImportRequest,
  type Recipe,
  type RecipeResult,
  span,
} from '@danglint/core';
import { spell } from '../build/bindings.ts';
import { answer } from './answer.ts';
import { hazardDoubts, rowName } from './branch.ts';
import { invalidInput } from './invalid-input.ts';
import { ownAnswer } from './own-answer.ts';
import { type Place, placeOf } from './place.ts';
import { fixOf, refuse } from './result.ts';
import { callText } from './write/call-text.ts';
import { replaceInStatement } from './write/replace.ts';
import { siteOf } from './write/site.ts';
import { finished } from './write/written.ts';

const NAME = { name: 'http-404', pattern: 'http-404' };
const GET_OR_404 = 'get_object_or_404';

/**
 * A view answers 404: `get_object_or_404` around the receiver, which keeps the query, its manager and `MultipleObjectsReturned`, or
 * around the model where the receiver is its default manager;
 * else an `except` that raises the framework's own exception.
 */
export const http404: Recipe = {
  ...NAME,
  build(request) {
    const { entry } = request.judgement.lookup.host;
    const own = configuredAnswer(request.settings.notFound) || answersItself(request);
    if (own) return answer(request, { ...NAME, wish: 'host', form: 'auto' });
    return (
      (entry === 'api' ? null : shortcut(request)) ??
      answer(request, { ...NAME, wish: 'not-found', form: 'try' })
    );
  },
};

/** The function says itself what is wrong with its input, or how it answers a missing row. */
function answersItself(request: FixRequest): boolean {
  const found = placeOf(request);
  if (!('place' in found)) return false;
  const fn = found.place.functions.at(-1);
  return invalidInput(request, found.place) !== null || (fn !== undefined && ownAnswer(request, fn) !== null);
}

function configuredAnswer(notFound: string): boolean {
  return !['', 'return', 'continue', 'raise Http404'].includes(notFound.trim());
}

/** Why an answer to a request makes no sense at a place: it runs when the module or the function is defined. */
function definitionTime({ stmt, around, functions }: Place): string | null {
  if (stmt.kind === 'FunctionDef') return 'the lookup runs when the function is defined';
  const inner = around.findLast(({ kind }) => kind === 'FunctionDef' || kind === 'ClassDef')?.kind;
  if (stmt.kind === 'ClassDef' || inner === 'ClassDef') return 'the lookup runs when the class is defined';
  return functions.length === 0 ? 'the lookup runs when the module is imported' : null;
}

/** `Order` of `Order.objects.get(...)`. */
function modelText({ source }: FixRequest, { func }: Call): string | undefined {
  const manager = func.kind === 'Attribute' ? func.value : null;
  if (manager?.kind !== 'Attribute') return undefined;
  const model = dottedName(manager.value);
  return model !== null && source.text.slice(manager.value.start, manager.value.end) === model
    ? model
    : undefined;
}

function shortcut(request: FixRequest): RecipeResult | null {
  const { lookup } = request.judgement;
  const { call, host } = lookup;
  const found = placeOf(request);
  if (call === null || lookup.form !== 'get' || lookup.method !== 'get' || !('place' in found)) return null;
  const { place } = found;
  const early = definitionTime(place);
  if (early !== null) return refuse(NAME, early);
  const text = callText(request.source.text, call, lookup.ofModel ? modelText(request, call) : undefined);
  const spelling = spellings(request).find((item) => item !== null);
  if (text === null || spelling === undefined || spelling === null) return null;
  const site = siteOf(request, place);
  const edits = replaceInStatement(site, [span(call.start, text.end)], `${spelling.text}(${text.arguments}`);
  const doubts = [
    ...(place.path.some(({ kind }) => kind === 'Lambda') ? ['the lookup runs later, inside a lambda'] : []),
    ...(host.entry === 'view' || host.entry === 'api'
      ? []
      : [`\`${host.function}\` may also run outside a request`]),
    ...hazardDoubts(host.hazards, 'raise'),
  ];
  return fixOf(
    request,
    NAME,
    `Answer 404 when ${rowName(lookup.model)} is missing`,
    finished(edits, spelling.imports),
    doubts,
  );

  function spellings({ facts }: FixRequest): ReturnType<typeof spell>[] {
    const modules = ['django.shortcuts', 'rest_framework.generics'];
    const all = modules
      .map((module): ImportRequest => ({ module, name: GET_OR_404 }))
      .map((wanted) => spell(facts, place.functions, wanted));
    return [...all.filter((item) => item?.imports.length === 0), all[0] ?? null];
  }
}
