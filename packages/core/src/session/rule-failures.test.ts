import { expect, it } from 'vitest';
import { span } from '../text/index.ts';
import { defineRule } from '../rule/index.ts';
import { failureMessage, RuleFailures } from './rule-failures.ts';

const rule = defineRule({
  meta: {
    id: 'our-lookup',
    code: 'ACME001',
    summary: 'a lookup',
    since: '1.0.0',
    severity: 'warning',
    fix: 'none',
    origins: [],
    precedence: 1,
    docs: '',
  },
  lookup: () => null,
});

const site = (start: number) => ({ path: 'shop/tasks.py', span: span(start, start + 1) });

it('counts the places of a rule that throws, and names the first', () => {
  const failures = new RuleFailures();
  const dies = (): never => {
    throw new RangeError('no `key` here\nand more');
  };
  expect(failures.ask(rule, site(7), dies)).toBeNull();
  expect(failures.ask(rule, site(9), dies)).toBeNull();
  expect(failures.ask(rule, site(11), () => null)).toBeNull();
  const [failure, ...others] = failures.take();
  expect(others).toEqual([]);
  expect(failure).toMatchObject({ span: { start: 7 }, places: 2, meta: { id: 'our-lookup' } });
  expect(failure === undefined ? '' : failureMessage(failure)).toBe(
    "rule `our-lookup` (ACME001) failed with `RangeError: no 'key' here`: what it has to say here and at 1 more place is missing",
  );
  expect(failures.take()).toEqual([]);
});
