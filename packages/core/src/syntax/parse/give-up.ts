/** The one way out of the parser for text that is not plainly valid; caught where a module is parsed alone. */
const GIVE_UP = new Error('not plainly valid Python');

/** Leaves the text to the grammar, which knows how to go on behind errors and how to tell about them. */
export function giveUp(): never {
  throw GIVE_UP;
}

/** True for what `giveUp` threw. */
export function gaveUp(thrown: unknown): boolean {
  return thrown === GIVE_UP;
}
