import { Ajv } from 'ajv';
import { rules } from '@danglint/rules';
import { expect, it } from 'vitest';
import { parseToml } from './toml.ts';
import { configSchema } from './schema.ts';
import { ALL_KEYS } from './table.ts';

const validate = new Ajv({ allErrors: true, strictTypes: false }).compile(configSchema());

function faults(toml: string): readonly string[] {
  validate(parseToml(toml, 'test').data);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

it.each(ALL_KEYS.map(({ path, example }) => [path, example] as const))(
  'takes the example of %s',
  (_, example) => {
    expect(faults(example.replaceAll('[[tool.danglint.', '[['))).toEqual([]);
  },
);

it('takes every rule by name and code, prefixes and rules of plugins', () => {
  const words = rules.flatMap(({ meta }) => [meta.id, meta.code]);
  expect(
    faults(`lint.select = ${JSON.stringify([...words, 'DNE1', 'ACME', 'ACME001', 'our-rule', 'ALL'])}`),
  ).toEqual([]);
  expect(faults(rules.map(({ meta }) => `rules.${meta.id} = "warn"`).join('\n'))).toEqual([]);
  expect(faults('rules.our-rule = "error"')).toEqual([]);
});

it('refuses what no configuration may say', () => {
  expect(faults('rules.unhandled-lookup = "warning"')).not.toEqual([]);
  expect(faults('lint.select = ["DNE 1"]')).not.toEqual([]);
  expect(faults('plugins = "./rules.mjs"')).not.toEqual([]);
  expect(faults('pluggins = []')).not.toEqual([]);
});
