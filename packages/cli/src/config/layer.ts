import { UserError } from '../errors.ts';
import { meantKey } from './meant-key.ts';
import { KEY_BY_PATH, SECTIONS } from './table.ts';
import { isTable, type ReadContext } from './value.ts';

/** Where a value comes from, as messages and `--show-settings` name it: `danglint.toml:4`, `--select`, `default`. */
export interface Entry {
  readonly value: unknown;
  readonly from: string;
}

/** The values of one source, by dotted path. Every value has passed its type. */
export interface Layer {
  readonly context: ReadContext;
  readonly entries: ReadonlyMap<string, Entry>;
}

/** Names the place of a key for messages. */
export type Locate = (path: readonly string[]) => string;

/**
 * Checks a table of settings and flattens it. Throws a `UserError` for an unknown key or a value of the wrong type.
 * `prefix` is where the table stands in its file: `tool`, `danglint` in a pyproject.toml.
 */
export function readLayer(
  data: Readonly<Record<string, unknown>>,
  prefix: readonly string[],
  context: ReadContext,
  locate: Locate,
): Layer {
  const entries = new Map<string, Entry>();
  const visit = (table: Readonly<Record<string, unknown>>, section: readonly string[]): void => {
    for (const [name, value] of Object.entries(table)) {
      const path = [...section, name].join('.');
      const place = (...inside: readonly string[]): string =>
        locate([...prefix, ...section, name, ...inside]);
      const from = place();
      if (path === 'fix' && typeof value === 'boolean') entries.set('fix.apply', { value, from });
      else if (KEY_BY_PATH.has(path))
        entries.set(path, { value: checked(path, value, context, place), from });
      else if (SECTIONS.has(path) && isTable(value)) visit(value, [...section, name]);
      else throw unknownKey(path, value, from, context);
    }
  };
  visit(data, []);
  return { context, entries };
}

/** The value, when its key's type takes it. `place` names where it stands, or where a key inside it does. */
export function checked(
  path: string,
  value: unknown,
  context: ReadContext,
  place: (...inside: readonly string[]) => string,
): unknown {
  const read = KEY_BY_PATH.get(path)?.type.read(value, context);
  if (read?.ok === false) {
    const { message, help, at } = read.fault;
    throw new UserError('config', `\`${path}\`: ${message}`, {
      where: at === undefined ? place() : place(at),
      help,
    });
  }
  return value;
}

function unknownKey(
  path: string,
  value: unknown,
  from: string,
  context: Pick<ReadContext, 'ruleNames'>,
): UserError {
  if (SECTIONS.has(path)) {
    return new UserError('config', `\`${path}\` must be a table, not ${typeof value}`, { where: from });
  }
  return new UserError('config', `unknown key \`${path}\``, {
    where: from,
    help: meantKey(path, context.ruleNames),
  });
}
