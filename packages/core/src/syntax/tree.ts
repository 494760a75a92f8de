import type { Tree } from 'web-tree-sitter';
import { type CursorFunctions, type NodeReader, publicReader, rawReader } from './raw-cursor.ts';

/** What tree-sitter uses for a node that could not be parsed. */
const ERROR_ID = 0xffff;

/**
 * A syntax tree copied out of WebAssembly into flat arrays, in pre-order: node 0 is the root. Reading it costs no call
 * across the border, and nothing has to be freed.
 */
export class FlatTree {
  readonly #kinds: readonly string[];
  readonly #fields: readonly string[];
  readonly #kind: Uint16Array;
  readonly #field: Uint8Array;
  readonly #start: Uint32Array;
  readonly #end: Uint32Array;
  /** Index just past the last descendant: the next sibling, if there is one. */
  readonly #past: Uint32Array;
  /** Inserted tokens that the text lacks. */
  readonly missing: readonly number[];
  readonly hasError: boolean;
  /** Where the parsed text starts in the text that offsets are of. */
  readonly #shift: number;

  constructor(
    nodes: Nodes,
    kinds: readonly string[],
    fields: readonly string[],
    about: { readonly hasError: boolean; readonly shift: number },
  ) {
    this.#kinds = kinds;
    this.#fields = fields;
    this.#kind = nodes.kind;
    this.#field = nodes.field;
    this.#start = nodes.start;
    this.#end = nodes.end;
    this.#past = nodes.past;
    this.missing = nodes.missing;
    this.hasError = about.hasError;
    this.#shift = about.shift;
  }

  get size(): number {
    return this.#kind.length;
  }

  /** Grammar name; anonymous tokens carry a leading `'`, broken stretches are `ERROR`. */
  kind(node: number): string {
    const id = this.#kind[node] ?? ERROR_ID;
    return id === ERROR_ID ? 'ERROR' : (this.#kinds[id] ?? '');
  }

  fieldOf(node: number): string {
    return this.#fields[this.#field[node] ?? 0] ?? '';
  }

  start(node: number): number {
    return Math.max(0, (this.#start[node] ?? 0) + this.#shift);
  }

  end(node: number): number {
    return Math.max(0, (this.#end[node] ?? 0) + this.#shift);
  }

  /** All children, tokens and comments included. */
  children(node: number): number[] {
    const out: number[] = [];
    const past = this.#past[node] ?? 0;
    for (let child = node + 1; child < past; child = this.#past[child] ?? past) out.push(child);
    return out;
  }

  /** Named children without comments. */
  named(node: number): number[] {
    return this.children(node).filter((child) => {
      const kind = this.kind(child);
      return kind.charCodeAt(0) !== 39 && kind !== 'comment' && kind !== 'line_continuation';
    });
  }

  /** The first child in a field; -1 when there is none. */
  field(node: number, name: string): number {
    const past = this.#past[node] ?? 0;
    for (let child = node + 1; child < past; child = this.#past[child] ?? past) {
      if (this.fieldOf(child) === name && this.kind(child) !== 'comment') return child;
    }
    return -1;
  }

  /** True when a direct child is this token (`'async`). */
  hasToken(node: number, token: string): boolean {
    return this.children(node).some((child) => this.kind(child) === token);
  }
}

interface Nodes {
  readonly kind: Uint16Array;
  readonly field: Uint8Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly past: Uint32Array;
  readonly missing: readonly number[];
}

/** Copies a tree in one walk. Offsets are UTF-16 units of a text in which the parsed one starts at `shift`. */
export function flatten(
  tree: Tree,
  kinds: readonly string[],
  fields: readonly string[],
  functions: CursorFunctions | null,
  shift: number,
): FlatTree {
  const root = tree.rootNode;
  const hasError = root.hasError;
  const size = root.descendantCount;
  const nodes = {
    kind: new Uint16Array(size),
    field: new Uint8Array(size),
    start: new Uint32Array(size),
    end: new Uint32Array(size),
    past: new Uint32Array(size),
  };
  const missing: number[] = [];
  const cursor = tree.walk();
  const reader = (functions === null ? null : rawReader(functions, tree, cursor)) ?? publicReader(cursor);
  const open: number[] = [];
  let next = 0;
  const record = (): void => {
    const node = next++;
    nodes.kind[node] = reader.typeId();
    nodes.field[node] = reader.fieldId();
    nodes.start[node] = reader.start();
    nodes.end[node] = reader.end();
    if (hasError && reader.isMissing()) missing.push(node);
    open.push(node);
  };
  const close = (): void => {
    const node = open.pop();
    if (node !== undefined) nodes.past[node] = next;
  };
  walk(reader, record, close);
  cursor.delete();
  return new FlatTree({ ...nodes, missing }, kinds, fields, { hasError, shift });
}

function walk(reader: NodeReader, record: () => void, close: () => void): void {
  record();
  for (;;) {
    if (reader.firstChild()) {
      record();
      continue;
    }
    close();
    while (!reader.nextSibling()) {
      if (!reader.parent()) return;
      close();
    }
    record();
  }
}
