/**
 * How much was asked of a program, as numbers that its text and the questions decide and no clock does: what grew without need
 * shows in them.
 */
export class Work {
  /** Types that were inferred: of expressions, names, parameters and results. */
  types = 0;
  /** Calls whose functions were looked for. */
  calls = 0;
  /** Functions that an exception was followed into. */
  steps = 0;
  /** Function bodies that were walked for rows that may be missing. */
  walks = 0;
}
