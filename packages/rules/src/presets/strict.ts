import type { Severity } from '@danglint/core';
import { rules } from '../all.ts';
import type { Preset } from './preset.ts';

const STRICTER: Readonly<Record<Severity, Severity>> = { info: 'warning', warning: 'error', error: 'error' };

export const strict: Preset = {
  name: 'strict',
  summary: 'every rule one step more severe: for code where each missing row must be answered',
  codeBase: null,
  severities: new Map(rules.map(({ meta }) => [meta.id, STRICTER[meta.severity]])),
  framework: {},
};
