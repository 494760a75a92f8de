/** `npm run demo`: install, build, and show what danglint finds and would change in the example shop. */
import { attempt, build, install } from './steps.mjs';

install();
build();

/** 0 = nothing found, 1 = findings: both are answers. Anything else is an error. */
const meanings = { 1: 'there are findings, as there should be here' };

/**
 * @param {string} title
 * @param {readonly string[]} args
 */
const show = (title, args) =>
  attempt(title, process.execPath, ['packages/cli/dist/danglint.js', ...args], meanings);

const codes = [
  show('all that it finds, a line each', ['check', 'examples/shop', '--output-format', 'concise']),
  show('one file, as it is shown by default', ['check', 'examples/shop/monitors/models.py']),
  show('what --fix would change there', ['check', 'examples/shop/monitors', '--diff']),
];

const worst = Math.max(...codes);
process.exitCode = worst > 1 ? worst : 0;
if (worst <= 1) {
  console.error(
    '\nThe demo went through. On your own project: npm install -g ./packages/cli, then `danglint` there.',
  );
}
