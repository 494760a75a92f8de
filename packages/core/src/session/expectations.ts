import type { Judgement } from '../flow/index.ts';

/** A place of a test that says which exception a missing row has to end in. */
export interface Expectation {
  readonly path: string;
  /** One-based. */
  readonly line: number;
  /** The model by its last name; null where the test does not name one. */
  readonly model: string | null;
  /** The words of what is called there. */
  readonly words: ReadonlySet<string>;
}

const RAISES = /\b(?:assertRaises\w*|raises)\(/g;
const MISSING = /(?:^|\W)(?:Object)?DoesNotExist\b|\bmatching query does not exist\b/;
const MODEL = /(\w+)\.DoesNotExist|(\w+) matching query does not exist/;
/** What comes after the call: the block of a `with` is looked at so far. */
const BLOCK_LINES = 12;
/** Longest call that is looked at, in characters. */
const CALL_LENGTH = 1000;

/** Reads from the text of a test which calls are to end in a `DoesNotExist`: `assertRaises`, `pytest.raises`. Nothing is parsed. */
export function expectationsIn(path: string, text: string): readonly Expectation[] {
  return [...text.matchAll(RAISES)].flatMap(({ 0: { length }, index }) => {
    const args = insideParentheses(text, index + length);
    const before = text.slice(text.lastIndexOf('\n', index) + 1, index);
    if (!MISSING.test(args) || before.includes('#')) return [];
    const named = MODEL.exec(args);
    const name = named?.[1] ?? named?.[2] ?? '';
    const block = blockBelow(text, index + length + args.length, before.search(/\S|$/));
    return {
      path,
      line: text.slice(0, index).split('\n').length,
      model: /^[A-Z]/.test(name) ? name : null,
      words: new Set(`${args} ${block}`.match(/[A-Za-z_]\w*/g)),
    };
  });
}

/** The text from behind a parenthesis to the one that closes it. */
function insideParentheses(text: string, from: number): string {
  let depth = 1;
  let at = from;
  for (; at < text.length && at < from + CALL_LENGTH && depth > 0; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
  }
  return text.slice(from, depth === 0 ? at - 1 : at);
}

/** The lines after a place that are indented deeper than it. */
function blockBelow(text: string, from: number, indent: number): string {
  const lines = text.slice(from, from + 4000).split('\n');
  const rest = lines.slice(1, BLOCK_LINES + 1);
  const end = rest.findIndex((line) => line.trim() !== '' && line.search(/\S/) <= indent);
  return [lines[0] ?? '', ...(end === -1 ? rest : rest.slice(0, end))].join('\n');
}

/** Names of methods that say nothing of what is called. */
const PLAIN =
  /^(?:__\w+__|_?(?:get|post|put|patch|delete|head|handle|run|call|execute|process|perform|save|create|update|clean|dispatch|main|validate|list|retrieve|form_valid|get_object|get_queryset|get_context_data))$/;

/** The first test that expects the exception of a lookup out of the functions that lead to it; null when there is none. */
export function expectedBy(expectations: readonly Expectation[], judgement: Judgement): Expectation | null {
  const { lookup } = judgement;
  const candidates = expectations.filter(
    ({ model }) => model === null || lookup.model === null || model === lookup.model,
  );
  if (candidates.length === 0) return null;
  const names = namesOf(judgement);
  return candidates.find(({ words }) => names.some((name) => words.has(name))) ?? null;
}

/** What a test may call to come to a lookup: the functions on the way, the command, a view's client. */
function namesOf({ lookup, verdict }: Judgement): readonly string[] {
  const way = verdict.kind === 'escapes' ? [...verdict.path, ...verdict.callers, verdict.entry] : [];
  const places = [{ path: lookup.path, function: lookup.host.function }, ...way];
  return places.flatMap(({ path, function: qualname }) => {
    const parts = qualname.split('.');
    const command = /\/management\/commands\/(\w+)\.py$/.exec(path)?.[1];
    const named = parts.length > 1 && PLAIN.test(parts.at(-1) ?? '') ? parts.slice(0, -1) : parts.slice(-1);
    return [...named.filter((name) => name !== lookup.model), ...(command === undefined ? [] : [command])];
  });
}
