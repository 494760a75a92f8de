import type { FixRequest, RecipeResult } from '@danglint/core';
import type { Missing } from './branch.ts';
import type { Written } from './write/written.ts';

/** What a recipe calls itself. */
export interface Name {
  readonly name: string;
  readonly pattern: string;
}

export function refuse({ name }: Name, reason: string): RecipeResult {
  return { refusal: { recipe: name, reason } };
}

/** A fix: safe when nothing is doubted, else unsafe with the doubts in one line. */
export function fixOf(
  request: FixRequest,
  { name, pattern }: Name,
  title: string,
  written: Written,
  doubts: readonly string[],
  { givesNone = false }: Pick<Missing, 'givesNone'> = {},
): RecipeResult {
  const { lookup, confidence, defects } = request.judgement;
  // A row that was asked for a moment before, or that the program relies on, is known well: only the finding is in doubt.
  const known = defects.some(({ kind }) => kind === 'exists-check' || kind === 'relied-on');
  const guessed =
    confidence === 'low' && !known
      ? [
          `the receiver is only guessed to give rows of ${lookup.model === null ? 'a model' : `\`${lookup.model}\``}`,
        ]
      : [];
  const all = [...new Set([...guessed, ...doubts])];
  return {
    fix: {
      title,
      pattern,
      recipe: name,
      applicability: all.length === 0 ? 'safe' : 'unsafe',
      why: all.length === 0 ? null : all.join('; '),
      edits: written.edits,
      imports: written.imports,
      group: lookup.host.function,
      others: [],
      ...(givesNone ? { givesNone } : {}),
    },
  };
}
