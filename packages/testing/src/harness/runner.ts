/** What a test framework offers: vitest's, node:test's and Mocha's `describe` and `it` all fit. */
export interface TestFramework {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => Promise<void>) => unknown;
}

/** Fails a test with every problem at once, one after the other. */
export function failWith(problems: readonly string[], where: string): void {
  if (problems.length > 0) throw new Error([where, ...problems.map((problem) => `- ${problem}`)].join('\n'));
}

/** A text set off from the words around it, under a name. */
export function marked(name: string, text: string): string {
  const lines = text.split('\n').map((line) => `  | ${line}`);
  return [`  --- ${name}`, ...lines].join('\n');
}
