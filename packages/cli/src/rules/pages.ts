import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withoutMarkers } from './markers.ts';

/** Where rule pages stand: beside the bundle when installed, in the repository otherwise. */
const PLACES = ['./rules/', '../../../../docs/rules/', '../../../docs/rules/'];

/**
 * The page of a rule for readers, without its own heading; null when it is not shipped. `folders`: where the pages of plugins stand, as
 * `file:` URLs that end with a slash.
 */
export function rulePage(id: string, folders: readonly string[]): string | null {
  const url = rulePageUrl(id, folders);
  return url === null ? null : withoutMarkers(readFileSync(new URL(url), 'utf8').replace(/^# .*\n+/, ''));
}

/** The address of the same page on this machine. */
export function rulePageUrl(id: string, folders: readonly string[]): string | null {
  const own = PLACES.map((place) => new URL(`${place}${id}.md`, import.meta.url));
  const all = [...own, ...folders.map((folder) => new URL(`${id}.md`, folder))];
  return all.find((url) => existsSync(fileURLToPath(url)))?.href ?? null;
}
