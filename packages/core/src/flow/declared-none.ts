import { type Expr, walkExpr } from '../syntax/index.ts';
import { lastName } from './site-table.ts';

/** True for a return annotation that speaks of None. */
export function declaresNone(type: Expr): boolean {
  if (type.kind === 'Constant') return type.type === 'none' || /\bNone\b|Optional\[/.test(type.value);
  return (type.kind === 'BinOp' || type.kind === 'Subscript') && mentionsNone(type);
}

/** True for a return annotation that None fits, `Any` and the like too. */
export function allowsNone(type: Expr): boolean {
  return declaresNone(type) || /^(Any|object)$/.test(lastName(type) ?? '');
}

function mentionsNone(expr: Expr): boolean {
  let found = false;
  walkExpr(expr, (part) => {
    if (
      (part.kind === 'Constant' && part.type === 'none') ||
      (part.kind === 'Name' && part.id === 'Optional') ||
      (part.kind === 'Attribute' && part.attr === 'Optional')
    )
      found = true;
  });
  return found;
}
