import { describe, expect, test } from 'vitest';
import { FORMATTERS } from './index.ts';
import type { FormatName } from './names.ts';
import { CONTEXT, fixOf, labelOn, reportOn, sample } from './sample.ts';

const TEXT = 'def f(pk):\n    x = "日本😀"; return Detector.objects.get(id=pk)\n';
const GET = 'Detector.objects.get(id=pk)';
const NASTY = 'a <b> "c", 100% & d\ne; ] :: \u0001';

const findings = sample({ 'tasks.py': TEXT }, [
  reportOn(TEXT, GET, {
    message: NASTY,
    labels: [labelOn('tasks.py', TEXT, 'pk', 'the key')],
    help: 'do something',
    fixes: () => [fixOf(TEXT, GET, 'None', { applicability: 'unsafe', why: 'because' })],
  }),
  reportOn(TEXT, GET, { severity: 'warning', message: 'second' }),
]);

const out = (name: FormatName, list = findings): string => FORMATTERS[name](list, CONTEXT);
const data = (name: FormatName): unknown => JSON.parse(out(name));
/** Rows and columns count characters, not UTF-16 units: the emoji is one. */
const START = { row: 2, column: 23 };

test.each(['concise', 'json-lines', 'github', 'pylint', 'azure', 'agent'] as const)(
  '%s: one line a finding, nothing for none',
  (name) => {
    expect(out(name).trimEnd().split('\n')).toHaveLength(2);
    expect(out(name, [])).toBe('');
  },
);

test('concise', () => {
  expect(out('concise').split('\n')[1]).toBe('tasks.py:2:23: DNE101 second');
});

test('grouped', () => {
  expect(out('grouped')).toMatch(/^tasks\.py:\n {2}2:23 DNE101 .*\n {2}2:23 DNE101 second\n\n$/);
});

describe('json', () => {
  test("has ruff's keys and ours", () => {
    expect(data('json')).toMatchObject([
      {
        cell: null,
        code: 'DNE101',
        name: 'task-argument-lookup',
        severity: 'error',
        message: NASTY,
        url: 'https://example.org/rules/DNE101',
        filename: '/srv/shop/tasks.py',
        location: START,
        end_location: { row: 2, column: 50 },
        noqa_row: 2,
        fix: {
          applicability: 'unsafe',
          message: 'Skip when the Detector is missing',
          edits: [{ content: 'None', location: START, end_location: { row: 2, column: 50 } }],
          pattern: 'A',
          why: 'because',
        },
        confidence: 'high',
        function: 'process',
        labels: [{ filename: '/srv/shop/tasks.py', location: { row: 1, column: 7 }, message: 'the key' }],
      },
      { fix: null, severity: 'warning' },
    ]);
  });

  test('is an empty array for no findings', () => {
    expect(out('json', [])).toBe('[]\n');
  });
});

test('github: escapes what would end a command or a property', () => {
  const [first] = out('github').split('\n');
  expect(first).toBe(
    '::error title=danglint (DNE101),file=/srv/shop/tasks.py,line=2,col=23,endLine=2,endColumn=50::' +
      'tasks.py:2:23: DNE101 a <b> "c", 100%25 & d%0Ae; ] :: \u0001%0A  tasks.py:1: the key%0A  help: do something',
  );
  expect(out('github').split('\n')[1]).toMatch(/^::warning /);
});

test('azure: escapes', () => {
  expect(out('azure').split('\n')[0]).toBe(
    '##vso[task.logissue type=error;sourcepath=/srv/shop/tasks.py;linenumber=2;columnnumber=23;code=DNE101;]' +
      'a <b> "c", 100%AZP25 & d%0Ae; ] :: \u0001',
  );
});

test('gitlab: relative paths, and a fingerprint of its own for each of two equal findings', () => {
  const twice = sample({ 'tasks.py': TEXT }, [reportOn(TEXT, GET), reportOn(TEXT, GET)]);
  const entries: readonly { fingerprint: string; location: { path: string } }[] = JSON.parse(
    out('gitlab', twice),
  );
  expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  expect(entries[0]?.location.path).toBe('tasks.py');
});

test('gitlab: a fingerprint does not change when lines above do', () => {
  const moved = `# a line\n${TEXT}`;
  const print = (text: string): string => {
    const entries: readonly { fingerprint: string }[] = JSON.parse(
      out('gitlab', sample({ 'tasks.py': text }, [reportOn(text, GET)])),
    );
    return entries[0]?.fingerprint ?? '';
  };
  expect(print(moved)).toBe(print(TEXT));
});

describe('junit', () => {
  test('escapes, and drops what XML cannot hold', () => {
    expect(out('junit')).toContain('message="a &lt;b&gt; &quot;c&quot;, 100% &amp; d&#10;e; ] :: "');
    expect(out('junit')).toContain('<testsuites name="danglint" tests="2" failures="2" errors="0">');
  });

  test('what does not fail the run is a case that passed, with its text', () => {
    const both = [reportOn(TEXT, GET, { severity: 'info', message: 'a hint' }), reportOn(TEXT, GET)];
    const text = out('junit', sample({ 'tasks.py': TEXT }, both));
    expect(text).toContain('<testsuites name="danglint" tests="2" failures="1" errors="0">');
    expect(text).toContain('<system-out>info: line 2, col 23, a hint</system-out>');
    expect(text.match(/<failure /g)).toHaveLength(1);
  });

  test('a clean run has one case that passed', () => {
    expect(out('junit', [])).toContain('<testcase name="No errors found" classname="danglint"/>');
  });
});

test('agent: the path, the fix and the help on the same line', () => {
  expect(out('agent').split('\n')[0]).toBe(
    'tasks.py:2:23: error DNE101 task-argument-lookup: a <b> "c", 100% & d␊e; ] :: ␁ | path: tasks.py:1 the key | ' +
      'fix (--fix --unsafe-fixes): Skip when the Detector is missing, unsafe: because | help: do something',
  );
});

describe('markdown', () => {
  test('a table, and the diff of each fix to unfold', () => {
    const text = out('markdown');
    expect(text).toContain('### danglint: 1 error and 1 warning');
    expect(text).toContain('| 🔴 | `tasks.py:2` | **DNE101** a &lt;b> "c", 100% &amp; d e; ] :: \u0001 |');
    expect(text).toContain(
      '-    x = "日本😀"; return Detector.objects.get(id=pk)\n+    x = "日本😀"; return None\n',
    );
    expect(out('markdown', [])).toContain('All checks passed');
  });

  test('stays below what GitHub takes', () => {
    const many = sample(
      { 'tasks.py': TEXT },
      Array.from({ length: 2000 }, () => reportOn(TEXT, GET)),
    );
    expect(out('markdown', many).length).toBeLessThan(65_536);
    expect(out('markdown', many)).toMatch(/… and \d+ more findings\.\n$/);
  });
});

test('pylint', () => {
  expect(out('pylint').split('\n')[1]).toBe('tasks.py:2: [DNE101] second');
});

test('rdjson', () => {
  expect(data('rdjson')).toMatchObject({
    source: { name: 'danglint' },
    diagnostics: [
      {
        location: { path: '/srv/shop/tasks.py', range: { start: { line: 2, column: 23 } } },
        severity: 'ERROR',
        code: { value: 'DNE101', url: 'https://example.org/rules/DNE101' },
        suggestions: [{ text: 'None' }],
      },
      { severity: 'WARNING' },
    ],
  });
});

test('rdjson and json leave out an address that is none', () => {
  const [finding] = findings;
  const local = finding === undefined ? [] : [{ ...finding, url: 'docs/rules/x.md' }];
  expect(JSON.parse(out('json', local))).toMatchObject([{ url: null }]);
  expect(JSON.parse(out('rdjson', local))).toMatchObject({ diagnostics: [{ code: { value: 'DNE101' } }] });
  expect(out('rdjson', local)).not.toContain('docs/rules');
});

test('sarif: the help of a rule is its page, without links to files beside it', () => {
  const page = (id: string): string =>
    `## What it does\n\nSee [${id}](${id}.md), [Django](https://example.org).`;
  const log: unknown = JSON.parse(FORMATTERS.sarif(findings, { ...CONTEXT, page }));
  expect(log).toMatchObject({
    runs: [
      {
        tool: {
          driver: {
            rules: [
              {
                help: {
                  text: expect.stringContaining('`danglint rule DNE101` explains it'),
                  markdown: expect.stringContaining(
                    'See task-argument-lookup, [Django](https://example.org).',
                  ),
                },
              },
            ],
          },
        },
      },
    ],
  });
});

test('sarif: the precision of a rule is how sure most of its findings are', () => {
  const unsure = sample({}, [
    reportOn('x', 'x', { confidence: 'low' }),
    reportOn('x', 'x', { confidence: 'medium' }),
    reportOn('x', 'x', { confidence: 'medium' }),
  ]);
  expect(JSON.parse(out('sarif', unsure))).toMatchObject({
    runs: [{ tool: { driver: { rules: [{ properties: { precision: 'medium' } }] } } }],
  });
});

test("sarif: the exception's path, fixes, rules, a fingerprint under our own key", () => {
  expect(data('sarif')).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        columnKind: 'unicodeCodePoints',
        tool: {
          driver: { name: 'danglint', rules: [{ id: 'DNE101', defaultConfiguration: { level: 'error' } }] },
        },
        results: [
          {
            ruleId: 'DNE101',
            ruleIndex: 0,
            level: 'error',
            locations: [{ physicalLocation: { artifactLocation: { uri: 'tasks.py' } } }],
            codeFlows: [
              { threadFlows: [{ locations: [{}, { location: { message: { text: 'the key' } } }] }] },
            ],
            fixes: [{ artifactChanges: [{ replacements: [{ insertedContent: { text: 'None' } }] }] }],
          },
          { level: 'warning' },
        ],
      },
    ],
  });
});
