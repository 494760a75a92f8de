import {
  dottedName,
  type Edit,
  type Expr,
  type FileFacts,
  type ImportRequest,
  walkExpr,
  walkStmts,
} from '@danglint/core';
import { spell } from '../../build/bindings.ts';
import { insertion, replacement } from '../../build/edit.ts';
import type { Missing } from '../branch.ts';
import type { Site } from './site.ts';

/** What makes a function's return annotation true again when it begins to return None. */
export interface OptionalReturn {
  readonly edits: readonly Edit[];
  readonly imports: readonly ImportRequest[];
}

const AS_IT_IS: OptionalReturn = { edits: [], imports: [] };

/** `-> Detector` becomes `-> Detector | None`, or `Optional[Detector]` in a file that does not speak of unions with `|`. */
export function optionalReturn({ request, place }: Site, { leave }: Missing): OptionalReturn {
  const fn = place.functions.at(-1);
  const returns = fn?.returns ?? null;
  if (fn === undefined || returns === null || fn.generator) return AS_IT_IS;
  if (leave.kind !== 'return' || !/^return(?: None)?$/.test(leave.text) || allowsNone(returns))
    return AS_IT_IS;
  if (returns.kind === 'Constant' && returns.type === 'str') return quotedUnion(returns, request.source.text);
  if (speaksUnions(request.facts)) return { edits: [insertion(returns.end, ' | None')], imports: [] };
  const spelling = spell(request.facts, [], { module: 'typing', name: 'Optional' });
  if (spelling === null) return AS_IT_IS;
  const text = request.source.text.slice(returns.start, returns.end);
  return {
    edits: [replacement(returns.start, returns.end, `${spelling.text}[${text}]`)],
    imports: spelling.imports,
  };
}

/** Types that None belongs to already. */
const WIDE = /(?:^|\.)(?:Any|object|Optional|NoReturn|Never)$/;

/** True for a return annotation that None fits. */
export function allowsNone(returns: Expr): boolean {
  if (returns.kind === 'Constant' && returns.type === 'str')
    return /\b(?:None|Any|object|Optional)\b/.test(returns.value);
  if (returns.kind === 'Subscript') {
    const outer = dottedName(returns.value) ?? '';
    return WIDE.test(outer) || (/(?:^|\.)Union$/.test(outer) && hasNone(returns.index));
  }
  if (returns.kind === 'BinOp') return hasNone(returns);
  return (returns.kind === 'Constant' && returns.type === 'none') || WIDE.test(dottedName(returns) ?? '');
}

function hasNone(type: Expr): boolean {
  let found = false;
  walkExpr(type, (part) => {
    found ||= part.kind === 'Constant' && part.type === 'none';
  });
  return found;
}

/** `-> "Detector"` becomes `-> "Detector | None"`: what is in quotes is read by type checkers alone. */
function quotedUnion(returns: Expr, text: string): OptionalReturn {
  const plain = /^(["'])[^"'\\]*\1$/.test(text.slice(returns.start, returns.end));
  return plain ? { edits: [insertion(returns.end - 1, ' | None')], imports: [] } : AS_IT_IS;
}

/** Whether a file writes `X | None`, or may: a Python before 3.10 refuses it when the function is defined. */
function speaksUnions({ body }: FileFacts): boolean {
  let found = false;
  walkStmts(
    body,
    (stmt) => {
      if (stmt.kind === 'ImportFrom' && stmt.module === '__future__')
        found ||= stmt.names.some(({ name }) => name === 'annotations');
      if (stmt.kind === 'Match') found = true;
      if (stmt.kind === 'Assign') found ||= stmt.annotation?.kind === 'BinOp';
      if (stmt.kind === 'FunctionDef')
        found ||= [stmt.returns, ...stmt.params.map(({ annotation }) => annotation)].some(
          (type) => type?.kind === 'BinOp',
        );
    },
    () => true,
  );
  return found;
}
