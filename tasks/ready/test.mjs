/** `npm test`: on a machine with node, npm and python3 and nothing else, install, build and run every test. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { clearReports } from './reports.mjs';
import { attempt, bin, build, install, root } from './steps.mjs';

clearReports();
install();
build();

const reporters = ['--reporter=default', '--reporter=json', '--outputFile.json=reports/vitest.json'];
const codes = [
  attempt('types of the package', process.execPath, ['tasks/types.mjs']),
  attempt('types of a plugin', process.execPath, [bin('typescript', 'tsc'), '-p', 'examples/plugin']),
  attempt('tests', process.execPath, [bin('vitest', 'vitest'), 'run', ...reporters]),
];

/** The oracle runs the example and its fixes under real Django; it writes reports/oracle.json {passed, failed}. */
const oracle = 'tasks/oracle/run.mjs';
if (existsSync(path.join(root, oracle))) codes.push(attempt('oracle', process.execPath, [oracle]));
const generated = 'tasks/oracle/generated.mjs';
if (existsSync(path.join(root, generated)))
  codes.push(attempt('generated oracle', process.execPath, [generated]));

/** Real editors on the built language server; reports/editors.json {passed, failed}. */
codes.push(attempt('editors', process.execPath, ['tasks/editors/run.mjs']));

process.exitCode = Math.max(...codes);
