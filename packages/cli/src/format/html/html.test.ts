import { describe, expect, test } from 'vitest';
import { CONTEXT, fixOf, labelOn, reportOn, sample } from '../sample.ts';
import { html } from './html.ts';

const TEXT = 'def f(pk):\n    x = Detector.objects.get(id=pk)\n    return x < 1\n';
const GET = 'Detector.objects.get(id=pk)';
const NASTY = '</script><img src=x onerror=alert(1)> "&\u202e';

const findings = sample({ 'tasks.py': TEXT }, [
  reportOn(TEXT, GET, { severity: 'info', code: 'DNE001', message: 'mild' }),
  reportOn(TEXT, GET, {
    message: NASTY,
    labels: [labelOn('tasks.py', TEXT, 'return x < 1', 'then <b>')],
    help: 'do something',
    fixes: () => [fixOf(TEXT, GET, 'None', { applicability: 'unsafe', why: 'because' })],
  }),
]);
const page = html(findings, CONTEXT);

test('needs nothing from outside and asks for nothing', () => {
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<(?:link|img|iframe|object)\b|@import|url\(|<script src/);
});

test('code and messages are text, whatever they hold', () => {
  expect(page).not.toContain(NASTY);
  expect(page).toContain('&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; &quot;&amp;\u{fffd}');
  expect(page.match(/<script>/g)).toHaveLength(1);
});

describe('a finding', () => {
  test('has its path as steps, with the place marked', () => {
    expect(page).toContain('    x = <mark>Detector.objects.get(id=pk)</mark>');
    expect(page).toContain('then &lt;b&gt; <span class="at">line 3</span>');
    expect(page).toContain('<mark>return x &lt; 1</mark>');
  });

  test('has its fix as a diff, and why it is unsafe', () => {
    expect(page).toContain('Skip when the Detector is missing (unsafe fix, applied by --fix --unsafe-fixes)');
    expect(page).toMatch(
      /<del>.*removed: .*x = Detector\.objects\.get\(id=pk\)<\/del><ins>.*added: .*x = None<\/ins>/,
    );
    expect(page).toContain('Unsafe: because');
  });
});

test('what crashed most comes first, then by severity', () => {
  const order = (text: string): readonly string[] =>
    [...text.matchAll(/data-rule="(\w+)"/g)].map((found) => found[1] ?? '');
  expect(order(page)).toEqual(['DNE101', 'DNE001']);
  const share = { events: 610_142, users: 3, issues: ['SENTRY-5D9J'], split: false };
  const crashed = findings.toReversed();
  const [, mild] = crashed;
  if (mild !== undefined) crashed[1] = { ...mild, production: share };
  expect(order(html(crashed, CONTEXT))).toEqual(['DNE001', 'DNE101']);
  expect(html(crashed, CONTEXT)).toContain('610,142 events, 3 users (SENTRY-5D9J)');
});

test('filters: every control has a name', () => {
  expect(page).toContain('<form role="search" aria-label="Filter findings"');
  expect(page).toContain('<option value="DNE101">DNE101 task-argument-lookup (1)</option>');
  expect(page).toContain('value="error" checked> error (1)</label>');
});

test('no findings', () => {
  expect(html([], CONTEXT)).toContain('All checks passed');
});
