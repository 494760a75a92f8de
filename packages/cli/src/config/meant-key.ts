import { didYouMean, editDistance, nearest } from '../suggest.ts';
import { ALL_KEYS, KEY_BY_PATH, SECTIONS } from './table.ts';

/** Every setting by the last word of its path; the first of several, which is the one nearest to the top. */
const BY_NAME: ReadonlyMap<string, string> = new Map(
  [...KEY_BY_PATH.keys()].toReversed().map((path) => [path.slice(path.lastIndexOf('.') + 1), path]),
);

/** What an unknown key (dotted, below `[tool.danglint]`) was most likely meant to be. */
export function meantKey(path: string, ruleNames: () => readonly string[]): string | null {
  const dot = path.lastIndexOf('.');
  const section = path.slice(0, Math.max(dot, 0));
  const name = path.slice(dot + 1);
  const exact = BY_NAME.get(name);
  if (exact !== undefined) return `did you mean \`${exact}\`?`;
  if (path === 'tool') return 'in this file tables stand without `tool.danglint`: write `[lint]`';
  if (SECTIONS.has(name)) return `\`[${name}]\` is a table of its own`;
  if (ruleNames().includes(name)) return `did you mean \`rules.${name}\`?`;
  const own = nearest(name, siblings(section));
  const other = nearest(name, BY_NAME.keys());
  if (other !== null && (own === null || editDistance(name, other) < editDistance(name, own)))
    return `did you mean \`${BY_NAME.get(other) ?? other}\`?`;
  return own === null ? null : `did you mean \`${own}\`?`;
}

/** What a setting was most likely meant that `danglint config` is asked for: a path, or the last word of one. */
export function meantSetting(word: string): string | null {
  const exact = BY_NAME.get(word);
  if (exact !== undefined) return `did you mean \`${exact}\`?`;
  const whole = nearest(word, KEY_BY_PATH.keys());
  const name = nearest(word, BY_NAME.keys());
  if (name === null || (whole !== null && editDistance(word, whole) <= editDistance(word, name)))
    return didYouMean(word, KEY_BY_PATH.keys());
  return `did you mean \`${BY_NAME.get(name) ?? name}\`?`;
}

/** The names that a table may hold. */
function siblings(section: string): readonly string[] {
  if (section === '')
    return [...ALL_KEYS.map(({ path }) => path).filter((path) => !path.includes('.')), ...SECTIONS];
  return ALL_KEYS.filter(({ path }) => path.startsWith(`${section}.`)).map(({ path }) =>
    path.slice(section.length + 1),
  );
}
