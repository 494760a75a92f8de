import { NO_FRAMEWORK_OPTIONS } from '@danglint/core';
import { expect, it } from 'vitest';
import { frameworkOf, presets, rules, severitiesOf } from '../index.ts';

it('names only rules that exist', () => {
  const ids = new Set(rules.map(({ meta }) => meta.id));
  for (const { name, severities } of presets.values()) {
    expect([name, [...severities.keys()].filter((id) => !ids.has(id))]).toEqual([name, []]);
  }
});

it('is found by its name', () => {
  expect([...presets.keys()]).toEqual(['recommended', 'strict', 'sentry']);
  for (const [name, preset] of presets) expect(preset.name).toBe(name);
});

it('lets a later preset win, and configuration add to all', () => {
  const [, strict, sentry] = [...presets.values()];
  if (strict === undefined || sentry === undefined) throw new Error('presets are gone');
  expect(severitiesOf([sentry, strict]).get('unhandled-refresh')).toBe('warning');
  expect(severitiesOf([strict, sentry]).get('unhandled-lookup')).toBe('error');
  const own = { ...NO_FRAMEWORK_OPTIONS, taskDecorators: ['our_task', 'instrumented_task'] };
  expect(frameworkOf([sentry], own).taskDecorators).toEqual(['instrumented_task', 'our_task']);
  expect(frameworkOf([], own)).toEqual({ ...own, exemptPaths: [] });
});
