import { readFileSync } from 'node:fs';
import { ioMessage } from '@danglint/core';
import { UserError } from '../errors.ts';
import { csvIssues } from './csv.ts';
import type { ImportFormat } from './formats.ts';
import { Fields } from './fields.ts';
import type { Issue } from './issue.ts';
import { JsonFault, jsonValues } from './json-values.ts';
import { issueOf, issueOfEvent, type Kind, kindOf } from './sentry.ts';
import { storedIssues } from './store.ts';

/** What files of production data hold. */
export interface Imported {
  readonly issues: readonly Issue[];
  /** Issues and events about something else. */
  readonly others: number;
}

/** Reads files that Sentry wrote, or `danglint production import`. Throws a `UserError` that names the file. */
export function readProduction(files: readonly string[], format: ImportFormat = 'auto'): Imported {
  const parts = files.map((file) => readOne(file, format));
  return {
    issues: joined(parts.flatMap(({ issues }) => issues)),
    others: parts.reduce((sum, { others }) => sum + others, 0),
  };
}

function readOne(file: string, format: ImportFormat): Imported {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw fault(file, ioMessage(error));
  }
  const looksCsv = !/^\s*[[{]/.test(text.replace(/^\u{feff}/u, '')) && text.trim() !== '';
  if (format === 'csv' || (format === 'auto' && looksCsv)) {
    const table = csvIssues(text);
    if (table !== null) return table;
    throw fault(file, 'its first line has no headings `title` and `count`, and it is no JSON');
  }
  return fromJson(file, text, format);
}

function fromJson(file: string, text: string, format: ImportFormat): Imported {
  let values: readonly unknown[];
  try {
    values = jsonValues(text);
  } catch (error) {
    if (error instanceof JsonFault) throw fault(`${file}:${error.line}`, `no JSON: ${error.message}`);
    throw error;
  }
  const [only] = values;
  const stored = values.length === 1 ? storedIssues(only, (message) => fault(file, message)) : null;
  if (stored !== null) return { issues: stored, others: 0 };
  const items = values.flatMap(unwrapped);
  const kinds = items.map((item) =>
    format === 'auto' ? kindOf(item) : format === 'sentry-events' ? 'event' : 'issue',
  );
  const strange = kinds.indexOf(null);
  if (strange >= 0) throw fault(file, strangeMessage(items[strange], strange));
  const found = items
    .map((item, i) => normalised(item, kinds[i] ?? 'issue'))
    .filter((issue) => issue !== null);
  return { issues: found, others: items.length - found.length };
}

function normalised(item: unknown, kind: Kind): Issue | null {
  return kind === 'event' ? issueOfEvent(item) : issueOf(item);
}

/** A page of the API is an array; some tools put it into an object. */
function unwrapped(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(unwrapped);
  if (kindOf(value) !== null) return [value];
  const inside = new Fields(value).list('data', 'issues', 'events', 'results');
  return inside.length > 0 ? inside : [value];
}

function strangeMessage(item: unknown, index: number): string {
  const detail = new Fields(item).text('detail');
  if (detail !== null) return `it holds an error of the API: ${detail}`;
  return `item ${index + 1} is neither an issue nor an event of Sentry`;
}

function fault(where: string, why: string): UserError {
  return new UserError('input', `production data cannot be read: ${why}`, {
    where,
    help: '`danglint production import` takes what `GET /api/0/organizations/ORG/issues/` answers; see docs/cli.md',
  });
}

/** One issue may come in several pages, and as an issue and as events: counts come from the issue, frames from an event. */
function joined(issues: readonly Issue[]): readonly Issue[] {
  const byId = new Map<string, Issue>();
  for (const issue of issues) {
    const known = byId.get(issue.id);
    byId.set(issue.id, known === undefined ? issue : join(known, issue));
  }
  return [...byId.values()].sort((a, b) => b.events - a.events || (a.id < b.id ? -1 : 1));
}

function join(a: Issue, b: Issue): Issue {
  const isEvent = ({ frames, shortId, id }: Issue): boolean => frames.length > 0 && shortId === id;
  const [main, other] = isEvent(a) && !isEvent(b) ? [b, a] : [a, b];
  const bothEvents = isEvent(a) && isEvent(b);
  return {
    ...main,
    model: main.model ?? other.model,
    events: bothEvents ? a.events + b.events : Math.max(main.events, isEvent(other) ? 0 : other.events),
    users: Math.max(main.users, other.users),
    frames: main.frames.length > 0 ? main.frames : other.frames,
    filename: main.filename ?? other.filename,
    function: main.function ?? other.function,
  };
}
