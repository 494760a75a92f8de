/** Reads parsed arguments by their type. What was not given is null. */
export class ArgReader {
  readonly #args: Readonly<Record<string, unknown>>;

  constructor(args: Readonly<Record<string, unknown>>) {
    this.#args = args;
  }

  bool(name: string): boolean | null {
    const value = last(this.#args[name]);
    return typeof value === 'boolean' ? value : null;
  }

  on(name: string): boolean {
    return this.bool(name) === true;
  }

  text(name: string): string | null {
    const value = last(this.#args[name]);
    return typeof value === 'string' ? value : null;
  }

  /** Every occurrence as it was written. */
  each(name: string): readonly string[] {
    const value = this.#args[name];
    if (value === undefined || value === null) return [];
    return (Array.isArray(value) ? value : [value]).map(String);
  }

  /** A list: repeated flags and commas both separate. Null when the flag was not given. */
  list(name: string): readonly string[] | null {
    if (this.#args[name] === undefined) return null;
    return this.each(name)
      .flatMap((item) => item.split(','))
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }
}

/** A flag given twice counts as given last. */
function last(value: unknown): unknown {
  return Array.isArray(value) ? value.at(-1) : value;
}
