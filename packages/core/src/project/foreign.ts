import { KNOWN_MODELS } from '../django/index.ts';
import type { ModelRef } from './types.ts';

/** What never is a model, by the last part of its name. */
const OTHER = /(Manager|QuerySet|Field|Key|Error|Exception|Mixin|DoesNotExist|MultipleObjectsReturned)$/;

/** True for a dotted name of an installed package that looks like a model's: a class of a module called `models`. */
export function isForeignModel(name: string): boolean {
  // Nearly every name that is asked about has no such module in it: the patterns are for the others.
  if (!name.includes('models.') && !KNOWN_MODELS.has(name)) return false;
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (!KNOWN_MODELS.has(name) && !/(^|\.)models(\.\w+)*\.[A-Z]\w*$/.test(name)) return false;
  return !/^django\.(contrib\.gis\.)?db\./.test(name) && !/^[A-Z0-9_]+$/.test(last) && !OTHER.test(last);
}

/** A model of an installed package, by its dotted name; null when the name does not look like one. */
export function foreignModel(name: string): ModelRef | null {
  return isForeignModel(name) ? { key: name, name: name.slice(name.lastIndexOf('.') + 1), cls: null } : null;
}
