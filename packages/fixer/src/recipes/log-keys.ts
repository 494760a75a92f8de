import type { Argument, FixRequest } from '@danglint/core';
import { logKey } from '../build/logging.ts';
import { snakeCase } from '../build/names.ts';
import { isCheap } from './purity.ts';

/** One value worth logging about a missing row: `detector_id`, and the source that gives it. */
export interface LogKey {
  readonly name: string;
  readonly source: string;
}

/** What was looked up by, as far as reading it again is free. A row is not logged: its `repr` may run a query. */
export function logKeys(request: FixRequest): readonly LogKey[] {
  const { call, model } = request.judgement.lookup;
  if (call === null) return [];
  const keys = new Map<string, LogKey>();
  const keywords = call.args.filter(({ name, star }) => name !== null && star === 0);
  for (const argument of keywords) {
    const key = keyOf(request, argument, snakeCase(model));
    if (key !== null && !keys.has(key.name)) keys.set(key.name, key);
  }
  return [...keys.values()];
}

const ID = /(?:^|_)(?:id|pk|uuid|guid)$/;
/** Values that belong in no log. */
const SECRET = /token|secret|password|passwd|api_?key|auth|cookie|session_?key|signature/i;

function keyOf({ source }: FixRequest, { name, value }: Argument, model: string): LogKey | null {
  if (name === null || !isCheap(value)) return null;
  const text = source.text.slice(value.start, value.end);
  if (/[\r\n]/.test(text) || SECRET.test(name) || SECRET.test(text)) return null;
  const field = name.replace(/__(?:exact|iexact|id|pk)$/, (operator) =>
    /id|pk/.test(operator) ? '_id' : '',
  );
  const own = ownName(value);
  const plain = own === null || /^(?:id|pk|key|value|k|v|x|i)$/.test(own) ? fieldKey(field, model) : own;
  if (/__/.test(field) || (!ID.test(field) && !ID.test(plain) && isRowName(field, own))) return null;
  return { name: logKey(plain, model), source: text };
}

const ROWS =
  /(?:^|_)(?:user|account|owner|author|customer|organization|organisation|project|team|group|parent|member|instance|object|obj|row)$/;

/** `user=user` names a row rather than a value. */
function isRowName(field: string, own: string | null): boolean {
  return ROWS.test(field) || (own !== null && ROWS.test(own));
}

function fieldKey(field: string, model: string): string {
  return /^(?:id|pk)$/.test(field) ? `${model}_id` : field;
}

function ownName(value: Argument['value']): string | null {
  if (value.kind === 'Name') return value.id;
  if (value.kind === 'Attribute') return value.attr;
  if (value.kind !== 'Subscript' || value.index.kind !== 'Constant' || value.index.type !== 'str')
    return null;
  return /^[A-Za-z_]\w*$/.test(value.index.value) ? value.index.value : null;
}
