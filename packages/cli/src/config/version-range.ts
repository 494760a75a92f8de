/** Why a version does not fit `required-version`; null when it does, or when nothing is required. */
export function versionFault(required: string, version: string): string | null {
  if (required.trim() === '') return null;
  for (const part of required.split(',')) {
    const [, operator = '==', wanted] =
      /^\s*(==|!=|>=|<=|>|<|~=|\^)?\s*v?(\d+(?:\.\d+){0,2})\s*$/.exec(part) ?? [];
    if (wanted === undefined) return `\`required-version\`: "${part.trim()}" is not a version or a range`;
    if (!fits(operator, numbers(wanted), numbers(version))) {
      return `this is danglint ${version}, but \`required-version\` is "${required}"`;
    }
  }
  return null;
}

function fits(operator: string, wanted: readonly number[], have: readonly number[]): boolean {
  const order = compare(have, wanted);
  switch (operator) {
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '!=':
      return order !== 0;
    case '^':
      return order >= 0 && have[0] === wanted[0];
    case '~=':
      return order >= 0 && wanted.slice(0, -1).every((part, i) => have[i] === part);
    default:
      return order === 0;
  }
}

/** Missing parts count as zero; a pre-release counts as its release. */
function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < 3; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbers(version: string): number[] {
  return version
    .replace(/[-+].*$/, '')
    .split('.')
    .map(Number);
}
