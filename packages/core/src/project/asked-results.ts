import type { Param } from '../syntax/index.ts';
import type { FunctionInfo } from './function-info.ts';
import { sameTypes } from './same-types.ts';
import type { Type } from './types.ts';

type Arguments = ReadonlyMap<Param, Type>;

/** Different arguments that are kept of a function. */
const MAX_KEPT = 8;

/** What functions were asked for with arguments: with another body they may give something else for those. */
export class AskedResults {
  readonly #asked = new Map<FunctionInfo, Arguments[] | null>();

  note(fn: FunctionInfo, params: Arguments): void {
    const known = this.#asked.get(fn);
    if (known === null) return;
    if (known === undefined) this.#asked.set(fn, [params]);
    else if (!known.some((other) => sameTypes([...other], [...params]))) {
      if (known.length < MAX_KEPT) known.push(params);
      else this.#asked.set(fn, null);
    }
  }

  /** Null when there were too many to keep. */
  of(fn: FunctionInfo): readonly Arguments[] | null {
    const asked = this.#asked.get(fn);
    return asked === undefined ? [] : asked;
  }

  delete(fn: FunctionInfo): void {
    this.#asked.delete(fn);
  }

  clear(): void {
    this.#asked.clear();
  }
}
