import picomatch from 'picomatch';
import type { Domain } from './options.ts';

/** Finds the domain of a lookup by its model and its file. */
export class Domains {
  readonly #all: readonly { readonly domain: Domain; readonly matches: (path: string) => boolean }[];

  constructor(domains: readonly Domain[]) {
    this.#all = domains.map((domain) => ({
      domain,
      matches: domain.paths.length === 0 ? () => true : picomatch([...domain.paths], { dot: true }),
    }));
  }

  /** The first domain that names the model and holds the path; null when there is none. */
  of(model: string | null, path: string): Domain | null {
    if (model === null) return null;
    return (
      this.#all.find(({ domain, matches }) => domain.models.includes(model) && matches(path))?.domain ?? null
    );
  }
}
