/** Values of `--output-format`, most used first. */
export const FORMAT_NAMES = [
  'full',
  'concise',
  'grouped',
  'json',
  'json-lines',
  'github',
  'gitlab',
  'junit',
  'pylint',
  'rdjson',
  'azure',
  'sarif',
  'html',
  'markdown',
  'agent',
] as const;

export type FormatName = (typeof FORMAT_NAMES)[number];
