import { toPlain } from './plain.ts';
import { ALL_KEYS } from './table.ts';
import type { JsonSchema } from './value.ts';

/** The JSON Schema of danglint.toml and of `[tool.danglint]`; editors complete and check with it. */
export function configSchema(): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  const sections = new Map<string, Record<string, JsonSchema>>();
  for (const key of ALL_KEYS) {
    const [section = '', name] = key.path.split('.', 2);
    const schema = { ...key.type.schema, description: key.doc, default: toPlain(key.default) };
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
  };
}

/** `fix` may be a mere `true`. */
function sectionSchema(name: string, properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const table = { type: 'object', additionalProperties: false, properties };
  return name === 'fix' ? { anyOf: [{ type: 'boolean' }, table] } : table;
}
