import {
  type ClassDef,
  dottedName,
  type FixRequest,
  type FunctionDef,
  opensScope,
  walkStmts,
} from '@danglint/core';
import { spell, type Spelling } from '../build/bindings.ts';
import type { Branch } from './branch.ts';
import type { Place } from './place.ts';
import { raising, raisingAs } from './raising.ts';

const METHODS =
  /^(?:clean|clean_\w+|to_python|compress|validate|validate_\w+|to_internal_value|run_validation)$/;
/** What a serializer does with input that it accepted. */
const WRITES = /^(?:create|update|save)$/;
const CLASSES = /(?:Form|FormSet|Field|Serializer|Model|Validator|Filter)(?:Base|Mixin)?$/;
const TITLE = 'Reject the input';

/** The branch of a method that validates input, of a form, a field or a serializer: a missing row is a wrong input. Null elsewhere. */
export function invalidInput(request: FixRequest, place: Place): Branch | null {
  const fn = place.functions.at(-1);
  if (fn === undefined || !validates(request, place, fn)) return null;
  const own = raised(fn);
  if (own !== null) return raisingAs(request, own, TITLE, null);
  const modules =
    request.judgement.lookup.host.entry === 'serializer'
      ? ['rest_framework.serializers']
      : ['django.core.exceptions', 'django.forms'];
  const wanted = modules.map((module) => ({ module, name: 'ValidationError' }));
  const there = wanted.find((item) => spell(request.facts, place.functions, item)?.imports.length === 0);
  const chosen = there ?? wanted[0];
  return chosen === undefined ? null : raising(request, place, chosen, 'plain', TITLE, null);
}

/** The branch of another function that says with a `ValidationError` what is wrong with its arguments. */
export function invalidArgument(request: FixRequest, fn: FunctionDef): Branch | null {
  const own = raised(fn);
  const doubt = `callers of \`${fn.name}\` may show the message to a user`;
  return own === null ? null : raisingAs(request, own, TITLE, doubt);
}

function validates({ judgement }: FixRequest, { around }: Place, fn: FunctionDef): boolean {
  const serializer = judgement.lookup.host.entry === 'serializer';
  if (serializer && WRITES.test(fn.name)) return true;
  const cls = around[around.lastIndexOf(fn) - 1];
  if (fn.name === '__call__') return cls?.kind === 'ClassDef' && isValidator(cls);
  if (!METHODS.test(fn.name) || tellsWithBool(fn)) return false;
  return serializer || (cls?.kind === 'ClassDef' && hasBase(cls));
}

/** `class ParentValidator(InstanceValidator)`: called with what it validates. */
function isValidator({ name, bases }: ClassDef): boolean {
  return [name, ...bases.map(({ value }) => dottedName(value) ?? '')].some((one) =>
    one.endsWith('Validator'),
  );
}

function hasBase({ bases }: ClassDef): boolean {
  return bases.some(({ value }) => CLASSES.test(dottedName(value) ?? ''));
}

/** A method that gives `False` for wrong input is asked by a package of its own: nobody there knows a `ValidationError`. */
function tellsWithBool({ body }: FunctionDef): boolean {
  let tells = false;
  walkStmts(
    body,
    (stmt) => {
      if (stmt.kind !== 'Return' || stmt.value?.kind !== 'Constant') return;
      tells ||= stmt.value.type === 'bool' && stmt.value.value === 'False';
    },
    (stmt) => !opensScope(stmt),
  );
  return tells;
}

/** `forms.ValidationError` as the function itself raises it. */
function raised(fn: FunctionDef): Spelling | null {
  let name: string | null = null;
  walkStmts(
    fn.body,
    (stmt) => {
      if (stmt.kind !== 'Raise' || stmt.exc?.kind !== 'Call') return;
      const written = dottedName(stmt.exc.func) ?? '';
      if (/(?:^|\.)ValidationError$/.test(written)) name ??= written;
    },
    (stmt) => !opensScope(stmt),
  );
  return name === null ? null : { text: name, imports: [] };
}
