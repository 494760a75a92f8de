import { resolve } from 'node:path';
import { globFault, type PathPattern, slashes } from '@danglint/core';
import { didYouMean } from '../suggest.ts';

/** What a value is read with: the folder that relative paths start from, and the rules that exist. */
export interface ReadContext {
  /** Absolute, forward slashes. */
  readonly base: string;
  /** Why a rule selector (code, prefix, name, ALL) is wrong; null when it is right. */
  readonly selectorFault: (selector: string) => Fault | null;
  readonly ruleNames: () => readonly string[];
}

export interface Fault {
  readonly message: string;
  readonly help: string | null;
  /** The key inside a table value that is wrong. */
  readonly at?: string;
}

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault };

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The type of a setting: how it is checked, described, and joined with the same setting of an extended file. */
export interface ValueType<T> {
  /** For the documentation: `bool`, `list of globs`. */
  readonly label: string;
  readonly schema: JsonSchema;
  read(value: unknown, context: ReadContext): Read<T>;
  /** Adds to what an extended file says; without it the value is replaced. */
  join?(below: T, above: T): T;
}

export const good = <T>(value: T): Read<T> => ({ ok: true, value });
export const bad = <T>(message: string, help: string | null = null): Read<T> => ({
  ok: false,
  fault: { message, help },
});

/** A value as a message shows it: short, on one line. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

const mismatch = <T>(value: unknown, wanted: string): Read<T> => bad(`${shown(value)} is not ${wanted}`);

export const bool: ValueType<boolean> = {
  label: 'bool',
  schema: { type: 'boolean' },
  read: (value) => (typeof value === 'boolean' ? good(value) : mismatch(value, '`true` or `false`')),
};

export function integer(least: number, most: number): ValueType<number> {
  return {
    label: 'int',
    schema: { type: 'integer', minimum: least, maximum: most },
    read: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
        ? good(value)
        : mismatch(value, `a whole number from ${least} to ${most}`),
  };
}

export const text: ValueType<string> = {
  label: 'string',
  schema: { type: 'string' },
  read: (value) => (typeof value === 'string' && value !== '' ? good(value) : mismatch(value, 'a string')),
};

/** A path, or nothing. */
export const path: ValueType<string> = {
  label: 'path',
  schema: { type: 'string' },
  read: (value) => (typeof value === 'string' ? good(value) : mismatch(value, 'a path')),
};

/** A folder, as an absolute path; relative ones start at the configuration file. */
export const folder: ValueType<string> = {
  label: 'path',
  schema: { type: 'string' },
  read: (value, { base }) =>
    typeof value === 'string' && value !== ''
      ? good(slashes(resolve(base, value)))
      : mismatch(value, 'a path'),
};

export function choice<const W extends string>(...words: readonly W[]): ValueType<W> {
  return {
    label: words.map((word) => `"${word}"`).join(' | '),
    schema: { type: 'string', enum: words },
    read(value) {
      const found = words.find((word) => word === value);
      if (found !== undefined) return good(found);
      const meant = typeof value === 'string' ? didYouMean(value, words, '"') : null;
      return bad(`${shown(value)} is not one of ${words.map((word) => `"${word}"`).join(', ')}`, meant);
    },
  };
}

/** A list of `item`; with `adds` it is put behind the list of an extended file. */
export function list<T>(item: ValueType<T>, adds = false): ValueType<readonly T[]> {
  return {
    label: `list of ${item.label}`,
    schema: { type: 'array', items: item.schema },
    read(value, context) {
      if (!Array.isArray(value)) return bad(`${shown(value)} is not a list`, 'put it into brackets: ["..."]');
      const read: T[] = [];
      for (const element of value) {
        const one = item.read(element, context);
        if (!one.ok) return one;
        read.push(one.value);
      }
      return good(read);
    },
    ...(adds ? { join: (below: readonly T[], above: readonly T[]) => [...below, ...above] } : {}),
  };
}

export const glob: ValueType<PathPattern> = {
  label: 'glob',
  schema: { type: 'string' },
  read(value, { base }) {
    if (typeof value !== 'string') return mismatch(value, 'a glob pattern');
    const fault = globFault(value);
    return fault === null
      ? good({ pattern: value, base })
      : bad(`bad glob pattern ${shown(value)}: ${fault}`);
  },
};

export const selector: ValueType<string> = {
  label: 'rule',
  schema: { $ref: '#/definitions/selector' },
  read(value, { selectorFault }) {
    if (typeof value !== 'string') return mismatch(value, 'the code or name of a rule');
    const fault = selectorFault(value);
    return fault === null ? good(value) : { ok: false, fault };
  },
};

/** A table whose keys are free: `read` checks one entry. */
export function table<K, V>(
  label: string,
  key: ValueType<K>,
  item: ValueType<V>,
): ValueType<readonly (readonly [K, V])[]> {
  return {
    label,
    schema: { type: 'object', additionalProperties: item.schema },
    read(value, context) {
      if (!isTable(value)) return mismatch(value, 'a table');
      const entries: (readonly [K, V])[] = [];
      for (const [name, element] of Object.entries(value)) {
        const left = key.read(name, context);
        if (!left.ok) return { ok: false, fault: { ...left.fault, at: name } };
        const right = item.read(element, context);
        if (!right.ok) {
          const { message, help } = right.fault;
          return { ok: false, fault: { message: `\`${name}\`: ${message}`, help, at: name } };
        }
        entries.push([left.value, right.value]);
      }
      return good(entries);
    },
    join: (below, above) => [...below, ...above],
  };
}

const WHOLE_RULE = 'write the name or the whole code of one rule; `danglint rule` lists them';

/** The name or the code of one rule. */
export const ruleName: ValueType<string> = {
  label: 'rule',
  schema: { type: 'string' },
  read(value, { ruleNames, selectorFault }) {
    if (typeof value !== 'string') return mismatch(value, 'the name of a rule');
    const names = ruleNames();
    if (names.includes(value) || (/\d{3}$/.test(value) && selectorFault(value) === null)) return good(value);
    return bad(`unknown rule ${shown(value)}`, didYouMean(value, names) ?? WHOLE_RULE);
  },
};

export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
