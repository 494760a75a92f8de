import { expect, test } from 'vitest';
import { fileOf, loadedWith } from '../loaded.ts';

test('check and the thread of the analysis load nothing of the protocol; the server does', () => {
  const speaks = (file: string): boolean =>
    [...loadedWith(file).values()].some((text) => text.includes('vscode-jsonrpc'));
  const files = ['danglint.js', fileOf('check'), fileOf('checking'), 'server-worker.js', fileOf('server')];
  expect(files.map(speaks)).toEqual([false, false, false, false, true]);
});
