import type { Expr } from '../syntax/index.ts';
import { lastName } from './site-table.ts';

/** Forms that are None where one of their parts is. */
const OPEN = /^(?:Optional|Union|Annotated|Awaitable|Coroutine)$/;

/** True for a return annotation that speaks of None as a value of its own, not inside another one: `tuple[str, str | None]` does not. */
export function declaresNone(type: Expr): boolean {
  switch (type.kind) {
    case 'Constant':
      return type.type === 'none' || (type.type === 'str' && textDeclaresNone(type.value));
    case 'BinOp':
      return declaresNone(type.left) || declaresNone(type.right);
    case 'Subscript': {
      const name = lastName(type.value) ?? '';
      if (name === 'Optional') return true;
      const items = type.index.kind === 'Tuple' ? type.index.elts : [type.index];
      return OPEN.test(name) && items.some(declaresNone);
    }
    default:
      return false;
  }
}

/** The same of an annotation in quotes. */
function textDeclaresNone(text: string): boolean {
  const name = /^\s*(?:\w+\.)*(\w+)\[/.exec(text)?.[1] ?? '';
  return /\bNone\b|\bOptional\b/.test(OPEN.test(name) ? text : withoutParts(text));
}

/** A type without what stands in brackets. */
function withoutParts(text: string): string {
  const outer = text.replaceAll(/\[[^[\]]*\]/g, '');
  return outer === text ? text : withoutParts(outer);
}

/** True for a return annotation that None fits, `Any` and the like too. */
export function allowsNone(type: Expr): boolean {
  return declaresNone(type) || /^(Any|object)$/.test(lastName(type) ?? '');
}
