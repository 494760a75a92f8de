import type { ExprLowering } from './lower-expr.ts';
import type { Import, ImportFrom } from './stmt.ts';

export function lowerImport(low: ExprLowering, node: number): Import {
  return {
    kind: 'Import',
    ...low.spanOf(node),
    names: low.tree.named(node).map((child) => alias(low, child)),
  };
}

export function lowerImportFrom(low: ExprLowering, node: number): ImportFrom {
  const { tree } = low;
  const from = tree.field(node, 'module_name');
  const module = tree.kind(node) === 'future_import_statement' ? '__future__' : compact(low.textOf(from));
  const level = /^\.*/.exec(module)?.[0].length ?? 0;
  const named = tree.named(node).filter((child) => child !== from);
  const names = named.map((child) =>
    tree.kind(child) === 'wildcard_import' ? { name: '*', as: null } : alias(low, child),
  );
  return { kind: 'ImportFrom', ...low.spanOf(node), level, module: module.slice(level), names };
}

function alias(low: ExprLowering, node: number): { name: string; as: string | null } {
  const { tree } = low;
  if (tree.kind(node) !== 'aliased_import') return { name: compact(low.textOf(node)), as: null };
  return { name: compact(low.textOf(tree.field(node, 'name'))), as: low.textOf(tree.field(node, 'alias')) };
}

/** Dotted names may hold white space and continued lines. */
function compact(text: string): string {
  return text.replace(/[\s\\]+/g, '');
}
