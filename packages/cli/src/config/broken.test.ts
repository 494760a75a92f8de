import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { UserError } from '../errors.ts';
import { configFiles } from './config.ts';
import { broken, WHOLE } from './broken.ts';
import { catalog, Fixture } from './fixture.ts';
import { resolveSettings } from './settings.ts';

const fixture = new Fixture();
afterAll(() => fixture.remove());

/** What a configuration comes to: settings, or one error as the user sees it. */
function outcome(file: string, bytes: Uint8Array): 'fine' | readonly string[] {
  writeFileSync(join(fixture.root, file), bytes);
  const request = { start: fixture.root, cwd: fixture.root, options: [file], isolated: false };
  try {
    configFiles(request);
    const config = fixture.load({ options: [file] });
    const settings = resolveSettings(config, catalog);
    settings.ignoredIn(`${fixture.root}/a.py`, 'DNE101');
    return 'fine';
  } catch (error) {
    if (error instanceof UserError) return error.lines(fixture.root);
    throw error;
  }
}

describe('a thousand configuration files as they should not be', () => {
  test.each(['danglint.toml', 'pyproject.toml'])(
    '%s: settings or one message that names the file; none crashes',
    (file) => {
      const table = new TextEncoder().encode('[tool.danglint]\n');
      let faults = 0;
      fc.assert(
        fc.property(broken, (bytes) => {
          const result = outcome(file, file === 'danglint.toml' ? bytes : Buffer.concat([table, bytes]));
          if (result === 'fine') return;
          faults++;
          const [message = '', where = ''] = result;
          expect(message).toMatch(/^danglint: error: .{5}/);
          expect(result.join('\n')).not.toMatch(/internal|undefined|\[object|\n\s+at /);
          expect(where).toContain(`  --> ${file}`);
        }),
        { seed: 1000, numRuns: 1000 },
      );
      expect(faults).toBeGreaterThan(500);
    },
  );

  test('the file that they are made from is right', () => {
    expect(outcome('danglint.toml', new TextEncoder().encode(WHOLE))).toBe('fine');
  });
});
