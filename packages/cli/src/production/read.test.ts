import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { csvRecords } from './csv.ts';
import { jsonValues } from './json-values.ts';
import { readProduction } from './read.ts';
import { storedText } from './store.ts';

const root = mkdtempSync(join(tmpdir(), 'danglint-production-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function read(
  texts: readonly string[],
  format?: Parameters<typeof readProduction>[1],
): ReturnType<typeof readProduction> {
  const files = texts.map((text, i) => {
    const file = join(root, `f${i}.json`);
    writeFileSync(file, text);
    return file;
  });
  return readProduction(files, format);
}

const ISSUE = {
  id: '1',
  shortId: 'SENTRY-5D9J',
  title: 'DoesNotExist: Detector matching query does not exist.',
  culprit: 'sentry.tasks.post_process',
  count: '610142',
  userCount: 12,
  lastSeen: '2026-09-01T00:00:00Z',
  permalink: 'https://sentry.io/1',
  metadata: {
    type: 'DoesNotExist',
    value: 'Detector matching query does not exist.',
    filename: 'sentry/workflow_engine/processors/detector.py',
    function: '_get_detector_for_event',
  },
  assignedTo: { email: 'a@example.org' },
};
const OTHER = {
  ...ISSUE,
  id: '2',
  shortId: 'SENTRY-2',
  title: 'ValueError: x',
  metadata: { type: 'ValueError', value: 'x' },
};
const FRAME = {
  filename: 'django/db/models/query.py',
  module: 'django.db.models.query',
  function: 'get',
  lineNo: 1,
  inApp: false,
};
const EVENT = {
  eventID: 'e1',
  groupID: '1',
  user: { email: 'a@example.org' },
  entries: [
    { type: 'request', data: { url: 'https://secret' } },
    {
      type: 'exception',
      data: {
        values: [
          {
            type: 'DoesNotExist',
            value: 'Detector matching query does not exist.',
            stacktrace: {
              frames: [
                {
                  filename: 'sentry/a.py',
                  module: 'sentry.a',
                  function: 'f',
                  lineNo: 7,
                  inApp: true,
                  context: [
                    [6, 'x'],
                    [7, '  return Detector.objects.get(id=pk)'],
                    [8, 'y'],
                  ],
                  vars: { password: 'secret' },
                },
                FRAME,
              ],
            },
          },
        ],
      },
    },
  ],
};
const ENVELOPE = {
  event_id: 'e2',
  exception: {
    values: [
      {
        type: 'Order.DoesNotExist',
        value: 'Order of a@example.org is gone',
        stacktrace: {
          frames: [
            {
              abs_path: '/srv/shop/a.py',
              function: 'A.f',
              lineno: 7,
              in_app: true,
              context_line: ' x = get() ',
              vars: { a: 'secret' },
            },
          ],
        },
      },
    ],
  },
};

describe('shapes', () => {
  test('one array, pages behind each other, JSON lines, several files', () => {
    const second = { ...ISSUE, id: '3', shortId: 'SENTRY-3', count: '5' };
    const both = ['SENTRY-5D9J', 'SENTRY-3'];
    const names = (...texts: readonly string[]): readonly string[] =>
      read(texts).issues.map(({ shortId }) => shortId);
    expect(names(JSON.stringify([ISSUE, second]))).toEqual(both);
    expect(names(`${JSON.stringify([ISSUE])}${JSON.stringify([second])}`)).toEqual(both);
    expect(names(`${JSON.stringify(ISSUE)}\n${JSON.stringify(second)}\n`)).toEqual(both);
    expect(names(JSON.stringify([second]), JSON.stringify([ISSUE], null, 2))).toEqual(both);
    expect(names('[]')).toEqual([]);
  });

  test('counts are strings; only missing rows are kept', () => {
    const { issues, others } = read([JSON.stringify([OTHER, ISSUE])]);
    expect(issues).toMatchObject([
      { events: 610_142, users: 12, model: 'Detector', function: '_get_detector_for_event' },
    ]);
    expect(others).toBe(1);
  });

  test('an event gives its frames to its issue; counts stay those of the issue', () => {
    const { issues } = read([JSON.stringify([ISSUE]), JSON.stringify([EVENT])]);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({
      shortId: 'SENTRY-5D9J',
      events: 610_142,
      frames: [
        { filename: 'sentry/a.py', function: 'f', line: 7, context: 'return Detector.objects.get(id=pk)' },
      ],
    });
    expect(read([JSON.stringify([EVENT, { ...EVENT, eventID: 'e9' }])]).issues[0]?.events).toBe(2);
  });

  test('snake case, as SDKs send it', () => {
    expect(read([JSON.stringify(ENVELOPE)]).issues[0]).toMatchObject({
      id: 'e2',
      frames: [{ filename: '/srv/shop/a.py', function: 'A.f', line: 7, context: 'x = get()' }],
    });
  });

  test('a table', () => {
    const { issues } = read([
      'Title,Short ID,Events,Users\n"DoesNotExist: Order matching query does not exist.",A-1,"1,200",3\nValueError,A-2,1,1\n',
    ]);
    expect(issues).toMatchObject([{ shortId: 'A-1', events: 1200, users: 3, model: 'Order' }]);
  });

  test('nothing personal is stored, and what is stored reads back', () => {
    const { issues } = read([JSON.stringify([ISSUE, EVENT]), JSON.stringify(ENVELOPE)]);
    const text = storedText(issues);
    expect(text).not.toMatch(/secret|example\.org/);
    expect(read([text]).issues).toEqual(issues);
  });
});

describe('faults', () => {
  test.each([
    ['{"detail": "Invalid token"}', 'it holds an error of the API: Invalid token'],
    ['[{"a": 1}]', 'item 1 is neither an issue nor an event of Sentry'],
    ['[1,\n2', 'no JSON'],
    ['hello', 'its first line has no headings'],
    ['{"format": "danglint production", "version": 9, "issues": []}', 'its version is 9'],
  ])('%s', (text, message) => {
    expect(() => read([text])).toThrow(message);
  });

  test('a file that is not there', () => {
    expect(() => readProduction(['/nope.json'])).toThrow('no such file');
  });
});

test('values of a text', () => {
  expect(jsonValues('{"a": "}"} [1]\n"x"\n2\n3')).toEqual([{ a: '}' }, [1], 'x', 2, 3]);
});

test('records of a table', () => {
  expect(csvRecords('a,"b ""c"", d"\r\n\n"x\ny",\n')).toEqual([
    ['a', 'b "c", d'],
    ['x\ny', ''],
  ]);
});
