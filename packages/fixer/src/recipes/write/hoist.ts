import { type Edit, type Expr, type NamedExpr, span, type Span } from '@danglint/core';
import { flatten } from '../../build/flatten.ts';
import { layout } from '../../build/layout.ts';
import type { Missing } from '../branch.ts';
import type { Place } from '../place.ts';
import { readAgain } from './again.ts';
import { branchLines } from './branch-lines.ts';
import { type FirstText, withFirst } from './first.ts';
import { replaceInStatement } from './replace.ts';
import { moved } from './restate.ts';
import { rowVariable } from './row-variable.ts';
import { sameAgain } from './same-lookup.ts';
import { roomAt, type Site } from './site.ts';
import { exceptLine, opening } from './wrap.ts';
import { finished, type Written } from './written.ts';

/**
 * The lookup in a variable of its own before the statement, with its guard; `first` null writes a `try`. A walrus around
 * the lookup gives the variable its name.
 */
export function hoisted(site: Site, missing: Missing, first: FirstText | null): Written {
  const { request, place, style } = site;
  const named = walrusOf(place);
  const name = hoistedName(site);
  const branch = branchLines(site, missing, roomAt(site, 1), first === null);
  const lines =
    first === null
      ? ['try:', ...assignment(site, name, null, 1), exceptLine(site), ...branch.lines]
      : [...assignment(site, name, first, 0), `${place.indent}if ${name} is None:`, ...branch.lines];
  const again =
    place.node.kind === 'Attribute' ? readAgain(place, name, site.request) : sameAgain(site, name);
  const { text } = request.source;
  const edits: Edit[] = [
    opening(site, [...lines, place.indent].join(style.newline)),
    ...replaceInStatement(site, [withoutParens(text, named ?? place.value), ...again.beside], name),
    ...again.later,
    ...branch.edits,
  ];
  const own = first === null ? (site.exception?.imports ?? []) : (first.imports ?? []);
  return finished(edits, [...own, ...branch.imports]);
}

/** The variable that `hoisted` writes. */
export function hoistedName(site: Site): string {
  return walrusOf(site.place)?.target.id ?? rowVariable(site);
}

export function walrusOf({ path, value }: Place): NamedExpr | null {
  const walrus = path.at(path.indexOf(value) - 1);
  return walrus?.kind === 'NamedExpr' && walrus.value === value ? walrus : null;
}

/** `name = lookup`; the first line has no indentation when it is the first line written. */
export function assignment(
  site: Site,
  name: string,
  first: FirstText | null,
  deeper: number,
): readonly string[] {
  const { request, place } = site;
  const { text } = request.source;
  const { value } = place;
  const room = roomAt(site, deeper);
  const source = first === null ? text.slice(value.start, value.end) : withFirst(text, value, first);
  const flat = flatten(source);
  const lines =
    flat === null
      ? [`${name} = ${relocated(site, first, room.indent)}`]
      : layout({ prefix: `${name} = `, value: flat }, room);
  const [head = '', ...rest] = lines;
  return deeper === 0 ? [head, ...rest] : [room.indent + head, ...rest];
}

/** A lookup over several lines that must stay so, at its new indentation. */
function relocated({ request, place }: Site, first: FirstText | null, indent: string): string {
  const { text } = request.source;
  const { value } = place;
  if (first === null) return moved(text, value.start, value.end, indent);
  const { name, tail } = first;
  return (
    moved(text, value.start, name.start, indent) +
    name.text +
    moved(text, name.end, tail.at, indent) +
    tail.text +
    text.slice(tail.at, value.end)
  );
}

/** The expression with the parentheses that only it needed: those of `(await x).y` and `(row := x).y`, not those of a call. */
export function withoutParens(text: string, expr: Expr): Span {
  const head = text.slice(0, expr.start);
  const open = head.trimEnd().length - 1;
  const after = /^\s*\)/.exec(text.slice(expr.end));
  if (head[open] !== '(' || after === null || /[\w)\]]/.test(head[open - 1] ?? '')) return expr;
  return span(open, expr.end + after[0].length);
}
