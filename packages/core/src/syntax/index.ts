export { grammarReadsChanges, type Parsed } from './changed-members.ts';
export { chainStart, dottedName } from './chain.ts';
export type * from './expr.ts';
export { fitted } from './fitted.ts';
export { type BodyChange, graft, moduleChange, sameCode } from './graft.ts';
export {
  grammarErrors,
  type ModuleSyntax,
  parseBroken,
  parseModule,
  parseValid,
  parseWithGrammar,
} from './module.ts';
export { PythonParser } from './parser.ts';
export type * from './stmt.ts';
export {
  childExprs,
  isNone,
  eachChild,
  eachExpr,
  enclosingStmts,
  isComprehension,
  opensScope,
  stmtBlocks,
  stmtExprs,
  walkExpr,
  walkOwnExprs,
  walkStmts,
} from './walk.ts';
