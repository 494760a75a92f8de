import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const BUNDLE = join(ROOT, 'packages/cli/dist/danglint.js');
const LOCK = join(ROOT, 'packages/cli/dist/.building');

/** A build takes a second; a lock this old was left behind. */
const STALE = 60_000;

let fresh = false;

/** Builds the bundle when a source is newer. Test files run side by side: one builds, the others wait. */
export function ensureBuilt(): void {
  if (fresh) return;
  mkdirSync(join(ROOT, 'packages/cli/dist'), { recursive: true });
  while (!lock()) pause(50);
  try {
    if (!isFresh()) build();
  } finally {
    rmdirSync(LOCK);
  }
  fresh = true;
}

function lock(): boolean {
  try {
    mkdirSync(LOCK);
    return true;
  } catch {
    if (existsSync(LOCK) && Date.now() - statSync(LOCK).mtimeMs > STALE) rmdirSync(LOCK);
    return false;
  }
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function build(): void {
  const run = spawnSync(process.execPath, [join(ROOT, 'tasks/bundle.mjs')], { cwd: ROOT, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`the bundle cannot be built:\n${run.stderr}`);
}

function isFresh(): boolean {
  if (!existsSync(BUNDLE)) return false;
  const built = statSync(BUNDLE).mtimeMs;
  return ['core', 'rules', 'fixer', 'testing', 'server', 'cli'].every(
    (name) => newest(join(ROOT, 'packages', name, 'src')) <= built,
  );
}

function newest(folder: string): number {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/(?<!\.test)\.ts$/.test(entry.name)) continue;
    latest = Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return latest;
}
