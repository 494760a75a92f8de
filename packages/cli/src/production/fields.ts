import { isTable } from '../config/value.ts';

/** Reads fields of data that somebody else wrote, under any of several names; what has another type is not there. */
export class Fields {
  readonly data: Readonly<Record<string, unknown>>;

  constructor(data: unknown) {
    this.data = isTable(data) ? data : {};
  }

  has(...names: readonly string[]): boolean {
    return names.some((name) => this.data[name] !== undefined && this.data[name] !== null);
  }

  #first(names: readonly string[]): unknown {
    const name = names.find((candidate) => this.has(candidate));
    return name === undefined ? null : this.data[name];
  }

  text(...names: readonly string[]): string | null {
    const value = this.#first(names);
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' && value !== '' ? value : null;
  }

  /** Sentry's counts are strings in some places, numbers in others. */
  number(...names: readonly string[]): number | null {
    const text = this.text(...names)?.replaceAll(/[,_ ]/g, '');
    const value = text === undefined || text === null ? Number.NaN : Number(text);
    return Number.isFinite(value) && value >= 0 ? value : null;
  }

  flag(...names: readonly string[]): boolean | null {
    const value = this.#first(names);
    return typeof value === 'boolean' ? value : null;
  }

  fields(...names: readonly string[]): Fields {
    return new Fields(this.#first(names));
  }

  list(...names: readonly string[]): readonly unknown[] {
    const value: unknown = this.#first(names);
    return Array.isArray(value) ? value : [];
  }
}
