import { type Issue, isMissingRow, modelOf, titleOf } from './issue.ts';

/** Records of comma-separated values; quotes, doubled quotes and line breaks in quotes are understood. */
export function csvRecords(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  const field = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|\n|\r|$)/y;
  const body = text.replace(/^\u{feff}/u, '');
  for (let found = field.exec(body); found !== null; found = field.exec(body)) {
    const [whole, value = '', end] = found;
    record.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value.trim());
    if (end !== ',') {
      if (record.length > 1 || record[0] !== '') records.push(record);
      record = [];
    }
    if (whole === '' || field.lastIndex >= body.length) break;
  }
  if (record.length > 0) records.push(record);
  return records;
}

/** Headings that a column may have, without blanks, dashes and case. */
const COLUMNS = {
  id: ['id', 'issueid', 'groupid'],
  shortId: ['shortid', 'issue', 'key'],
  title: ['title', 'error', 'message', 'name'],
  events: ['events', 'count', 'eventcount', 'timesseen'],
  users: ['users', 'usercount', 'usersseen', 'uniqueusers'],
  lastSeen: ['lastseen'],
  permalink: ['permalink', 'url', 'link'],
  filename: ['filename', 'file', 'path'],
  function: ['function', 'func'],
} as const;

/** The issues of a table with headings; null when it has no column of titles or of counts. */
export function csvIssues(
  text: string,
): { readonly issues: readonly Issue[]; readonly others: number } | null {
  const [head = [], ...rows] = csvRecords(text);
  const names = head.map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, ''));
  const column = (key: keyof typeof COLUMNS): number =>
    names.findIndex((name) => COLUMNS[key].some((known) => known === name));
  if (column('title') < 0 || column('events') < 0) return null;
  const all = rows.map((row, i): Issue | null => {
    const cell = (key: keyof typeof COLUMNS): string | null => {
      const value = row[column(key)];
      return value === undefined || value === '' ? null : value;
    };
    const title = cell('title') ?? '';
    const number = (key: 'events' | 'users'): number =>
      Number(cell(key)?.replaceAll(/[^\d.]/g, '') ?? 0) || 0;
    const type = /^[\w.]+/.exec(title)?.[0] ?? '';
    if (!isMissingRow(type)) return null;
    const id = cell('id') ?? cell('shortId') ?? `row ${i + 2}`;
    return {
      id,
      shortId: cell('shortId') ?? id,
      title: titleOf(type, title),
      model: modelOf(title),
      events: number('events'),
      users: number('users'),
      lastSeen: cell('lastSeen'),
      permalink: cell('permalink'),
      frames: [],
      filename: cell('filename'),
      function: cell('function'),
    };
  });
  const issues = all.filter((issue) => issue !== null);
  return { issues, others: all.length - issues.length };
}
