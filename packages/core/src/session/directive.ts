import type { Comment } from '../syntax/index.ts';
import { offset, type Span, span } from '../text/index.ts';
import { type KnownVerb, rightForm, verbOf } from './directive-form.ts';

/** A code or rule name as a comment spells it. */
export interface NamedCode extends Span {
  readonly text: string;
}

interface Place {
  /** From its `#` to the end of the directive. */
  readonly span: Span;
  readonly ownLine: boolean;
}

/** What a comment asks for. */
export interface Directive extends Place {
  readonly verb: KnownVerb;
  /** Null: every rule. */
  readonly codes: readonly NamedCode[] | null;
  /** What is written after the codes. */
  readonly reason: string;
}

/** A comment that is addressed to danglint and has no form that it knows: it means nothing. */
export interface UnknownDirective extends Place {
  readonly verb: 'unknown';
  /** What was meant, as far as that can be told. */
  readonly right: string;
}

/** A code, or a rule's name: one of several words with hyphens, since a plain word may be prose. */
const NAME = '(?:[A-Za-z]+[0-9]+|[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+)';
const ADDRESS = /^#\s*danglint\s*:\s*/i;
/** A verb, its codes and a reason, which starts with a blank or another sign than those that could hold codes. */
const BRACKETS = /^(ignore|file-ignore|disable|enable)(?:\s*\[([^\][]*)\]|(?![\w\-[({=:,]|\s+[[({=:]))(.*)$/i;
const NOQA = new RegExp(String.raw`^noqa\b\s*(:?)\s*(${NAME}(?:[\s,]+${NAME})*(?![\w-]))?(.*)$`, 'i');

/** The directives of a comment, in order; several may share it when each has its own `#`. */
export function directives(comment: Comment): readonly (Directive | UnknownDirective)[] {
  return [...comment.text.matchAll(/#[^#]*/g)].flatMap(({ 0: part, index }) => {
    const text = part.trimEnd();
    const at = comment.start + index;
    const place = { span: span(at, at + text.length), ownLine: comment.ownLine && index === 0 };
    const address = ADDRESS.exec(text);
    if (address !== null) return [addressed(text, address[0].length, place)];
    const body = text.replace(/^#\s*/, '');
    return noqa(body, at + text.length - body.length, 'noqa', place) ?? [];
  });
}

/** The comments of a file that are addressed to danglint and mean nothing. */
export function unknownDirectives(comments: readonly Comment[]): readonly UnknownDirective[] {
  return comments
    .flatMap((comment) => directives(comment))
    .filter((directive) => directive.verb === 'unknown');
}

function addressed(text: string, from: number, place: Place): Directive | UnknownDirective {
  const body = text.slice(from);
  const at = place.span.start + from;
  const known = bracketed(body, at, place) ?? ours(body, at, place);
  if (known !== null && !misplaced(known)) return known;
  return { verb: 'unknown', ...place, right: rightForm(body, place.ownLine) };
}

/** A directive for more than a line has a line of its own. */
function misplaced({ verb, ownLine }: Directive): boolean {
  return !ownLine && (verb === 'file-ignore' || verb === 'disable' || verb === 'enable');
}

function bracketed(body: string, at: number, place: Place): Directive | null {
  const found = BRACKETS.exec(body);
  const [, word = '', list, reason = ''] = found ?? [];
  const verb = verbOf(word);
  if (verb === null) return null;
  if (list === undefined && startsWithCode(reason)) return null;
  const codes = list === undefined ? null : namedCodes(list, at + body.indexOf('[') + 1);
  return { verb, codes, reason: reason.trim(), ...place };
}

/** `ignore DNE101 why`: who wrote it did not mean every rule. */
const startsWithCode = (reason: string): boolean =>
  /^\s+(?:[A-Za-z]+[0-9]{3}\b|[a-z]+(?:-[a-z]+)+\s*(?:,|$))/.test(reason);

function ours(body: string, at: number, place: Place): Directive | null {
  if (!/^noqa(?:\s*:|\s|$)/i.test(body)) return null;
  const found = noqa(body, at, place.ownLine ? 'file-noqa' : 'noqa', place);
  return found?.codes === null && startsWithCode(` ${found.reason}`) ? null : found;
}

/** `noqa: some words` names no code and is no blanket either: it suppresses nothing, as in ruff. */
function noqa(body: string, at: number, verb: 'noqa' | 'file-noqa', place: Place): Directive | null {
  const found = NOQA.exec(body);
  if (found === null) return null;
  const [, colon, list, reason = ''] = found;
  if (colon === ':' && list === undefined) return null;
  const codes = colon === ':' && list !== undefined ? namedCodes(list, at + body.indexOf(list)) : null;
  return { verb, codes, reason: reason.trim(), ...place };
}

function namedCodes(list: string, at: number): NamedCode[] {
  return [...list.matchAll(/[^\s,]+/g)].map(({ 0: text, index }) => ({
    text,
    start: offset(at + index),
    end: offset(at + index + text.length),
  }));
}
