/**
 * Ways to the same answer with less work. Each can be left out, to prove that the answer is the same without it:
 * `parser`: valid Python is read by our own parser, and only the rest by the grammar;
 * `names`: only calls under a function's name, or a name that is given it, are looked at for its callers;
 * `candidates`: only functions with something that may be None, or an item of rows, are walked along their paths.
 */
export const SHORTCUTS = ['parser', 'names', 'candidates'] as const;

export type Shortcut = (typeof SHORTCUTS)[number];
