import { describe, expect, it } from 'vitest';
import { inWords } from './row-label.ts';

describe('the words of a class name', () => {
  it.each([
    ['OrderPosition', 'Order position'],
    ['TeamAPIToken', 'Team API token'],
    ['IXLan', 'IX lan'],
    ['user_profile', 'User profile'],
    ['CfP', 'CfP'],
    ['OAuth2Grant', 'OAuth2 grant'],
    ['OpenEdXInstance', 'Open EdX instance'],
    ['X', 'X'],
  ])('%s', (name, words) => {
    expect(inWords(name)).toBe(words);
  });
});
