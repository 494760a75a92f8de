import { type ClassInfo, isSoftReference, type ModelRef, type Program } from '../project/index.ts';
import type { OriginKind } from './verdict.ts';

/** What a column of a row at hand says of the row it names. */
export interface ColumnOrigin {
  readonly kind: OriginKind;
  readonly detail: string;
  /** The model that a constrained, NOT NULL column points at, or whose own key it is; null for other columns. */
  readonly target: ModelRef | null;
}

/** Reads `row.attr` where `row` is of the model. */
export function columnOrigin(program: Program, model: ModelRef, attr: string): ColumnOrigin {
  const owner = model.name ?? 'row';
  const plain = (kind: OriginKind, detail: string): ColumnOrigin => ({ kind, detail, target: null });
  const cls = model.cls;
  const column =
    cls === null ? null : (program.models.columnOf(cls, attr) ?? program.models.field(cls, attr));
  if (column === null) {
    const foreign = foreignKey(program, model, attr);
    if (foreign !== null) return foreign;
    const target = /^(id|pk)$/.test(attr) ? model : null;
    return { kind: 'row', detail: `\`${attr}\` of a \`${owner}\` row`, target };
  }
  const name = `\`${owner}.${attr}\``;
  if (column.declared.includes('HybridCloud'))
    return plain('cross-silo', `${name}, a key into another database`);
  if (isSoftReference(column))
    return plain('soft-reference', `${name}, a column without a foreign key constraint`);
  if (column.kind === 'fk' || column.kind === 'o2o') {
    const target = column.null ? null : column.target;
    const open = column.null ? ', which may be NULL' : '';
    return { kind: 'constrained-key', detail: `${name}, a foreign key with a constraint${open}`, target };
  }
  if (/JSON|HStore|Array/.test(column.type)) return plain('soft-reference', `${name}, a ${column.type}`);
  const target = column.primaryKey ? model : null;
  return { kind: 'row', detail: `\`${attr}\` of a \`${owner}\` row`, target };
}

/** Packages whose rows of a user have a foreign key that is never NULL. */
const OF_USERS = /^(django\.contrib\.admin|rest_framework\.authtoken|allauth\.(account|socialaccount))\./;

/** A column of a relation that a model of a package declares, or a base out of one. */
function foreignKey(program: Program, { key, name, cls }: ModelRef, attr: string): ColumnOrigin | null {
  if (cls !== null && attr.endsWith('_id') && isOpen(program, cls)) {
    const detail = `\`${name ?? 'row'}.${attr}\`, a foreign key of a base of a package`;
    return { kind: 'constrained-key', detail, target: null };
  }
  if (cls !== null || attr !== 'user_id' || !OF_USERS.test(key)) return null;
  const detail = `\`${name ?? 'row'}.${attr}\`, a foreign key with a constraint`;
  return { kind: 'constrained-key', detail, target: program.models.userModel() };
}

/** A model with a base that the program does not show, which may have columns. */
function isOpen({ hierarchy }: Program, cls: ClassInfo): boolean {
  return hierarchy.externalBases(cls).some((base) => !/^(django\.db|builtins|typing|abc|object$)/.test(base));
}
