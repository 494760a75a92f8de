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
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[ _]+/);
  return capital(words.map((word) => (/^[A-Z][A-Z0-9]+$/.test(word) ? word : word.toLowerCase())).join(' '));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
