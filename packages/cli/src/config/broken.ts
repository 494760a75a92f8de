import * as fc from 'fast-check';
import { ALL_KEYS, SECTIONS } from './table.ts';

/** For tests: configuration files as they should not be. */

/** A file that is right, with every setting in it. */
export const WHOLE = [
  ...ALL_KEYS.filter(({ path }) => !['extend', 'plugins', 'required-version', 'domains'].includes(path)).map(
    ({ example }) => example,
  ),
  '[[domains]]\nname = "billing"\nmodels = ["Subscription"]\npaths = ["billing/**"]\nseverity = "error"',
].join('\n');

/** Values of every TOML type, and what is none. */
const value = fc.oneof(
  fc.constantFrom('""', "''", '"x"', '"DNE101"', '"["', '"/"', '"~"', '"\\u0000"', '"""a\nb"""', '"a" # b'),
  fc.constantFrom('0', '-1', '99999999999999999999', '1.5', 'inf', 'nan', '0x1f', 'true', 'false'),
  fc.constantFrom('1979-05-27', '1979-05-27T07:32:00Z', '07:32:00', 'null', 'yes', '', '=', '"'),
  fc.constantFrom(
    '[]',
    '[[]]',
    '[1, "a"]',
    '["DNE999"]',
    '["[x"]',
    '[{}]',
    '{}',
    '{ a = 1 }',
    '{ "**" = ["DNE1"] }',
  ),
  fc.constantFrom(
    '{ a = { b = [] } }',
    '["a", ["b"]]',
    '[',
    '{',
    '{ name = 1 }',
    '[{ name = "a", models = ["M"], x = 1 }]',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => JSON.stringify(text)),
);

const name = fc.oneof(
  fc.constantFrom(...ALL_KEYS.map(({ path }) => path)),
  fc.constantFrom(...SECTIONS),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'toString',
    'lint.__proto__',
    'rules.constructor',
    '""',
    "''",
  ),
  fc.constantFrom(...ALL_KEYS.map(({ path }) => `${path}x`), ...ALL_KEYS.map(({ path }) => path.slice(1))),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

const assignments = fc
  .array(fc.tuple(name, value), { minLength: 1, maxLength: 4 })
  .map((pairs) => pairs.map(([key, text]) => `${key} = ${text}`).join('\n'));

const tables = fc
  .tuple(fc.constantFrom('[', '[['), name, fc.constantFrom(']', ']]'), assignments)
  .map(([open, key, close, body]) => `${open}${key}${close}\n${body}`);

/** The whole file with a piece cut out, doubled, or replaced. */
const mutated = fc
  .tuple(
    fc.nat(WHOLE.length),
    fc.nat(40),
    fc.oneof(fc.constant(''), value, fc.string({ unit: 'binary', maxLength: 6 })),
  )
  .map(([start, length, text]) => WHOLE.slice(0, start) + text + WHOLE.slice(start + length));

const lines = WHOLE.split('\n');
const shuffled = fc
  .array(fc.constantFrom(...lines), { minLength: 1, maxLength: 12 })
  .map((some) => some.join('\n'));

/** Bytes of a file. */
export const broken: fc.Arbitrary<Uint8Array> = fc.oneof(
  ...[assignments, tables, mutated, shuffled, fc.string({ unit: 'binary', maxLength: 80 })].map((texts) =>
    texts.map((text) => new TextEncoder().encode(text)),
  ),
  fc.uint8Array({ maxLength: 60 }),
);
