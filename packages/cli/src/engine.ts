import { setFlagsFromString } from 'node:v8';

/** Bytes of bytecode that a function runs through before V8 11 looks whether to optimise it; its own choice is 132 KiB. */
const BUDGET = 300_000;

/**
 * Lets V8 optimise less eagerly, for a process that ends after one run: on two cores its compiler takes a third of the CPU, and much of what it
 * makes is hardly used (a tenth to a fifth of the wall time on trees of 5 to 13 MB, measured with `tasks/bench/check.mjs`). Only V8 11, that of Node 20,
 * has the option; those of Node 22 and 24 decide otherwise, and would print that they do not know it.
 */
export function optimiseLess(): void {
  if (process.versions.v8.startsWith('11.')) setFlagsFromString(`--interrupt-budget=${String(BUDGET)}`);
}
