import { type Edit } from '@danglint/core';
import { replacement } from '../../build/edit.ts';
import { moduleNames } from '../../build/bindings.ts';
import { freshName, snakeCase, usedNames } from '../../build/names.ts';
import { isQuiet } from '../purity.ts';
import type { Site } from './site.ts';

/** Arguments that may raise the same exception, moved out of a `try` into variables before it. */
export interface Hoisted {
  readonly lines: readonly string[];
  readonly edits: readonly Edit[];
}

/** Null when an argument cannot be moved: it is unpacked, or written over several lines. */
export function hoistArguments({ request, place }: Site): Hoisted | null {
  const { call } = request.judgement.lookup;
  if (call === null) return null;
  const outermost = place.functions[0];
  const taken = new Set([
    ...moduleNames(request.facts),
    ...(outermost === undefined ? [] : usedNames(outermost)),
  ]);
  const lines: string[] = [];
  const edits: Edit[] = [];
  for (const { name, star, value } of call.args) {
    if (isQuiet(value)) continue;
    const source = request.source.text.slice(value.start, value.end);
    if (star !== 0 || /[\r\n]/.test(source)) return null;
    const field = (name ?? 'key').replace(/__.*$/, '');
    const wanted = /^(?:id|pk)$/.test(field) ? `${snakeCase(request.judgement.lookup.model)}_id` : field;
    const variable = freshName(taken.has(wanted) ? `${wanted}_value` : wanted, taken);
    taken.add(variable);
    lines.push(`${variable} = ${source}`);
    edits.push(replacement(value.start, value.end, variable));
  }
  return lines.length === 0 ? null : { lines, edits };
}
