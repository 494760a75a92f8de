import { readFileSync } from 'node:fs';

/** What the package's own manifest says; it stands one folder above the source and above the bundle. */
interface Manifest {
  readonly version: string;
  readonly homepage: string | null;
  /** Where to report errors of danglint itself. */
  readonly bugs: string | null;
}

export function manifest(): Manifest {
  const read: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const text = (key: string): string | null => {
    const value = isRecord(read) ? read[key] : null;
    if (isRecord(value)) return typeof value['url'] === 'string' ? value['url'] : null;
    return typeof value === 'string' ? value : null;
  };
  return { version: text('version') ?? 'unknown', homepage: text('homepage'), bugs: text('bugs') };
}

export function version(): string {
  return manifest().version;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
