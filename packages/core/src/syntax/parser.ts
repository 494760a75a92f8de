import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Language, Parser } from 'web-tree-sitter';
import { type CursorFunctions, cursorFunctions } from './raw-cursor.ts';
import { type FlatTree, flatten } from './tree.ts';

/** The tree-sitter parser for Python; one a thread. Trees are copied out and freed at once. */
export class PythonParser {
  readonly #parser: Parser;
  /** Grammar symbol by id; anonymous tokens (keywords, punctuation) carry a leading `'`. */
  readonly kinds: readonly string[];
  /** Field name by id; the empty string for id 0. */
  readonly fields: readonly string[];

  readonly #functions: CursorFunctions | null;

  private constructor(parser: Parser, language: Language, functions: CursorFunctions | null) {
    this.#functions = functions;
    this.#parser = parser;
    this.#parser.setLanguage(language);
    this.kinds = symbolNames(language);
    this.fields = language.fields.map((name) => name ?? '');
  }

  /** Loads both WebAssembly modules. Calls after the first share the result. */
  static load(): Promise<PythonParser> {
    loading ??= loadParser();
    return loading;
  }

  /** Loads a parser of its own; the library comes with it, since most programs need neither. */
  static async fresh(): Promise<PythonParser> {
    const { Language, Parser } = await import('web-tree-sitter');
    let functions: CursorFunctions | null = null;
    await Parser.init({
      instantiateWasm: (
        imports: object,
        done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
      ) => {
        void WebAssembly.instantiate(
          readFileSync(wasmPath('web-tree-sitter', 'web-tree-sitter.wasm')),
          imports,
        ).then(({ instance, module }) => {
          functions = cursorFunctions(instance.exports);
          done(instance, module);
        });
        return {};
      },
    });
    const language = await Language.load(
      readFileSync(wasmPath('tree-sitter-python', 'tree-sitter-python.wasm')),
    );
    return new PythonParser(new Parser(), language, functions);
  }

  /**
   * Parses one text. Broken code gives a tree with error nodes; this never throws for what the text holds. Offsets are those of a
   * text in which this one starts at `shift`.
   */
  parse(text: string, shift = 0): FlatTree {
    const tree = this.#parser.parse(text);
    if (tree === null) throw new Error('tree-sitter gave no tree');
    try {
      return flatten(tree, this.kinds, this.fields, this.#functions, shift);
    } finally {
      tree.delete();
    }
  }
}

let loading: Promise<PythonParser> | null = null;

function loadParser(): Promise<PythonParser> {
  return PythonParser.fresh();
}

/** The shipped copy stands beside the bundle; in the workspace it is found in the package it comes from. */
function wasmPath(from: string, file: string): string {
  const beside = fileURLToPath(new URL(file, import.meta.url));
  return existsSync(beside) ? beside : createRequire(import.meta.url).resolve(`${from}/${file}`);
}

function symbolNames(language: Language): string[] {
  const names: string[] = [];
  for (let id = 0; id < language.nodeTypeCount; id++) {
    const name = language.nodeTypeForId(id) ?? '';
    names.push(language.nodeTypeIsNamed(id) ? name : `'${name}`);
  }
  return names;
}
