import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode, ioMessage } from '@danglint/core/text';
import { caller, type OutStream } from './caller.ts';
import { shownOn } from './charset.ts';
import { UserError } from '../errors.ts';

/** One thing that a run put out: to a stream, or to a file (its path). */
export type Printed = readonly [to: 'stdout' | 'stderr' | { readonly file: string }, text: string];

let tape: Printed[] | null = null;

/** Does something and gives what it printed and wrote meanwhile, in order; bytes and passing lines are left out. */
export async function taped<T>(work: () => Promise<T>): Promise<{ value: T; printed: readonly Printed[] }> {
  const printed: Printed[] = [];
  tape = printed;
  try {
    return { value: await work(), printed };
  } finally {
    tape = null;
  }
}

/** Puts out again what was taped. */
export async function replay(printed: readonly Printed[]): Promise<void> {
  for (const [to, text] of printed) {
    if (to === 'stdout') await print(text);
    else if (to === 'stderr') printError(text);
    else await writeOutputFile(to.file, text);
  }
}

/** Writes to standard output and waits until it is taken. A closed pipe (`| head`) is no error: nobody reads on. */
export async function print(text: string): Promise<void> {
  tape?.push(['stdout', text]);
  const { stdout } = caller();
  await write(stdout, shownOn(stdout, text), 'standard output');
}

/** Writes a message to standard error; one that cannot be written is lost. */
export function printError(text: string): void {
  tape?.push(['stderr', text]);
  printPassing(text);
}

/** Writes to standard error what soon gives way to something else. */
export function printPassing(text: string): void {
  const { stderr } = caller();
  stderr.write(shownOn(stderr, text), () => {});
}

/** Writes bytes to standard output. */
export async function printBytes(bytes: Uint8Array): Promise<void> {
  await write(caller().stdout, bytes, 'standard output');
}

/** Writes bytes to standard error; what cannot be written is lost. */
export function printErrorBytes(bytes: Uint8Array): void {
  caller().stderr.write(bytes, () => {});
}

/** Waits until all that was printed is taken, or nobody takes it any more. */
export async function drained(): Promise<void> {
  const streams = [process.stdout, process.stderr].filter(({ writableLength }) => writableLength > 0);
  await Promise.all(
    streams.map((stream) => new Promise<void>((resolve) => stream.write('', () => resolve()))),
  );
}

function write(stream: OutStream, data: string | Uint8Array, name: string): Promise<void> {
  if (data.length === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    stream.write(data, (error) => {
      if (error === undefined || error === null || errorCode(error) === 'EPIPE') resolve();
      else reject(new UserError('output', `${name} cannot be written: ${ioMessage(error)}`));
    });
  });
}

/** Writes a file for whoever asked for the run, if he still waits. */
export async function writeOutputFile(path: string, text: string): Promise<void> {
  await caller().wanted();
  tape?.push([{ file: path }, text]);
  writeWhole(path, text);
}

/** Writes a whole file, or leaves what was there: the text goes to a file beside it that then takes its name. Throws a `UserError`. */
export function writeWhole(path: string, text: string): void {
  try {
    if (isSpecial(path)) writeFileSync(path, text);
    else writeAtomically(path, text);
  } catch (error) {
    const missing = errorCode(error) === 'ENOENT' ? `no such folder: ${dirname(path)}` : ioMessage(error);
    throw new UserError('output', `output file cannot be written: ${missing}`, { where: path });
  }
}

function writeAtomically(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(beside, 'wx');
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** Devices and pipes cannot be replaced by a rename. */
function isSpecial(path: string): boolean {
  try {
    return !statSync(path).isFile();
  } catch {
    return false;
  }
}
