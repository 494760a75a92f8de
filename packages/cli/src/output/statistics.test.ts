import { expect, test } from 'vitest';
import { reportOn, sample } from '../format/sample.ts';
import { statistics } from './statistics.ts';

const findings = sample({}, [
  ...['src/shop/monitors/tasks.py', 'src/shop/monitors/logic/deep.py', 'src/shop/x.py'].map((path) =>
    reportOn('x', 'x', { path }),
  ),
  reportOn('x', 'x', { path: 'src/shop/x.py', code: 'DNE001', ruleId: 'unhandled-lookup' }),
]);
const paths = ['src/shop/monitors/models.py', 'src/shop/apps.py', 'src/shop/monitors/tasks.py'];

test('by rule, most frequent first', () => {
  expect(statistics(findings, { by: 'rule', asJson: false, paths })).toBe(
    '3\tDNE101\t[ ] task-argument-lookup\n1\tDNE001\t[ ] unhandled-lookup\n',
  );
});

test('by app: the nearest folder with models', () => {
  expect(statistics(findings, { by: 'app', asJson: false, paths })).toBe(
    '2\tsrc/shop\t1 DNE101, 1 DNE001\n2\tsrc/shop/monitors\t2 DNE101\n',
  );
});

test('by model, as JSON', () => {
  expect(JSON.parse(statistics(findings, { by: 'model', asJson: true, paths }))).toEqual([
    { count: 4, model: '(unknown)', rules: { DNE101: 3, DNE001: 1 } },
  ]);
});
