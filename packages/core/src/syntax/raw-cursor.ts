import type { Tree, TreeCursor } from 'web-tree-sitter';

/** What a walk over a tree reads at each node. */
export interface NodeReader {
  readonly typeId: () => number;
  readonly fieldId: () => number;
  readonly start: () => number;
  readonly end: () => number;
  readonly isMissing: () => boolean;
  readonly firstChild: () => boolean;
  readonly nextSibling: () => boolean;
  readonly parent: () => boolean;
}

type CursorFunction = (tree: number) => number;

const NAMES = [
  'ts_tree_cursor_current_node_type_id_wasm',
  'ts_tree_cursor_current_field_id_wasm',
  'ts_tree_cursor_start_index_wasm',
  'ts_tree_cursor_end_index_wasm',
  'ts_tree_cursor_current_node_is_missing_wasm',
  'ts_tree_cursor_goto_first_child_wasm',
  'ts_tree_cursor_goto_next_sibling_wasm',
  'ts_tree_cursor_goto_parent_wasm',
] as const;

/** The module's own cursor functions, by name; null when the module does not export them all. */
export type CursorFunctions = ReadonlyMap<(typeof NAMES)[number], CursorFunction>;

/** Finds the cursor functions among what the parser's WebAssembly instance exports. */
export function cursorFunctions(exports: Readonly<Record<string, unknown>>): CursorFunctions | null {
  const found = new Map<(typeof NAMES)[number], CursorFunction>();
  for (const name of NAMES) {
    const value: unknown = exports[name];
    if (!isCursorFunction(value)) return null;
    found.set(name, value);
  }
  return found;
}

function isCursorFunction(value: unknown): value is CursorFunction {
  return typeof value === 'function';
}

/**
 * Reads through the module's functions. The cursor's state lies in the module's transfer buffer between calls, so it is
 * handed over once and not at every step: about a quarter of the cost of the public cursor. Nothing else may call into
 * the module until the walk is over.
 */
export function rawReader(functions: CursorFunctions, tree: Tree, cursor: TreeCursor): NodeReader | null {
  const address: unknown = Reflect.get(tree, 0);
  if (typeof address !== 'number') return null;
  const bind = (name: (typeof NAMES)[number]): (() => number) | null => {
    const call = functions.get(name);
    return call === undefined ? null : () => call(address);
  };
  const [typeId, fieldId, start, end, missing, first, next, up] = NAMES.map(bind);
  if (!typeId || !fieldId || !start || !end || !missing || !first || !next || !up) return null;
  if (cursor.nodeTypeId !== typeId() || cursor.endIndex !== end()) return null;
  return {
    typeId,
    fieldId,
    start,
    end,
    isMissing: () => missing() === 1,
    firstChild: () => first() === 1,
    nextSibling: () => next() === 1,
    parent: () => up() === 1,
  };
}

/** Reads through the public cursor. */
export function publicReader(cursor: TreeCursor): NodeReader {
  return {
    typeId: () => cursor.nodeTypeId,
    fieldId: () => cursor.currentFieldId,
    start: () => cursor.startIndex,
    end: () => cursor.endIndex,
    isMissing: () => cursor.nodeIsMissing,
    firstChild: () => cursor.gotoFirstChild(),
    nextSibling: () => cursor.gotoNextSibling(),
    parent: () => cursor.gotoParent(),
  };
}
