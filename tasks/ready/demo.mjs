/** `npm run demo`: install, build, and show what danglint finds and would change in the example shop. */
import { build, install, step } from './steps.mjs';

install();
build();
const danglint = 'packages/cli/dist/danglint.js';
/** 0 = nothing found, 1 = findings: both are answers. Anything else is an error. */
const ok = [0, 1];
step('check', process.execPath, [danglint, 'check', 'examples/shop'], { ok });
step('diff', process.execPath, [danglint, 'check', 'examples/shop', '--diff', '--unsafe-fixes'], { ok });
