import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether a process was stopped by a signal (Ctrl-Z, `kill -STOP`): it answers nobody until it goes on. False where that cannot be told. */
export function isSuspended(pid: number): boolean {
  try {
    return /^[Tt]/.test(process.platform === 'linux' ? ofProc(pid) : ofPs(pid));
  } catch {
    return false;
  }
}

/** The letter behind the name of the program, which may hold anything. */
function ofProc(pid: number): string {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return text.slice(text.lastIndexOf(')') + 2);
}

function ofPs(pid: number): string {
  if (process.platform === 'win32') return '';
  return execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' }).trim();
}
