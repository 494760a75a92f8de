/** Finds the modules that a TypeScript file names: static, dynamic, type-only and re-exported ones. */

/** Comments and strings that are no import must not look like one: what is skipped comes first. */
const TOKEN = new RegExp(
  [
    String.raw`\/\/[^\n]*`,
    String.raw`\/\*[\s\S]*?\*\/`,
    String.raw`\b(?:import|export)\b[\w\s{},*$]*?\bfrom\s*(?<from>'[^'\n]+'|"[^"\n]+")`,
    String.raw`\bimport\s*\(\s*(?<dynamic>'[^'\n]+'|"[^"\n]+")`,
    String.raw`\bimport\s*(?<bare>'[^'\n]+'|"[^"\n]+")`,
    String.raw`'(?:\\.|[^'\\\n])*'`,
    String.raw`"(?:\\.|[^"\\\n])*"`,
    String.raw`${'`'}(?:\\[\s\S]|[^${'`'}\\])*${'`'}`,
  ].join('|'),
  'g',
);

/**
 * @param {string} text
 * @returns {{line: number, specifier: string}[]}
 */
export function importsOf(text) {
  /** @type {{line: number, specifier: string}[]} */
  const found = [];
  for (const match of text.matchAll(TOKEN)) {
    const { from, dynamic, bare } = match.groups ?? {};
    const quoted = from ?? dynamic ?? bare;
    if (quoted === undefined) continue;
    const line = text.slice(0, match.index).split('\n').length;
    found.push({ line, specifier: quoted.slice(1, -1) });
  }
  return found;
}
