import { type ClassInfo, type FunctionInfo, nameIndex, parts, push, type Type } from '../project/index.ts';
import type { Binding } from '../scope/index.ts';
import { dottedName, type Expr } from '../syntax/index.ts';
import { originAt, type Tracer } from './origin-trail.ts';
import type { Origin } from './verdict.ts';

type Attribute = Extract<Expr, { kind: 'Attribute' }>;

/** What an attribute reads that stands in the program's text or its settings: constants of classes, members of enumerations. */
export function constantOrigins(t: Tracer, expr: Attribute, base: Type, fn: FunctionInfo): Origin[] {
  const found = classConstants(t, expr, base, fn);
  if (found.length > 0) return found;
  if (isMember(t, expr, fn))
    return [
      originAt('literal', `\`${dottedName(expr) ?? expr.attr}\`, a member of an enumeration`, expr, fn),
    ];
  if (isSetting(expr)) return [originAt('settings', `setting \`${expr.attr}\``, expr, fn)];
  return isAlwaysConstant(t, expr.attr)
    ? [originAt('literal', `\`${expr.attr}\`, a constant in each class that has it`, expr, fn)]
    : [];
}

/** What classes give to their attributes, in their bodies and through `self`; null where the text does not show it. */
const classValues = nameIndex((module): ReadonlyMap<string, readonly (Expr | null)[]> => {
  const out = new Map<string, (Expr | null)[]>();
  for (const cls of module.classes) {
    for (const [name, bindings] of cls.bodyScope.scope.bindings)
      for (const { source } of bindings) push(out, name, source.kind === 'assign' ? source.value : null);
    for (const [name, entries] of cls.selfAttributes) for (const { value } of entries) push(out, name, value);
  }
  return out;
});

/** `action.template_name`, whatever the action is: the classes that have such a name hold constants there, or None. */
function isAlwaysConstant({ program }: Tracer, attr: string): boolean {
  if (!/[a-z]_[a-z]/.test(attr) || /(^|_)(id|pk)$/.test(attr)) return false;
  const values = classValues(program)
    .of(attr)
    .filter((value) => value?.kind !== 'Constant' || value.type !== 'none');
  return values.length > 0 && values.every((value) => value !== null && isNamedConstant(value));
}

/** A text, or a name that is spelled as constants are: `Template.WELCOME`. */
function isNamedConstant(value: Expr): boolean {
  return value.kind === 'Constant'
    ? value.type === 'str'
    : /(^|\.)[A-Z][A-Z0-9_]+$/.test(dottedName(value) ?? '');
}

/** `settings.LANGUAGE`, whatever object of that name the program has made of Django's. */
function isSetting({ attr, value }: Attribute): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(attr) && /(^|[._])settings$/.test(dottedName(value) ?? '');
}

/** `Status.OPEN`, `Status.OPEN.value`, `Status.OPEN.value.id`. */
function isMember(t: Tracer, { value }: Attribute, fn: FunctionInfo): boolean {
  const isEnum = parts(t.program.infer.expr(value, fn)).some(
    (type) =>
      type.t === 'class' && t.program.hierarchy.externalBases(type.cls).some((base) => ENUM.test(base)),
  );
  return isEnum || (value.kind === 'Attribute' && isMember(t, value, fn));
}

const ENUM = /^enum\.|(^|\.)(Text|Integer)?Choices$/;

/** `cls.default_slug` in a method of the class, `Order.OPEN` anywhere: a constant in its body. */
function classConstants(t: Tracer, { attr, value }: Attribute, base: Type, fn: FunctionInfo): Origin[] {
  const own = value.kind === 'Name' && value.id === fn.params[0]?.name ? fn.cls : null;
  const classes = parts(base).flatMap((type) =>
    type.t === 'class' ? [type.cls] : type.t === 'model' ? (type.model.cls ?? []) : [],
  );
  const cls = classes.length === 0 ? null : (own ?? classes[0] ?? null);
  const member = cls === null ? null : t.program.hierarchy.member(cls, attr);
  if (member === null) return [];
  return member.bindings.flatMap(({ source }) =>
    source.kind === 'assign' && source.value !== null && isConstant(source.value)
      ? [originAt('literal', `\`${attr}\`, a constant of the class`, source.value, member.cls.bodyScope)]
      : [],
  );
}

/**
 * `self.kind` and `self.slugs[kind]` of what stands in the body of the class and of those below it: constants, and dictionaries and lists of
 * constants. Empty where one of them has something else there.
 */
export function bodyConstants(t: Tracer, cls: ClassInfo, expr: Attribute, fn: FunctionInfo): Origin[] {
  const { hierarchy } = t.program;
  const members = [cls, ...hierarchy.subclasses(cls)].flatMap(
    (one) => hierarchy.member(one, expr.attr) ?? [],
  );
  const values = members.flatMap(({ bindings }) =>
    bindings.map(({ source }) => (source.kind === 'assign' ? source.value : null)),
  );
  return values.length > 0 && values.every((value) => value !== null && isConstantTable(value))
    ? [originAt('literal', `\`${expr.attr}\`, a constant of the class`, expr, fn)]
    : [];
}

function isConstantTable(value: Expr): boolean {
  if (value.kind === 'Dict')
    return value.entries.length > 0 && value.entries.every((entry) => isNamedConstant(entry.value));
  if (value.kind === 'List' || value.kind === 'Tuple' || value.kind === 'Set')
    return value.elts.length > 0 && value.elts.every(isNamedConstant);
  return isNamedConstant(value);
}

/** A constant, one of a type that a package has, or one with a label beside it: `UUID("...")`, `"open", _("Open")`. */
function isConstant(value: Expr): boolean {
  if (value.kind === 'Constant') return value.type !== 'none';
  if (value.kind === 'Tuple') return value.elts[0]?.kind === 'Constant';
  return (
    value.kind === 'Call' &&
    /(^|\.)(UUID|Decimal)$/.test(dottedName(value.func) ?? '') &&
    value.args.every((arg) => arg.value.kind === 'Constant')
  );
}

/** A name that another module has: a setting, a constant by its spelling, or anything. */
export function importedOrigin(t: Tracer, binding: Binding, use: Expr, fn: FunctionInfo): Origin {
  const type = t.program.infer.binding(binding, fn);
  const name = type.t === 'external' ? type.name : '';
  const constant = /^[A-Z0-9_]+$/.test(binding.name);
  const kind = name.startsWith('django.conf.settings') ? 'settings' : constant ? 'literal' : 'unknown';
  return originAt(kind, `\`${binding.name}\``, use, fn);
}
