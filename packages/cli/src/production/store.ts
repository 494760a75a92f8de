import { isTable } from '../config/value.ts';
import type { UserError } from '../errors.ts';
import { Fields } from './fields.ts';
import type { Frame, Issue } from './issue.ts';

/** Where `danglint production import` writes, below the project root; used where it exists. */
export const PRODUCTION_FILE = '.danglint/production.json';

const VERSION = 1;
const TOOL = 'danglint production';

/** The text of the normalised file: an issue a line, most events first. */
export function storedText(issues: readonly Issue[]): string {
  const lines = issues.map((issue) => `    ${JSON.stringify(issue)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "format": ${JSON.stringify(TOOL)},\n  "version": ${VERSION},\n  "issues": ${list}\n}\n`;
}

/** The issues of a file that `storedText` made; null for any other. */
export function storedIssues(data: unknown, fault: (message: string) => UserError): readonly Issue[] | null {
  if (!isTable(data) || data['format'] !== TOOL) return null;
  if (data['version'] !== VERSION)
    throw fault(`its version is ${JSON.stringify(data['version'])}, not ${VERSION}`);
  return new Fields(data).list('issues').map((item) => issue(new Fields(item)));
}

function issue(fields: Fields): Issue {
  const id = fields.text('id') ?? '';
  return {
    id,
    shortId: fields.text('shortId') ?? id,
    title: fields.text('title') ?? '',
    model: fields.text('model'),
    events: fields.number('events') ?? 0,
    users: fields.number('users') ?? 0,
    lastSeen: fields.text('lastSeen'),
    permalink: fields.text('permalink'),
    frames: fields.list('frames').map((item) => frame(new Fields(item))),
    filename: fields.text('filename'),
    function: fields.text('function'),
  };
}

function frame(fields: Fields): Frame {
  return {
    filename: fields.text('filename'),
    module: fields.text('module'),
    function: fields.text('function'),
    line: fields.number('line'),
    context: fields.text('context'),
  };
}
