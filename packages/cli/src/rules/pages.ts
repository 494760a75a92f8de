import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where rule pages stand: beside the bundle when installed, in the repository otherwise. */
const PLACES = ['./rules/', '../../../../docs/rules/', '../../../docs/rules/'];

/** The page of a rule without its own heading; null when it is not shipped. */
export function rulePage(id: string): string | null {
  for (const place of PLACES) {
    const path = fileURLToPath(new URL(`${place}${id}.md`, import.meta.url));
    if (existsSync(path)) return readFileSync(path, 'utf8').replace(/^# .*\n+/, '');
  }
  return null;
}
