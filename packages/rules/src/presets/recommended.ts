import type { Preset } from './preset.ts';

export const recommended: Preset = {
  name: 'recommended',
  summary: 'every rule with its own severity; what Django, its task queues and REST frameworks do',
  codeBase: null,
  severities: new Map(),
  framework: {},
};
