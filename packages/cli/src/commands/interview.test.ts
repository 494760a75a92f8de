import type { Report } from '@danglint/core';
import { expect, test } from 'vitest';
import { reportOn } from '../format/sample.ts';
import { type Answer, Interview } from './interview.ts';

/** A program of findings by name, `file:name`; names in upper case have a fix. */
class Fake {
  findings: string[];
  readonly written: (readonly string[])[] = [];
  readonly interview: Interview;

  constructor(...findings: readonly string[]) {
    this.findings = [...findings];
    this.interview = new Interview({
      reports: () => this.findings.map(reportOf),
      key: ({ message }) => message,
      fixable: ({ message }) => /[A-Z]$/.test(message),
      apply: ({ message }) => this.#apply(message),
      revert: () => {
        this.findings = [...(this.written.pop() ?? [])];
        return null;
      },
      edit: () => null,
    });
  }

  #apply(message: string): string | null {
    if (message.endsWith('X')) return 'broken';
    this.written.push(this.findings);
    this.findings = this.findings.filter((name) => name !== message);
    return null;
  }

  /** Answers the first open finding each time; gives those still open. */
  say(answers: string): readonly string[] {
    for (const letter of answers.split('')) {
      const [first] = this.interview.open();
      const answer = (['y', 'n', 'a', 'd', 'e', 'u'] as const).find((one: Answer) => one === letter);
      if (answer !== undefined) this.interview.answer(first ?? reportOf('none:x'), answer);
    }
    return this.interview.open().map(({ message }) => message);
  }
}

function reportOf(name: string): Report {
  return reportOn('x', 'x', { message: name, path: name.split(':')[0] ?? '' });
}

test('y applies, n leaves, each finding is asked once', () => {
  const fake = new Fake('a:A', 'a:b', 'c:C');
  expect(fake.say('yn')).toEqual(['c:C']);
  expect([fake.say('n'), fake.findings, fake.interview.fixed]).toEqual([[], ['a:b', 'c:C'], 1]);
});

test('equal findings are asked one by one', () => {
  expect(new Fake('a:A', 'a:A').say('n')).toEqual(['a:A']);
});

test('a takes the rest of the file, findings without a fix and broken fixes are passed over', () => {
  const fake = new Fake('a:A', 'a:b', 'a:X', 'a:D', 'c:C');
  expect([fake.say('a'), fake.findings, fake.interview.fixed]).toEqual([['c:C'], ['a:b', 'a:X', 'c:C'], 2]);
});

test('d leaves the rest of the file', () => {
  expect(new Fake('a:A', 'a:B', 'c:C').say('d')).toEqual(['c:C']);
});

test('u takes the last answer back, fixes on disk too', () => {
  const fake = new Fake('a:A', 'a:b', 'c:C');
  expect(fake.say('ynu')).toEqual(['a:b', 'c:C']);
  expect(fake.say('u')).toEqual(['a:A', 'a:b', 'c:C']);
  expect(fake.say('au')).toEqual(['a:A', 'a:b', 'c:C']);
  expect(fake.say('du')).toEqual(['a:A', 'a:b', 'c:C']);
  expect(fake.interview.fixed).toBe(0);
  expect(fake.interview.answer(reportOf('a:A'), 'u')).toBe('nothing to undo');
});

test('a fix that cannot be applied is said, and stays open', () => {
  const fake = new Fake('a:X');
  expect(fake.interview.answer(reportOf('a:X'), 'y')).toBe('not applied: broken');
  expect(fake.say('')).toEqual(['a:X']);
});
