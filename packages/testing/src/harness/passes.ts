import type { Session } from '@danglint/core';
import { fixAll, type SkippedFix } from '@danglint/fixer';
import type { FixLevel, FixRun } from './analysis.ts';
import { changedFiles, type Program } from './program.ts';

/** Small programs are fixed in far fewer passes; more means that fixes undo each other. */
const MAX_PASSES = 20;

/**
 * Fixes a program and keeps what each pass made of it. `open` gives a fresh session of the program: every length of run is
 * one of its own, so that a fix that was taken back stays taken back.
 */
export async function fixPasses(
  open: () => Promise<Session>,
  program: Program,
  level: FixLevel,
): Promise<FixRun> {
  const programs: Program[] = [];
  for (let count = 1; count <= MAX_PASSES; count++) {
    const session = await open();
    const outcome = fixAll(session, { unsafe: level === 'unsafe', maxPasses: count });
    const after = new Map([...program].map(([path, text]) => [path, session.source(path)?.text ?? text]));
    if (changedFiles(programs.at(-1) ?? program, after).size > 0) programs.push(after);
    if (!outcome.unfinished) return { programs, skipped: outcome.skipped.map(inWords) };
  }
  throw new Error(`fixes are not done after ${MAX_PASSES} passes`);
}

function inWords({ path, ruleId, title, reason }: SkippedFix): string {
  return `${path}: [${ruleId}] "${title}" was taken back: ${reason}`;
}
