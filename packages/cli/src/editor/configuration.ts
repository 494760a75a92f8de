import type { ConfigurationChoice } from '@danglint/server/analysis';
import { ArgReader } from '../args/reader.ts';
import { isTable } from '../config/value.ts';

/** An editor's choice of configuration as the command line would spell it. `file`: the project has a configuration file. */
export function argumentsOf({ configuration, preference }: ConfigurationChoice, file: boolean): ArgReader {
  const only = preference === 'editorOnly';
  const drops = configuration === null || (preference === 'filesystemFirst' && file);
  const config = drops
    ? []
    : typeof configuration === 'string'
      ? [configuration]
      : settings(configuration, []);
  return new ArgReader({ config, isolated: only && typeof configuration !== 'string' });
}

/** `lint.select = ["DNE1"]`: what JSON and TOML write in the same way. */
function settings(table: Readonly<Record<string, unknown>>, section: readonly string[]): readonly string[] {
  return Object.entries(table).flatMap(([name, value]) => {
    const path = [...section, name];
    if (isTable(value)) return settings(value, path);
    return value === null || value === undefined
      ? []
      : [`${path.map(quoted).join('.')} = ${JSON.stringify(value)}`];
  });
}

function quoted(name: string): string {
  return /^[\w-]+$/.test(name) ? name : JSON.stringify(name);
}
