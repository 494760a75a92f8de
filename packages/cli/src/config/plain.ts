import { isTable } from './value.ts';

/** A default as it would stand in a file: globs without the folder that they start from, tables as objects. */
export function toPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPlain);
  return isTable(value) && 'pattern' in value ? value['pattern'] : value;
}
