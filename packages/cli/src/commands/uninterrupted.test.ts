import { afterEach, expect, test, vi } from 'vitest';
import { uninterrupted } from './uninterrupted.ts';

afterEach(() => vi.restoreAllMocks());

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('an interrupt during the work comes after it', async () => {
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  const steps: string[] = [];
  const result = uninterrupted(() => {
    process.emit('SIGINT', 'SIGINT');
    steps.push('went on');
    return 7;
  });
  expect([result, steps, kill.mock.calls]).toEqual([7, ['went on'], []]);
  await turn();
  expect(kill.mock.calls).toEqual([[process.pid, 'SIGINT']]);
});

test('without an interrupt nothing is left behind, even when the work fails', async () => {
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  const before = process.listenerCount('SIGINT');
  expect(() =>
    uninterrupted(() => {
      throw new Error('no');
    }),
  ).toThrow('no');
  await turn();
  expect([process.listenerCount('SIGINT'), kill.mock.calls]).toEqual([before, []]);
});
