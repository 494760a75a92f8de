import { agent } from './agent.ts';
import { azure } from './azure.ts';
import { concise } from './concise.ts';
import type { Formatter } from './finding.ts';
import { full } from './full.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { grouped } from './grouped.ts';
import { html } from './html/html.ts';
import { json, jsonLines } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { FormatName } from './names.ts';
import { pylint } from './pylint.ts';
import { rdjson } from './rdjson.ts';
import { sarif } from './sarif.ts';

export const FORMATTERS: Readonly<Record<FormatName, Formatter>> = {
  full,
  concise,
  grouped,
  json,
  'json-lines': jsonLines,
  github,
  gitlab,
  junit,
  pylint,
  rdjson,
  azure,
  sarif,
  html,
  markdown,
  agent,
};

/** Formats for people; only these are followed by a summary. */
export const TEXT_FORMATS: ReadonlySet<FormatName> = new Set(['full', 'concise', 'grouped']);
