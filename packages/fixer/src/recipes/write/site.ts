import type { FixRequest } from '@danglint/core';
import type { Spelling } from '../../build/bindings.ts';
import { lineEnd, restOfLine, width } from '../../build/lines.ts';
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
