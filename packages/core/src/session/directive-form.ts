/** What a directive can ask for. */
export type KnownVerb = 'ignore' | 'file-ignore' | 'disable' | 'enable' | 'noqa' | 'file-noqa';

const VERBS: ReadonlyMap<string, KnownVerb> = new Map(
  (['ignore', 'file-ignore', 'disable', 'enable'] as const).map((verb) => [verb, verb]),
);

export function verbOf(word: string): KnownVerb | null {
  return VERBS.get(word.toLowerCase()) ?? null;
}

const ABOVE = 'on a line of its own above';
const OWN = 'on a line of its own';

/** How danglint says what the directives of other tools, and slips of the pen, say; the first that fits. */
const MEANT: readonly (readonly [word: RegExp, verb: string, where: string])[] = [
  [/next/, 'ignore', ABOVE],
  [/file|module|all/, 'file-ignore', OWN],
  [/^(?:disable|off)$/, 'disable', OWN],
  [/^(?:enable|on)$/, 'enable', OWN],
];
const HERE = [/^/, 'ignore', 'at the end of the line, or above it'] as const;

/** The form that is right for a directive that has none that danglint knows. At the end of a line, `disable` was meant for it. */
export function rightForm(body: string, ownLine: boolean): string {
  const [word = ''] = /^[\w-]*/.exec(body.toLowerCase()) ?? [];
  const known = word === 'disable' && !ownLine ? undefined : MEANT.find(([form]) => form.test(word));
  const [, verb, where] = known ?? HERE;
  const codes = [...body.slice(word.length).matchAll(/\b[A-Za-z]+[0-9]+\b|\b[a-z]+(?:-[a-z]+)+\b/g)];
  const list = codes.map(([code]) => code).join(', ');
  return `\`# danglint: ${verb}[${list === '' ? 'CODE' : list}]\` ${where}`;
}
