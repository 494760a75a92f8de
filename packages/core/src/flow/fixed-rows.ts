import type { FoundLookup } from './find-lookups.ts';
import { keyNames } from './key.ts';
import type { Origin, OriginKind } from './verdict.ts';

/** Permissions and content types asked for by name: rows that `migrate` writes for every model. */
export function isInstalled(found: FoundLookup): boolean {
  if (
    !/^django\.contrib\.(auth\.models\.Permission|contenttypes\.models\.ContentType)$/.test(found.model.key)
  )
    return false;
  const names = keyNames(found);
  return (
    names.length > 0 &&
    names.every((name) => /^(codename|app_label|model|content_type__\w+|name)$/.test(name))
  );
}

/** Rows that stay as long as the model they stand for is installed. */
export function isLasting(found: FoundLookup): boolean {
  return found.model.key === 'django.contrib.contenttypes.models.ContentType';
}

/** Origins of keys that code of the program wrote itself: nobody else could have put a wrong one there. */
const OWN: ReadonlySet<OriginKind> = new Set([
  'task-argument',
  'argument',
  'row',
  'constrained-key',
  'unknown',
]);

/** True when only the program's own code says which row is meant. */
export function isOwn(origins: readonly Origin[]): boolean {
  return origins.every(({ kind }) => OWN.has(kind));
}

/** `Settings.objects.get()`: a table of one row. */
export function isSingleton(found: FoundLookup): boolean {
  if (
    found.form !== 'get' ||
    found.expr.kind !== 'Call' ||
    found.expr.args.length > 0 ||
    found.rows === null ||
    found.rows.related
  )
    return false;
  return found.rows.chain.every((link) => link.call.args.length === 0);
}
