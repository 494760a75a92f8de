import { RELATION_FIELDS } from '../django/index.ts';
import { type Call, dottedName, type Expr } from '../syntax/index.ts';
import type { ClassInfo } from './entities.ts';
import type { Program } from './program.ts';
import { type ModelRef, parts } from './types.ts';

/** A field of a model as its class body declares it. */
export interface Field {
  readonly name: string;
  readonly kind: 'fk' | 'o2o' | 'm2m' | 'generic' | 'plain';
  /** Django's class at the root of the field's class: `BigIntegerField`. */
  readonly type: string;
  /** The class name as written: `HybridCloudForeignKey`. */
  readonly declared: string;
  readonly target: ModelRef | null;
  readonly unique: boolean;
  readonly primaryKey: boolean;
  readonly null: boolean;
  /** False for relations without a database constraint. */
  readonly constrained: boolean;
  readonly onDelete: string | null;
  readonly relatedName: string | null;
  readonly default: boolean;
  /** The abstract or concrete class whose body declares it. */
  readonly owner: ClassInfo;
}

/** Reads one `name = SomeField(...)` of a class body; null when the value is no field. */
export function readField(program: Program, owner: ClassInfo, name: string, call: Call): Field | null {
  const classes = fieldClasses(program, owner, call.func);
  const written = lastName(call.func);
  const names = classes.length > 0 ? classes : [written];
  const type = names.find((candidate) => RELATION_FIELDS.has(candidate)) ?? names.find((candidate) => /(Field|Key)$/.test(candidate));
  if (type === undefined || !/(Field|Key|GenericRelation)$/.test(type)) return null;
  const option = (key: string): Expr | null => call.args.find((arg) => arg.name === key)?.value ?? null;
  const relation = RELATION_FIELDS.get(type);
  const kind = relation ?? (type === 'GenericForeignKey' ? 'generic' : 'plain');
  const targetExpr = relation === undefined ? null : (option('to') ?? call.args.find((arg) => arg.name === null)?.value ?? null);
  const constraint = option('db_constraint');
  const onDelete = option('on_delete') ?? (relation === 'fk' || relation === 'o2o' ? (call.args.filter((arg) => arg.name === null)[1]?.value ?? null) : null);
  const primaryKey = isTrue(option('primary_key'));
  return {
    name,
    kind,
    type,
    declared: written,
    target: targetExpr === null ? null : relationTarget(program, owner, targetExpr),
    unique: primaryKey || kind === 'o2o' || isTrue(option('unique')) || type === 'AutoField' || type === 'BigAutoField',
    primaryKey,
    null: isTrue(option('null')),
    constrained: !(constraint?.kind === 'Constant' && constraint.value === 'False'),
    onDelete: onDelete === null ? null : lastName(onDelete) || (onDelete.kind === 'Constant' ? onDelete.value : null),
    relatedName: stringOf(option('related_name')),
    default: option('default') !== null,
    owner,
  };
}

function isTrue(expr: Expr | null): boolean {
  return expr?.kind === 'Constant' && expr.value === 'True';
}

function stringOf(expr: Expr | null): string | null {
  return expr?.kind === 'Constant' && expr.type === 'str' ? expr.value : null;
}

function lastName(expr: Expr): string {
  return (dottedName(expr) ?? '').split('.').at(-1) ?? '';
}

/** Class names of a field's class up to Django's own, nearest first. */
function fieldClasses(program: Program, owner: ClassInfo, func: Expr): string[] {
  return parts(program.infer.expr(func, owner.bodyScope)).flatMap((type) => {
    if (type.t === 'external') return [type.name.split('.').at(-1) ?? ''];
    if (type.t !== 'class') return [];
    return program.hierarchy.mro(type.cls).map((base) => (typeof base === 'string' ? (base.split('.').at(-1) ?? '') : base.name));
  });
}

function relationTarget(program: Program, owner: ClassInfo, expr: Expr): ModelRef | null {
  if (expr.kind === 'Constant' && expr.type === 'str') {
    if (expr.value === 'self') return program.models.ref(owner);
    return program.models.byLabel(expr.value, owner.module);
  }
  if (/(^|\.)AUTH_USER_MODEL$/.test(dottedName(expr) ?? '')) return program.models.userModel();
  for (const type of parts(program.infer.expr(expr, owner.bodyScope))) {
    if (type.t === 'model') return type.model;
    if (type.t === 'external') return program.models.external(type.name) ?? { key: type.name, name: type.name.split('.').at(-1) ?? null, cls: null };
  }
  return null;
}

/** Fields that hold another row's id without being a relation: `detector_id = BigIntegerField()`. */
export function isSoftReference(field: Field): boolean {
  if (field.kind === 'fk' || field.kind === 'o2o') return !field.constrained || /HybridCloud/.test(field.declared);
  if (/HybridCloud/.test(field.declared)) return true;
  return field.kind === 'plain' && /_id$/.test(field.name) && /(Integer|UUID|Char|Slug|Text)Field$/.test(field.type);
}
