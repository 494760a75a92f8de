import { RELATION_FIELDS } from '../django/index.ts';
import { type Call, dottedName, type Expr } from '../syntax/index.ts';
import type { ClassInfo } from './entities.ts';
import { foreignModel } from './foreign.ts';
import type { FunctionInfo } from './function-info.ts';
import type { Program } from './program.ts';
import type { ModelRef } from './types.ts';

/** A field of a model as its class body declares it. */
export interface Field {
  readonly name: string;
  /** `generic` are the two sides of a generic relation: the key has no target, the way back has one. */
  readonly kind: 'fk' | 'o2o' | 'm2m' | 'generic' | 'plain';
  /** Django's class at the root of the field's class: `BigIntegerField`. */
  readonly type: string;
  /** The class name as written: `HybridCloudForeignKey`. */
  readonly declared: string;
  readonly target: ModelRef | null;
  /** The model between the two sides of a many-to-many relation, when the program has one. */
  readonly through: ModelRef | null;
  readonly unique: boolean;
  readonly primaryKey: boolean;
  readonly null: boolean;
  /** False for relations without a database constraint. */
  readonly constrained: boolean;
  readonly onDelete: string | null;
  readonly relatedName: string | null;
  /** The field of the target that the column holds, where `to_field` says so; empty where the text does not tell which. */
  readonly toField: string | null;
  readonly default: boolean;
  /** The abstract or concrete class whose body declares it. */
  readonly owner: ClassInfo;
}

/** One `name = SomeField(...)` of a class body. */
interface Declaration {
  readonly owner: ClassInfo;
  /** The model whose table has the field: the owner, or its concrete child. */
  readonly model: ClassInfo;
  readonly name: string;
  readonly call: Call;
}

/** Reads a declaration; null when its value is no field. */
export function readField(program: Program, declaration: Declaration): Field | null {
  const { owner, name, call } = declaration;
  const written = lastName(call.func);
  const names = fieldClasses(program, owner, call.func);
  const type =
    names.find((candidate) => RELATION_FIELDS.has(candidate)) ??
    names.find((candidate) => FIELD.test(candidate));
  if (type === undefined) return null;
  const option = (key: string): Expr | null => call.args.find((arg) => arg.name === key)?.value ?? null;
  const positional = call.args.filter((arg) => arg.name === null && arg.star === 0).map((arg) => arg.value);
  const relation = RELATION_FIELDS.get(type);
  const kind = relation ?? (GENERIC.test(type) ? 'generic' : 'plain');
  const to =
    relation === undefined && type !== 'GenericRelation' ? null : (option('to') ?? positional[0] ?? null);
  const through = relation === 'm2m' ? option('through') : null;
  const onDelete =
    option('on_delete') ?? (relation === 'fk' || relation === 'o2o' ? (positional[1] ?? null) : null);
  const primaryKey = isConstant(option('primary_key'), 'True');
  return {
    name,
    kind,
    type,
    declared: written,
    target: to === null ? null : relationTarget(program, declaration, to),
    through: through === null ? null : relationTarget(program, declaration, through),
    unique:
      primaryKey ||
      kind === 'o2o' ||
      isConstant(option('unique'), 'True') ||
      /^(Big|Small)?AutoField$/.test(type),
    primaryKey,
    null: isConstant(option('null'), 'True'),
    constrained: !isConstant(option('db_constraint'), 'False'),
    onDelete:
      onDelete === null ? null : lastName(onDelete) || (onDelete.kind === 'Constant' ? onDelete.value : null),
    toField: option('to_field') === null ? null : (stringOf(program, option('to_field'), owner) ?? ''),
    relatedName: stringOf(program, option('related_name'), owner),
    default: option('default') !== null,
    owner,
  };
}

/** The link of a child with a table of its own to its parent's row. */
export function parentLink(owner: ClassInfo, parent: ModelRef): Field {
  return {
    name: `${(parent.name ?? '').toLowerCase()}_ptr`,
    kind: 'o2o',
    type: 'OneToOneField',
    declared: 'OneToOneField',
    target: parent,
    through: null,
    unique: true,
    primaryKey: false,
    null: false,
    constrained: true,
    onDelete: 'CASCADE',
    relatedName: null,
    toField: null,
    default: false,
    owner,
  };
}

const FIELD = /(Field|Key|GenericRelation)$/;
const GENERIC = /^Generic(ForeignKey|Relation)$/;

function isConstant(expr: Expr | null, value: 'True' | 'False'): boolean {
  return expr?.kind === 'Constant' && expr.type === 'bool' && expr.value === value;
}

function stringOf(program: Program, expr: Expr | null, owner: ClassInfo): string | null {
  if (expr === null) return null;
  const value = program.symbols.value(expr, owner.bodyScope).expr;
  return value.kind === 'Constant' && value.type === 'str' ? value.value : null;
}

function lastName(expr: Expr): string {
  return (dottedName(expr) ?? '').split('.').at(-1) ?? '';
}

/** Class names of a field's class up to Django's own, nearest first; the written name when it leads nowhere. */
function fieldClasses(program: Program, owner: ClassInfo, func: Expr): string[] {
  const symbol = program.symbols.of(func, owner.bodyScope);
  if (symbol?.kind === 'external') return [symbol.name.split('.').at(-1) ?? ''];
  if (symbol?.kind !== 'class') return [lastName(func)];
  return program.hierarchy
    .mro(symbol.cls)
    .map((base) => (typeof base === 'string' ? (base.split('.').at(-1) ?? '') : base.name));
}

function relationTarget(program: Program, { owner, model }: Declaration, written: Expr): ModelRef | null {
  if (/(^|\.)AUTH_USER_MODEL$/.test(dottedName(written) ?? '')) return program.models.userModel();
  const { expr, fn } = program.symbols.value(written, owner.bodyScope);
  if (expr.kind === 'Constant' && expr.type === 'str') {
    return expr.value === 'self'
      ? program.models.ref(model)
      : program.models.byLabel(expr.value, model.module);
  }
  if (/(^|\.)AUTH_USER_MODEL$/.test(dottedName(expr) ?? '')) return program.models.userModel();
  if (expr.kind === 'Call') return isUserModelCall(program, expr, fn) ? program.models.userModel() : null;
  const symbol = program.symbols.of(expr, fn);
  if (symbol?.kind === 'class') return program.models.ref(symbol.cls);
  if (symbol?.kind !== 'external') return null;
  return (
    foreignModel(symbol.name) ?? { key: symbol.name, name: symbol.name.split('.').at(-1) ?? null, cls: null }
  );
}

function isUserModelCall(program: Program, call: Call, fn: FunctionInfo): boolean {
  const symbol = program.symbols.of(call.func, fn);
  return (
    symbol?.kind === 'external' &&
    /^django\.contrib\.auth\..*get_user_model$|^django\.contrib\.auth\.get_user_model$/.test(symbol.name)
  );
}

/** Fields that hold another row's id without being a relation: `detector_id = BigIntegerField()`. */
export function isSoftReference(field: Field): boolean {
  if (field.kind === 'fk' || field.kind === 'o2o')
    return !field.constrained || /HybridCloud/.test(field.declared);
  if (/HybridCloud/.test(field.declared)) return true;
  return (
    field.kind === 'plain' &&
    field.name.endsWith('_id') &&
    /(Integer|UUID|Char|Slug|Text)Field$/.test(field.type)
  );
}
