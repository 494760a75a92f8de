/** How long a command runs, for the tasks that measure whole commands. Needs python3: only it tells a child's peak memory. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** Runs a command and prints its wall seconds, CPU seconds and peak KiB. */
const CLOCK = `
import json, resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss]))
`;

/**
 * Wall and CPU seconds and peak MiB of one run in a folder; the command's own output and exit code say nothing. `input`: a file that it
 * gets on standard input.
 */
export function measure(command, cwd, input = null) {
  const stdin = input === null ? 'ignore' : openSync(input);
  const run = spawnSync('python3', ['-c', CLOCK, ...command], {
    cwd,
    encoding: 'utf8',
    stdio: [stdin, 'pipe', 'pipe'],
  });
  if (typeof stdin === 'number') closeSync(stdin);
  if (run.status !== 0) throw new Error(`${command.join(' ')}: ${run.stderr}`);
  const [wall, cpu, peak] = JSON.parse(run.stdout);
  return { wall, cpu, peak: peak / 1024 };
}

export const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
