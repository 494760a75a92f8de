import type { Key } from './key.ts';
import { django, domains, fix } from './keys-django.ts';
import { files, general } from './keys-general.ts';
import { lint } from './keys-lint.ts';

/** Every setting. This table gives validation, defaults, the JSON Schema and the documentation. */
export const KEYS = { ...general, ...files, ...lint, ...django, ...domains, ...fix };

/** All settings, in the order of the documentation. */
export const ALL_KEYS: readonly Key<unknown>[] = Object.values(KEYS);

export const KEY_BY_PATH: ReadonlyMap<string, Key<unknown>> = new Map(ALL_KEYS.map((key) => [key.path, key]));

/** Tables with fixed keys. `rules` and `lint.per-file-ignores` are values, though written as tables. */
export const SECTIONS: ReadonlySet<string> = new Set(
  ALL_KEYS.filter(({ path }) => path.includes('.')).map(({ path }) => path.slice(0, path.indexOf('.'))),
);
