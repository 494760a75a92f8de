import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode, ioMessage } from '@danglint/core';
import { shownOn } from './charset.ts';
import { UserError } from '../errors.ts';

/** Writes to standard output and waits until it is taken. A closed pipe (`| head`) is no error: nobody reads on. */
export async function print(text: string): Promise<void> {
  await write(process.stdout, shownOn(process.stdout, text), 'standard output');
}

/** Writes a message to standard error; one that cannot be written is lost. */
export function printError(text: string): void {
  process.stderr.write(shownOn(process.stderr, text), () => {});
}

/** Writes bytes to standard output. */
export async function printBytes(bytes: Uint8Array): Promise<void> {
  await write(process.stdout, bytes, 'standard output');
}

/** Waits until all that was printed is taken, or nobody takes it any more. */
export async function drained(): Promise<void> {
  const streams = [process.stdout, process.stderr].filter(({ writableLength }) => writableLength > 0);
  await Promise.all(
    streams.map((stream) => new Promise<void>((resolve) => stream.write('', () => resolve()))),
  );
}

function write(stream: NodeJS.WriteStream, data: string | Uint8Array, name: string): Promise<void> {
  if (data.length === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    stream.write(data, (error) => {
      if (error === undefined || error === null || errorCode(error) === 'EPIPE') resolve();
      else reject(new UserError('output', `${name} cannot be written: ${ioMessage(error)}`));
    });
  });
}

/** Writes a whole file, or leaves what was there: the text goes to a file beside it that then takes its name. */
export function writeOutputFile(path: string, text: string): void {
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
