import { type FunctionInfo, nameIndex, perProgram } from '../project/index.ts';
import { type Expr, walkExpr, walkStmts } from '../syntax/index.ts';
import { isTestCode } from './test-code.ts';
import type { Site } from './verdict.ts';

const databasesOf = nameIndex(
  ({ top }): ReadonlyMap<string, readonly FunctionInfo[]> =>
    new Map(top.scope.bindings.has('DATABASES') ? [['DATABASES', [top]]] : []),
);

/** `"ATOMIC_REQUESTS": True` of the settings' databases. */
export const atomicRequests = perProgram((program): Site | null => {
  for (const top of databasesOf(program).of('DATABASES')) {
    if (isTestCode(top.path)) continue;
    const found = settingIn(top);
    if (found !== null) return found;
  }
  return null;
});

function settingIn(top: FunctionInfo): Site | null {
  let found: Expr | null = null;
  walkStmts(top.body, (stmt) => {
    if (stmt.kind !== 'Assign' || stmt.value === null) return;
    const [target] = stmt.targets;
    if (target?.kind === 'Subscript' && isSetting(target.index) && isTrue(stmt.value)) found = target;
    walkExpr(stmt.value, (part) => {
      if (part.kind !== 'Dict') return;
      for (const { key, value } of part.entries)
        if (key !== null && isSetting(key) && isTrue(value)) found = key;
    });
  });
  const at: Expr | null = found;
  return at === null ? null : { path: top.path, span: spanOf(at) };
}

const spanOf = ({ start, end }: Expr): Site['span'] => ({ start, end });

const isSetting = (key: Expr): boolean => key.kind === 'Constant' && key.value === 'ATOMIC_REQUESTS';
const isTrue = (value: Expr): boolean => value.kind === 'Constant' && value.value === 'True';
