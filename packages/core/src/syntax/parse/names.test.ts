import { describe, expect, it } from 'vitest';
import { nameIn } from './names.ts';

describe('names of a text', () => {
  it('are what stands there, at any place and length', () => {
    const words = ['a', 'order', 'größe', '名前', 'x'.repeat(64), 'y'.repeat(65), 'order_id', 'order'];
    const text = words.join(' ');
    let at = 0;
    for (const word of words) {
      expect(nameIn(text, at, at + word.length)).toBe(word);
      at += word.length + 1;
    }
  });

  it('stay right when there are more of them than are kept', () => {
    const wrong: string[] = [];
    for (let round = 0; round < 2; round++)
      for (let i = 0; i < 150_000; i++) {
        const word = `name_${i}`;
        if (nameIn(`(${word})`, 1, word.length + 1) !== word) wrong.push(word);
      }
    expect(wrong).toEqual([]);
  });
});
