/** `npm test`: on a machine with node, npm and python3 and nothing else, install, build and run every test. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { build, install, root, step, tool } from './steps.mjs';

install();
build();
tool('unit tests', 'vitest', 'vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  '--outputFile.json=reports/vitest.json',
]);
if (existsSync(path.join(root, 'tasks/oracle/run.mjs'))) {
  step('oracle', process.execPath, ['tasks/oracle/run.mjs']);
}
