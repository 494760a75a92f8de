import { type FunctionInfo, type ModelRef, parts, type Program } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { keyNames } from './key.ts';
import { isOwnRow } from './named-rows.ts';
import type { Origin, OriginKind } from './verdict.ts';

/**
 * Where the names come from by which permissions and content types are asked for, rows that `migrate` writes for every model:
 * from the program, unless somebody outside of it says which, who may name what is not installed. Null for other lookups.
 */
export function installedOrigins(
  found: FoundLookup,
  ofKey: () => readonly Origin[],
): readonly Origin[] | null {
  if (!isInstalled(found)) return null;
  const sent = ofKey().filter(({ kind }) => kind === 'request' || kind === 'json' || kind === 'message');
  if (sent.length > 0) return sent;
  const { path } = found.place.fn;
  return [{ kind: 'natural-key', detail: 'a name that migrations write', path, span: found.expr }];
}

function isInstalled(found: FoundLookup): boolean {
  if (
    !/^django\.contrib\.(auth\.models\.Permission|contenttypes\.models\.ContentType)$/.test(found.model.key)
  )
    return false;
  const names = keyNames(found);
  return (
    names.length > 0 &&
    names.every((name) => /^(codename|app_label|model|content_type(__\w+)?|name)$/.test(name))
  );
}

/**
 * Rows that come with the program, in words: a content type stays as long as its model is installed, and a group that a constant
 * names is a role that the program is written for, as is what a constant of the model names. Null for all others.
 */
export function lasting(
  program: Program,
  found: FoundLookup,
  key: Expr,
  origins: readonly Origin[],
): string | null {
  const { model, place } = found;
  if (origins.every(({ kind }) => kind === 'literal') && isOwnRow(program, found, key))
    return 'a constant, which names a row that the program brings along';
  if (isOwnConstant(program, key, model, place.fn))
    return 'a constant of the model itself, which names one of its rows';
  if (model.key === 'django.contrib.contenttypes.models.ContentType' && isOwn(origins))
    return 'a content type of an installed model';
  return model.key === 'django.contrib.auth.models.Group' && origins.every(({ kind }) => kind === 'literal')
    ? 'the name of a group that the program is written for'
    : null;
}

/** `Template.objects.get(name=Template.WELCOME)`. */
function isOwnConstant(program: Program, key: Expr, model: ModelRef, fn: FunctionInfo): boolean {
  return (
    key.kind === 'Attribute' &&
    /^[A-Z][A-Z0-9_]*$/.test(key.attr) &&
    parts(program.infer.expr(key.value, fn)).some(
      (type) => type.t === 'model' && type.model.key === model.key,
    )
  );
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
function isOwn(origins: readonly Origin[]): boolean {
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
