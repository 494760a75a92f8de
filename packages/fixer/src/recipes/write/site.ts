import { dottedName, type FixRequest, opensScope, type Stmt, walkStmts } from '@danglint/core';
import { moduleNames, type Spelling } from '../../build/bindings.ts';
import { lineEnd, restOfLine, width } from '../../build/lines.ts';
import { boundNames, freshName, snakeCase, usedNames } from '../../build/names.ts';
import type { Room } from '../../build/layout.ts';
import { styleOf, type TextStyle } from '../../build/style.ts';
import { exceptionAt } from '../exception.ts';
import type { Place } from '../place.ts';

/** A lookup's place with the style of its file: what the writers of text work on. */
export interface Site {
  readonly request: FixRequest;
  readonly place: Place;
  readonly style: TextStyle;
  /** What an `except` here names; null when the exception's class has no name in the file. */
  readonly exception: Spelling | null;
}

export function siteOf(request: FixRequest, place: Place): Site {
  const style = styleOf(request.source, request.facts, request.settings.lineLength);
  return { request, place, style, exception: exceptionAt(request, place) };
}

export const NO_NAME = "the exception's class has no name in this file";

/** Room for a line at the statement's indentation, `deeper` levels in. */
export function roomAt({ place, style }: Site, deeper = 0): Room {
  return { indent: place.indent + place.unit.repeat(deeper), unit: place.unit, limit: style.limit };
}

/** Columns that the comment behind the statement takes; comments for tools may stick out. */
export function commentWidth({ request, place }: Site): number {
  const comment = restOfLine(request.source.text, place.stmt.end);
  if (comment === '' || /^#\s*(?:noqa|type:|pyright:|mypy:|pylint:|ruff:|fmt:|nosec|pragma)/i.test(comment))
    return 0;
  return width(comment) + 2;
}

/** End of the statement's line, its comment included. */
export function statementLineEnd({ request, place }: Site): number {
  return lineEnd(request.source.text, place.stmt.end);
}

/** A name for the row that nothing in the function uses, save for the same relation of the same object in another branch. */
export function rowVariable({ request, place }: Site): string {
  const outermost = place.functions[0];
  const { lookup } = request.judgement;
  const model = lookup.model === null && lookup.receiver === '' ? 'result' : snakeCase(lookup.model);
  const elsewhere = sameRelation(place, request.source.text, model);
  if (elsewhere !== null) return elsewhere;
  const taken = new Set([
    ...moduleNames(request.facts),
    ...(outermost === undefined ? [] : usedNames(outermost)),
  ]);
  return freshName(model, taken);
}

/** The variable that another branch of the function keeps the same relation in, where that is all it is ever bound to. */
function sameRelation({ functions, node }: Place, text: string, model: string): string | null {
  const fn = functions.at(-1);
  const path = node.kind === 'Attribute' ? dottedName(node) : null;
  if (fn === undefined || path === null || node.kind !== 'Attribute') return null;
  const [root = ''] = path.split('.');
  const bound = new Map<string, Set<string>>();
  const roots = new Set<Stmt>();
  walkStmts(
    fn.body,
    (stmt) => {
      const value = stmt.kind === 'Assign' ? stmt.value : null;
      for (const name of boundNames(stmt)) {
        const source = value === null ? `${stmt.start}` : text.slice(value.start, value.end);
        bound.set(name, (bound.get(name) ?? new Set()).add(source));
        if (name === root) roots.add(stmt);
      }
    },
    (stmt) => !opensScope(stmt),
  );
  if (roots.size > (fn.params.some((param) => param.name === root) ? 0 : 1)) return null;
  const owner = path.slice(0, path.lastIndexOf('.'));
  const forms = [path, ...['"', "'"].map((q) => `getattr(${owner}, ${q}${node.attr}${q}, None)`)];
  return (
    [...bound].find(
      ([name, values]) =>
        (name === model || name.startsWith(`${model}_`)) &&
        values.size === 1 &&
        forms.some((form) => values.has(form)) &&
        !fn.params.some((param) => param.name === name),
    )?.[0] ?? null
  );
}
