import type { RecipeRegistry, Rule, Session } from '@danglint/core';

interface Row {
  readonly name: string;
  time: number;
  calls: number;
  /** Calls that came to something. */
  hits: number;
}

/** What a run spends its time on (`--profile-rules`): the phases, then every rule and every recipe that was asked. */
export class Profile {
  readonly #phases: { readonly name: string; readonly time: number }[] = [];
  readonly #rows = new Map<string, Row>();

  /** The same rules, measured. */
  rules(rules: readonly Rule[]): readonly Rule[] {
    return rules.map((rule): Rule => {
      const { meta, lookup, observe } = rule;
      const row = this.#row(`${meta.code} ${meta.id}`);
      const measured = { ...rule, lookup: timed(row, lookup) };
      return observe === undefined ? measured : { ...measured, observe: timed(row, observe) };
    });
  }

  /** The same recipes, measured. */
  recipes(recipes: RecipeRegistry): RecipeRegistry {
    return new Map(
      [...recipes].map(([name, recipe]) => {
        const row = this.#row(`fix: ${name}`);
        const measured = { ...recipe, build: timed(row, recipe.build, (result) => 'fix' in result) };
        if (recipe.observe === undefined) return [name, measured];
        return [name, { ...measured, observe: timed(row, recipe.observe, (result) => 'fix' in result) }];
      }),
    );
  }

  async loading(load: () => Promise<void>): Promise<void> {
    const start = performance.now();
    await load();
    this.#phases.push({ name: 'reading and parsing', time: performance.now() - start });
  }

  judging(session: Session): void {
    const start = performance.now();
    const lookups = session.judgements().length;
    session.observations();
    const name = `linking and judging ${lookups} lookups`;
    this.#phases.push({ name, time: performance.now() - start });
  }

  #row(name: string): Row {
    const row = { name, time: 0, calls: 0, hits: 0 };
    this.#rows.set(name, row);
    return row;
  }

  /** A table, slowest first. */
  text(): string {
    const rows = [...this.#rows.values()].filter(({ calls }) => calls > 0).sort((a, b) => b.time - a.time);
    const line = (time: string, calls: string, hits: string, name: string): string =>
      `${time.padStart(10)} ${calls.padStart(8)} ${hits.padStart(8)}  ${name}\n`;
    return [
      line('ms', 'calls', 'results', ''),
      ...this.#phases.map(({ time, name }) => line(time.toFixed(1), '', '', name)),
      ...rows.map(({ time, calls, hits, name }) => line(time.toFixed(1), String(calls), String(hits), name)),
    ]
      .map((text) => text.trimEnd().concat('\n'))
      .join('');
  }
}

function timed<A extends readonly unknown[], R>(
  row: Row,
  work: (...args: A) => R,
  counts: (result: NonNullable<R>) => boolean = () => true,
): (...args: A) => R {
  return (...args) => {
    const start = performance.now();
    const result = work(...args);
    row.time += performance.now() - start;
    row.calls++;
    if (result !== null && result !== undefined && counts(result)) row.hits++;
    return result;
  };
}
