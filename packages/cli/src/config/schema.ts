import { rules } from '@danglint/rules';
import type { Key } from './key.ts';
import { toPlain } from './plain.ts';
import { ALL_KEYS } from './table.ts';
import type { JsonSchema } from './value.ts';

/** Names and codes of rules, for completion; prefixes and rules of plugins are allowed too. */
function ruleDefinitions(): Record<string, JsonSchema> {
  const metas = rules.map(({ meta }) => meta);
  const words = metas.flatMap(({ code, id }) => [code, id]);
  const severity = { type: 'string', enum: ['error', 'warn', 'info', 'ignore'] };
  const described = metas.map(({ id, code, summary }) => [
    id,
    { ...severity, description: `${code}: ${summary}` },
  ]);
  return {
    selector: {
      type: 'string',
      description: 'a code (DNE101), a prefix (DNE1), a name, or ALL',
      anyOf: [{ enum: ['ALL', 'DNE', ...words] }, { pattern: '^[A-Za-z][A-Za-z0-9-]*$' }],
    },
    rules: { type: 'object', properties: Object.fromEntries(described), additionalProperties: severity },
  };
}

/** The JSON Schema of danglint.toml and of `[tool.danglint]`; editors complete and check with it. */
export function configSchema(): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  const sections = new Map<string, Record<string, JsonSchema>>();
  for (const key of ALL_KEYS) {
    const [section = '', name] = key.path.split('.', 2);
    const schema = {
      ...(key.path === 'rules' ? { allOf: [{ $ref: '#/definitions/rules' }] } : key.type.schema),
      description: key.doc,
      default: defaultOf(key),
    };
    if (name === undefined) properties[section] = schema;
    else sections.set(section, { ...sections.get(section), [name]: schema });
  }
  for (const [section, members] of sections) properties[section] = sectionSchema(section, members);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'danglint',
    type: 'object',
    additionalProperties: false,
    properties,
    definitions: ruleDefinitions(),
  };
}

/** A table is kept as a list of entries. */
function defaultOf({ type, default: value }: Key<unknown>): unknown {
  return type.schema['type'] === 'object' ? {} : toPlain(value);
}

/** `fix` may be a mere `true`. */
function sectionSchema(name: string, properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const table = { type: 'object', additionalProperties: false, properties };
  return name === 'fix' ? { anyOf: [{ type: 'boolean' }, table] } : table;
}
