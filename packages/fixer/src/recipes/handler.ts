import { dottedName, type Handler, type Stmt, stmtBlocks, stmtExprs, walkExpr } from '@danglint/core';

const LOG_CALLS =
  /^(?:debug|info|warning|warn|error|exception|critical|log|capture_exception|capture_message)$/;

/** True when a handler names one `DoesNotExist` and nothing else. */
export function catchesOnlyMissingRows({ type }: Handler): boolean {
  return type !== null && /(?:^|\.)(?:\w*DoesNotExist)$/.test(dottedName(type) ?? '');
}

/** True when a handler logs or captures something itself. */
export function logs({ body }: Handler): boolean {
  return body.some((stmt) => {
    let found = false;
    for (const expr of stmtExprs(stmt)) {
      walkExpr(expr, (part) => {
        if (part.kind !== 'Call') return;
        const name =
          part.func.kind === 'Attribute' ? part.func.attr : part.func.kind === 'Name' ? part.func.id : '';
        found ||= LOG_CALLS.test(name);
      });
    }
    return found;
  });
}

/** True when a statement, or one inside it, reads or binds a name. */
export function mentionsName(stmt: Stmt, name: string): boolean {
  let found = false;
  for (const expr of stmtExprs(stmt)) {
    walkExpr(expr, (part) => {
      found ||= part.kind === 'Name' && part.id === name;
    });
  }
  return found || stmtBlocks(stmt).some((block) => block.some((inner) => mentionsName(inner, name)));
}
