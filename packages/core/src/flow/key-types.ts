import type { Field } from '../project/index.ts';

/** Columns whose values compare equal when they name the same row; null where one value has several spellings. */
export function family(type: string): 'int' | 'uuid' | null {
  if (/^(?:(?:Big|Small)?AutoField|(?:Positive)?(?:Big|Small)?IntegerField)$/.test(type)) return 'int';
  return type === 'UUIDField' ? 'uuid' : null;
}

/** The family of a primary key; a model that declares none has a number. */
export function familyOf(key: Field | null): 'int' | 'uuid' | null {
  return key === null ? 'int' : family(key.type);
}
