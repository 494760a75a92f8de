/** What CI runs, and `pnpm ready`: every check, then `npm test`. All of them run, so that one run tells everything. */
import { countReports } from './reports.mjs';
import { attempt, bin, install } from './steps.mjs';

install();
/** An editor that is missing is a failure here, and a remark for who runs `npm test` on a machine of their own. */
process.env['DANGLINT_EDITORS'] = 'required';

const node = process.execPath;
/** @type {readonly (readonly [string, readonly string[]])[]} */
const checks = [
  ['typecheck', [bin('typescript', 'tsc'), '-b']],
  ['lint', [bin('oxlint', 'oxlint'), '--type-aware']],
  ['format', [bin('@biomejs/biome', 'biome'), 'format']],
  ['rooms', ['tasks/rooms.mjs']],
  ['generated files', ['tasks/gen.mjs', '--check']],
  ['tests', ['tasks/ready/test.mjs']],
];
const failed = checks.filter(([title, args]) => attempt(title, node, args) !== 0).map(([title]) => title);

const { passed, failed: counted } = countReports();
/** Tests that never got as far as a report have failed all the same. */
const failures = Math.max(counted, failed.includes('tests') ? 1 : 0);
if (failed.length > 0) console.log(`\nfailed: ${failed.join(', ')}`);
console.log(`${passed} passed, ${failures} failed`);
process.exitCode = failed.length > 0 || failures > 0 || passed === 0 ? 1 : 0;
