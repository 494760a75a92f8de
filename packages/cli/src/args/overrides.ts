import { checked, type Entry, type Layer } from '../config/layer.ts';
import type { ReadContext } from '../config/value.ts';
import type { Flag } from './flag.ts';
import type { ArgReader } from './reader.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The settings that flags and environment variables override, as the strongest layer of the configuration. */
export function overrideLayer(
  flags: readonly Flag[],
  args: ArgReader,
  env: Env,
  context: ReadContext,
): Layer {
  const entries = new Map<string, Entry>();
  for (const flag of flags) {
    if (flag.key === undefined) continue;
    const given = fromFlag(flag, args) ?? fromEnv(flag, env);
    if (given !== null) {
      const { value, from } = given;
      entries.set(flag.key, { value: checked(flag.key, value, context, () => from), from });
    }
  }
  return { context, entries };
}

function fromFlag({ name, type, read }: Flag, args: ArgReader): Entry | null {
  if (type !== 'boolean' && args.bool(name) === false) {
    return { value: type === 'list' ? [] : '', from: `--no-${name}` };
  }
  const value = type === 'boolean' ? args.bool(name) : type === 'list' ? args.list(name) : args.text(name);
  if (value === null) return null;
  return { value: Array.isArray(value) && read !== undefined ? read(value) : value, from: `--${name}` };
}

function fromEnv({ env: variable }: Flag, env: Env): Entry | null {
  const value = variable === undefined ? undefined : env[variable];
  return variable === undefined || value === undefined || value === '' ? null : { value, from: variable };
}
