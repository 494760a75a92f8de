import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver/node';
import { cleanUp, danglint, project, put } from '../danglint.ts';
import { PULL } from './capabilities.ts';
import { closeEditors, Editor, uri } from './editor.ts';
import { PATHS, Random, TEXTS } from './random.ts';

vi.setConfig({ testTimeout: 600_000 });
afterEach(closeEditors);
afterAll(cleanUp);

/** A project on the disk, an editor on it, and what each file says to either. */
class World {
  readonly root: string;
  readonly disk = new Map<string, string>();
  readonly open = new Map<string, string>();
  readonly random: Random;
  readonly editor: Editor;

  private constructor(seed: number, root: string, editor: Editor) {
    this.random = new Random(seed);
    this.root = root;
    this.editor = editor;
  }

  static async start(seed: number): Promise<World> {
    const root = project({ 'manage.py': '', 'shop/__init__.py': '' });
    const capabilities = { ...PULL, general: { positionEncodings: ['utf-32'] } };
    const editor = await Editor.start({ roots: [root], capabilities });
    return new World(seed, root, editor);
  }

  /** One thing that happens in an editor. */
  async step(): Promise<void> {
    const path = this.random.of(PATHS);
    const full = join(this.root, path);
    const text = this.random.of(TEXTS[path] ?? ['']);
    switch (this.random.below(6)) {
      case 0:
        return this.write(path, text);
      case 1:
        return this.remove(path);
      case 2:
        if (this.open.delete(path)) await this.editor.close(full);
        return;
      case 3:
        return this.type(path);
      default:
        if (this.open.has(path)) await this.editor.change(full, text);
        else await this.editor.open(full, text);
        this.open.set(path, text);
    }
  }

  async write(path: string, text: string): Promise<void> {
    const kind = this.disk.has(path) ? 2 : 1;
    this.disk.set(path, text);
    writeFileSync(join(this.root, path), text);
    await this.editor.watched([join(this.root, path), kind]);
  }

  async remove(path: string): Promise<void> {
    if (!this.disk.delete(path)) return;
    rmSync(join(this.root, path));
    await this.editor.watched([join(this.root, path), 3]);
  }

  /** Lines go and come somewhere in an open text. */
  async type(path: string): Promise<void> {
    if (!this.open.has(path)) return;
    const full = join(this.root, path);
    const line = this.random.below(12);
    const range = { start: { line, character: 0 }, end: { line: line + this.random.below(2), character: 0 } };
    await this.editor.change(full, this.random.of(['', '\n', '# é\n', '    pass\n']), range);
    this.open.set(path, this.editor.text(full));
  }

  /** What the server says of each file. */
  async said(): Promise<readonly string[]> {
    const { items }: { items: { uri: string; items: Diagnostic[] }[] } =
      await this.editor.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] });
    return items
      .flatMap(({ uri, items }) =>
        items.map((one) => [uri, one.code, place(one.range.start), place(one.range.end)].join(' ')),
      )
      .sort();
  }

  /** What `check` says of a fresh project with the same texts. */
  checked(): readonly string[] {
    const fresh = project({ 'manage.py': '', 'shop/__init__.py': '' });
    for (const [path, text] of [...this.disk, ...this.open]) put(fresh, path, text);
    const { stdout } = danglint(['--output-format', 'json'], { cwd: fresh });
    const found: { filename: string; code: string; location: Place; end_location: Place }[] =
      JSON.parse(stdout);
    return found
      .map((one) =>
        [
          uri(one.filename.replace(fresh, this.root)),
          one.code,
          `${one.location.row}:${one.location.column}`,
          `${one.end_location.row}:${one.end_location.column}`,
        ].join(' '),
      )
      .sort();
  }
}

interface Place {
  readonly row: number;
  readonly column: number;
}

/** `check` counts columns in code points, as this editor does. */
function place({ line, character }: Diagnostic['range']['start']): string {
  return `${line + 1}:${character + 1}`;
}

test.each([1, 2, 3])('after any edits the diagnostics are those of a fresh check (seed %i)', async (seed) => {
  const world = await World.start(seed);
  for (let round = 0; round < 8; round++) {
    for (let i = 0; i < 12; i++) await world.step();
    expect(await world.said()).toEqual(world.checked());
  }
});
