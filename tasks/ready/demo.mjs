/** `npm run demo`: install, build, and show what danglint finds and would change in the example shop. */
import { attempt, build, install } from './steps.mjs';

install();
build();

const danglint = 'packages/cli/dist/danglint.js';
const codes = [
  attempt('what it finds', process.execPath, [danglint, 'check', 'examples/shop']),
  attempt('what it would change', process.execPath, [
    danglint,
    'check',
    'examples/shop',
    '--diff',
    '--unsafe-fixes',
  ]),
];

/** 0 = nothing found, 1 = findings: both are answers. Anything else is an error. */
const worst = Math.max(...codes);
process.exitCode = worst > 1 ? worst : 0;
