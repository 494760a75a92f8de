import type { ModelRef, Program } from '../project/index.ts';

/**
 * What people call a row, for messages: `verbose_name` of its model, else the words of the class name, `Order position`. Null
 * where no model is known: a mixin and an abstract model have no rows of their own.
 */
export function rowLabel(program: Program, { name, cls }: ModelRef): string | null {
  if (name === null) return null;
  if (cls === null) return inWords(name);
  if (program.hierarchy.kind(cls) !== 'model') return null;
  const { abstract, verboseName } = program.models.meta(cls);
  if (abstract) return null;
  return verboseName === null || verboseName.trim() === '' ? inWords(name) : capital(verboseName.trim());
}

/** `OrderPosition` -> `Order position`; words in capitals stay as they are: `TeamAPIToken` -> `Team API token`. */
export function inWords(name: string): string {
  const words = wordsOf(name).map((word) => (/[A-Z].*[A-Z]/.test(word) ? word : word.toLowerCase()));
  return capital(words.join(' '));
}

/** The words of a name: `TeamAPIToken` has three. A letter alone is no word: `CfP` has one, `OAuth2Grant` and `OpenEdX` have two. */
export function wordsOf(name: string): readonly string[] {
  const words: string[] = [];
  let single = '';
  for (const part of name.match(/[A-Z]+(?![a-z])\d*|[A-Z]?[a-z0-9]+/g) ?? []) {
    const alone = part.length === 1 && /[A-Z]/.test(part);
    const last = words.at(-1);
    if (alone && last !== undefined && name.includes(last + part)) words[words.length - 1] = last + part;
    else if (alone && single === '') single = part;
    else {
      words.push(single + part);
      single = '';
    }
  }
  return single === '' ? words : [...words, single];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
