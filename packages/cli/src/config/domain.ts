import type { PathPattern } from '@danglint/core';
import { didYouMean } from '../suggest.ts';
import {
  bad,
  choice,
  glob,
  good,
  isTable,
  list,
  type Read,
  type ReadContext,
  text,
  type ValueType,
} from './value.ts';

/** A part of the program whose lookups of some models get a rule of their own (`[[tool.danglint.domains]]`). */
export interface Domain {
  readonly name: string;
  readonly models: readonly string[];
  readonly paths: readonly PathPattern[];
  readonly severity: 'error' | 'warn' | 'info' | 'ignore' | null;
}

const severity = choice('error', 'warn', 'info', 'ignore');
const FIELDS: Readonly<Record<string, ValueType<unknown>>> = {
  name: text,
  models: list(text),
  paths: list(glob),
  severity,
};

export const domain: ValueType<Domain> = {
  label: 'table of name, models, paths, severity',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'models'],
    properties: Object.fromEntries(Object.entries(FIELDS).map(([name, { schema }]) => [name, schema])),
  },
  read(value, context) {
    if (!isTable(value)) return bad('a domain is a table', 'write it below [[tool.danglint.domains]]');
    const unknown = Object.keys(value).find((name) => !(name in FIELDS));
    if (unknown !== undefined)
      return bad(`unknown key \`${unknown}\``, didYouMean(unknown, Object.keys(FIELDS)));
    const name = field(value, 'name', text, context);
    const models = field(value, 'models', list(text), context);
    const paths = optional(value, 'paths', list(glob), context, []);
    const level = optional(value, 'severity', severity, context, null);
    if (!name.ok) return name;
    if (!models.ok) return models;
    if (!paths.ok) return paths;
    if (!level.ok) return level;
    return good({ name: name.value, models: models.value, paths: paths.value, severity: level.value });
  },
};

type Table = Readonly<Record<string, unknown>>;

function field<T>(table: Table, name: string, type: ValueType<T>, context: ReadContext): Read<T> {
  if (!(name in table)) return bad(`\`${name}\` is missing`);
  const read = type.read(table[name], context);
  return read.ok ? read : bad(`\`${name}\`: ${read.fault.message}`, read.fault.help);
}

function optional<T, F>(
  table: Table,
  name: string,
  type: ValueType<T>,
  context: ReadContext,
  none: F,
): Read<T | F> {
  return name in table ? field(table, name, type, context) : good(none);
}
