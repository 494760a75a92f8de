import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { cleanUp, project } from '../danglint.ts';
import { SHOP, TASK } from '../samples.ts';
import { closeEditors, Editor, uri, WHOLE } from './editor.ts';
import { Random } from './random.ts';

vi.setConfig({ testTimeout: 120_000 });
afterEach(closeEditors);
afterAll(cleanUp);

const tasks = (root: string): string => join(root, 'shop/tasks.py');
const shop = (): string => project({ ...SHOP, 'shop/tasks.py': TASK });

/** The server is alive, and right about the text. */
async function expectWell(editor: Editor, root: string): Promise<void> {
  await editor.close(tasks(root));
  await editor.open(tasks(root), TASK, 50);
  expect(await editor.codes(tasks(root))).toEqual(['DNE101']);
}

test('documents that are not open, are no files, or are opened twice', async () => {
  const root = shop();
  const editor = await Editor.start({ roots: [root] });
  const send = (method: string, params: unknown): Promise<void> =>
    editor.connection.sendNotification(method, params);
  const textDocument = { uri: uri(join(root, 'nope.py')), version: 3 };
  await send('textDocument/didChange', { textDocument, contentChanges: [{ text: 'x' }] });
  await send('textDocument/didClose', { textDocument });
  await send('textDocument/didSave', { textDocument });
  for (const strange of [
    'untitled:Untitled-1',
    'git:/x.py?{}',
    'file:///',
    'nonsense',
    '',
    'file:///no/such/file.py',
  ]) {
    await send('textDocument/didOpen', {
      textDocument: { uri: strange, languageId: 'python', version: 1, text: TASK },
    });
    await editor.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: strange } });
    await editor.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: strange },
      position: { line: 7, character: 20 },
    });
    await editor.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: strange },
      range: WHOLE,
      context: { diagnostics: [] },
    });
  }
  await editor.open(tasks(root), 'x = 1\n');
  await editor.open(tasks(root), 'y = 1\n');
  await expectWell(editor, root);
});

test('edits past the end, the wrong way round, huge, and versions out of order', async () => {
  const root = shop();
  const editor = await Editor.start({ roots: [root] });
  await editor.open(tasks(root), TASK);
  const change = (version: number, ...contentChanges: unknown[]): Promise<void> =>
    editor.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: uri(tasks(root)), version },
      contentChanges,
    });
  const at = (line: number, character: number): unknown => ({ line, character });
  await change(9, { range: { start: at(900, 5), end: at(9000, 1) }, text: '# end\n' });
  await change(
    4,
    { range: { start: at(2, 900), end: at(0, 3) }, text: '' },
    { range: { start: at(-1, -1), end: at(0, 0) }, text: '#' },
  );
  await change(4, { text: 'x = 1\n'.repeat(300_000) });
  expect(await editor.codes(tasks(root))).toEqual([]);
  await change(5, { text: 'é'.repeat(9 * 1024 * 1024) });
  expect(await editor.codes(tasks(root))).toEqual(['DNE901']);
  await expectWell(editor, root);
});

test('everything cancelled at once', async () => {
  const root = shop();
  const editor = await Editor.start({ roots: [root] });
  await editor.open(tasks(root), TASK);
  const questions = [
    'textDocument/diagnostic',
    'textDocument/codeAction',
    'workspace/diagnostic',
    'textDocument/hover',
  ].map((method) => {
    const source = new CancellationTokenSource();
    const answer = editor.connection
      .sendRequest(
        method,
        {
          textDocument: { uri: uri(tasks(root)) },
          range: WHOLE,
          context: { diagnostics: [] },
          previousResultIds: [],
          position: WHOLE.start,
        },
        source.token,
      )
      .catch((error: unknown) => error);
    source.cancel();
    return answer;
  });
  const [first] = await Promise.all(questions);
  expect(first).toMatchObject({ code: -32_800 });
  await expectWell(editor, root);
});

test('roots removed while they are read, a configuration broken while it is used', async () => {
  const [one, two] = [shop(), shop()];
  const editor = await Editor.start({ roots: [one, two] });
  await editor.open(tasks(one), TASK);
  writeFileSync(join(one, 'danglint.toml'), '[[[');
  await editor.watched([join(one, 'danglint.toml'), 1]);
  const removed = [one, two].map((path) => ({ uri: uri(path), name: path }));
  await editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
    event: { added: [], removed },
  });
  writeFileSync(join(one, 'danglint.toml'), '');
  await editor.watched([join(one, 'danglint.toml'), 2]);
  await expectWell(editor, one);
});

test('commands and questions without sense are answered, not followed', async () => {
  const root = shop();
  const editor = await Editor.start({ roots: [root] });
  for (const command of ['danglint.explainPath', 'danglint.addToBaseline', 'danglint.fixFile']) {
    for (const argument of [
      undefined,
      null,
      3,
      'file:///x',
      {},
      { uri: 'x', position: {} },
      { uri: uri(tasks(root)), version: 99, code: 1 },
    ]) {
      expect(
        await editor.connection.sendRequest('workspace/executeCommand', { command, arguments: [argument] }),
      ).toBeNull();
    }
  }
  await expect(
    editor.connection.sendRequest('workspace/executeCommand', { command: 'nope', arguments: [] }),
  ).rejects.toMatchObject({ code: -32_602, message: 'danglint has no command `nope`' });
  await expect(editor.connection.sendRequest('no/suchMethod', {})).rejects.toMatchObject({ code: -32_601 });
  await expectWell(editor, root);
});

test('a thousand random edits in a row', async () => {
  const root = shop();
  const random = new Random(7);
  const editor = await Editor.start({ roots: [root] });
  await editor.open(tasks(root), TASK);
  for (let i = 0; i < 1000; i++) {
    const line = random.below(12);
    const end = line + random.below(3);
    const range = {
      start: { line, character: random.below(9) },
      end: { line: end, character: 9 + random.below(30) },
    };
    const text = random.of(['', 'x', '\n', 'é', '𝒹', '(', '"""', '    pass\n', '# danglint: ignore\n', TASK]);
    await editor.change(
      tasks(root),
      editor.text(tasks(root)).length > 4000 ? TASK : text,
      editor.text(tasks(root)).length > 4000 ? undefined : range,
    );
  }
  await expectWell(editor, root);
});
