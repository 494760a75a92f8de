import type { RuleMeta } from '@danglint/core';
import type { Fault } from '../config/value.ts';
import { didYouMean } from '../suggest.ts';

/** The rules that exist, and what a selector (code, prefix of codes, name, `ALL`) means. */
export class Catalog {
  readonly metas: readonly RuleMeta[];
  readonly #byName: ReadonlyMap<string, RuleMeta>;

  constructor(metas: readonly RuleMeta[]) {
    this.metas = metas.toSorted((a, b) => (a.code < b.code ? -1 : 1));
    this.#byName = new Map(
      metas.flatMap((meta) => [[meta.id, meta] as const, [meta.code.toLowerCase(), meta] as const]),
    );
  }

  names(): readonly string[] {
    return this.metas.map(({ id }) => id);
  }

  /** One rule by its code or name, in any case. */
  find(codeOrName: string): RuleMeta | null {
    return this.#byName.get(codeOrName.toLowerCase()) ?? null;
  }

  /** How exactly a selector names a rule: 0 for `ALL` and the bare prefix of all codes, more for longer prefixes; -1 when it does not name it. */
  weight(selector: string, meta: RuleMeta): number {
    const wanted = selector.toLowerCase();
    const prefix = meta.code.slice(0, -3).toLowerCase();
    if (wanted === 'all' || wanted === prefix) return 0;
    if (wanted === meta.id || wanted === meta.code.toLowerCase()) return 100;
    return meta.code.toLowerCase().startsWith(wanted) ? wanted.length : -1;
  }

  matches(selectors: readonly string[], meta: RuleMeta): boolean {
    return selectors.some((selector) => this.weight(selector, meta) >= 0);
  }

  /** Why a selector names no rule; null when it does. */
  selectorFault(selector: string): Fault | null {
    if (this.metas.some((meta) => this.weight(selector, meta) >= 0)) return null;
    const known = [...this.names(), ...this.metas.map(({ code }) => code)];
    const help = didYouMean(selector, known) ?? '`danglint rule` lists the rules';
    return { message: `unknown rule \`${selector}\``, help };
  }
}
