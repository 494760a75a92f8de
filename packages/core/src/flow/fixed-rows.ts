import type { FoundLookup } from './find-lookups.ts';
import { keyNames } from './key.ts';

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
