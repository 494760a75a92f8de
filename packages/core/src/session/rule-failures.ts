import type { Site } from '../flow/index.ts';
import type { Draft, Rule, RuleMeta } from '../rule/index.ts';

/** A rule that threw instead of answering. Its site is the first place where it did. */
export interface RuleFailure extends Site {
  readonly meta: RuleMeta;
  readonly error: unknown;
  /** How many places it threw at. */
  readonly places: number;
}

/** Asks rules, and keeps count of those that throw: one rule that dies must not silence the others. */
export class RuleFailures {
  readonly #failures = new Map<string, RuleFailure>();

  /** What a rule says of a place; null when it says nothing or throws. */
  ask(rule: Rule, { path, span }: Site, question: (rule: Rule) => Draft | null): Draft | null {
    try {
      return question(rule);
    } catch (error) {
      const { meta } = rule;
      const first = this.#failures.get(meta.id) ?? { meta, error, path, span, places: 0 };
      this.#failures.set(meta.id, { ...first, places: first.places + 1 });
      return null;
    }
  }

  /** The failures since the last call, one a rule. */
  take(): readonly RuleFailure[] {
    const failures = [...this.#failures.values()];
    this.#failures.clear();
    return failures;
  }
}

/** What DNE904 says. */
export function failureMessage({ meta, error, places }: RuleFailure): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const [first = ''] = what
    .replaceAll('`', "'")
    .trim()
    .split(/[\r\n]/);
  const more = places === 1 ? '' : ` and at ${places - 1} more ${places === 2 ? 'place' : 'places'}`;
  return `rule \`${meta.id}\` (${meta.code}) failed with \`${first.slice(0, 100)}\`: what it has to say here${more} is missing`;
}
