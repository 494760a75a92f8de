import * as fc from 'fast-check';
import { afterAll, expect, test, vi } from 'vitest';
import { broken } from '../config/broken.ts';
import { cleanUp, danglint, project } from './danglint.ts';
import { SHOP } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

/** A sample of those that the configuration's own tests try. */
test.each(fc.sample(broken, { seed: 1000, numRuns: 16 }))(
  'a broken configuration (%#) is no crash',
  (bytes) => {
    const run = danglint(['--show-files'], { cwd: project({ ...SHOP, 'danglint.toml': bytes }) });
    expect(run.stderr).not.toMatch(/internal error|\n\s+at /);
    expect([run.code, run.stderr === '']).toEqual(run.code === 2 ? [2, false] : [0, true]);
  },
);
