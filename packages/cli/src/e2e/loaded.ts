import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.ts';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

/** The files of the bundle that one of them loads, itself among them, by their text; what it imports when it needs it is not followed. */
export function loadedWith(file: string): ReadonlyMap<string, string> {
  ensureBuilt();
  const loaded = new Map<string, string>();
  const files = [file];
  for (const name of files) {
    if (loaded.has(name)) continue;
    const text = readFileSync(join(DIST, name), 'utf8');
    loaded.set(name, text);
    for (const [, other] of text.matchAll(/^(?:import|export) [^;]*?["']\.\/([^"']+\.js)["'];$/gm))
      if (other !== undefined) files.push(other);
  }
  return loaded;
}

/** The file that a command's module is in. Throws where there is none. */
export function fileOf(command: string): string {
  ensureBuilt();
  const found = readdirSync(DIST).find((file) => new RegExp(`^${command}-[\\w-]{8}\\.js$`).test(file));
  if (found === undefined) throw new Error(`no file of the bundle is called ${command}`);
  return found;
}
