import { spawn } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { cleanUp, danglint, project, put } from '../danglint.ts';
import { SHOP, TASK, TASK_BODY, TASK_HEAD } from '../samples.ts';
import { PULL, PUSH } from './capabilities.ts';
import { closeEditors, Editor, uri } from './editor.ts';
import { CALLER, GETTER, TWO_FILE_PLUGIN } from './plugin.ts';

vi.setConfig({ testTimeout: 120_000 });
afterEach(closeEditors);
afterAll(cleanUp);

const tasks = (root: string): string => join(root, 'shop/tasks.py');
const shop = (more: Readonly<Record<string, string>> = {}): string =>
  project({ ...SHOP, 'shop/tasks.py': TASK, ...more });
const HANDLED = TASK.replace(
  '    detector = Detector.objects.get(id=detector_id)\n    detector.save()',
  '    try:\n        detector = Detector.objects.get(id=detector_id)\n    except Detector.DoesNotExist:\n        return\n    detector.save()',
);

/** A task whose finding comes from the models: a key that nothing keeps whole. */
const LOOSE_MODELS = `${SHOP['shop/models.py']}

class Alert(models.Model):
    detector = models.ForeignKey(Detector, on_delete=models.DO_NOTHING, db_constraint=False)
`;
const LOOSE_TASK = `from celery import shared_task

from shop.models import Alert


@shared_task
def process(alert_id):
    alert = Alert.objects.filter(id=alert_id).first()
    if alert is None:
        return
    print(alert.detector.name)
`;

describe('diagnostics that are asked for', () => {
  test('are those of check, with rule, page, path of the exception and source', async () => {
    const root = shop();
    const editor = await Editor.start({ roots: [root] });
    await editor.open(tasks(root), TASK);
    const [diagnostic, ...rest] = await editor.diagnostics(tasks(root));
    expect(rest).toEqual([]);
    expect(diagnostic).toMatchObject({
      code: 'DNE101',
      source: 'danglint',
      range: { start: { line: 7, character: 15 }, end: { line: 7, character: 51 } },
    });
    expect(diagnostic?.codeDescription?.href).toMatch(/task-argument-lookup/);
    expect(diagnostic?.relatedInformation?.[0]?.location.uri).toBe(uri(tasks(root)));
    const checked: unknown = JSON.parse(danglint(['--output-format', 'json'], { cwd: root }).stdout);
    expect(checked).toMatchObject([{ code: 'DNE101', location: { row: 8, column: 16 } }]);
  });

  test('follow unsaved text, of the file and of others', async () => {
    const root = shop({ 'shop/models.py': LOOSE_MODELS, 'shop/alerts.py': LOOSE_TASK });
    const [models, alerts] = [join(root, 'shop/models.py'), join(root, 'shop/alerts.py')];
    const editor = await Editor.start({ roots: [root] });
    await editor.open(alerts, LOOSE_TASK);
    await editor.open(models, LOOSE_MODELS);
    expect(await editor.codes(alerts)).toEqual(['DNE004']);
    await editor.change(models, LOOSE_MODELS.replace('DO_NOTHING, db_constraint=False', 'CASCADE'));
    expect(await editor.codes(alerts)).toEqual([]);
    await editor.close(models);
    expect(await editor.codes(alerts)).toEqual(['DNE004']);
    await editor.open(tasks(root), TASK);
    await editor.change(tasks(root), HANDLED);
    expect(await editor.codes(tasks(root))).toEqual([]);
    await editor.close(tasks(root));
    expect(await editor.codes(tasks(root))).toEqual(['DNE101']);
  });

  test('say so when they did not change', async () => {
    const root = shop();
    const editor = await Editor.start({ roots: [root] });
    await editor.open(tasks(root), TASK);
    const first = await editor.pull(tasks(root));
    expect(await editor.pull(tasks(root), first.resultId)).toEqual({
      kind: 'unchanged',
      resultId: first.resultId,
    });
    await editor.change(tasks(root), `\n${TASK}`);
    expect((await editor.pull(tasks(root), first.resultId)).kind).toBe('full');
  });

  test('of the workspace name files that are not open, and those that are clean by now', async () => {
    const root = shop();
    const editor = await Editor.start({ roots: [root] });
    const ask = (
      previousResultIds: unknown,
    ): Promise<{
      items: { uri: string; kind: string; resultId: string; version: unknown; items?: unknown[] }[];
    }> => editor.connection.sendRequest('workspace/diagnostic', { previousResultIds });
    const [file] = (await ask([])).items;
    expect(file).toMatchObject({
      uri: uri(tasks(root)),
      kind: 'full',
      version: null,
      items: [{ code: 'DNE101' }],
    });
    const previous = [{ uri: uri(tasks(root)), value: file?.resultId }];
    expect((await ask(previous)).items).toMatchObject([{ kind: 'unchanged' }]);
    await editor.open(tasks(root), HANDLED);
    expect((await ask(previous)).items).toEqual([
      { uri: uri(tasks(root)), kind: 'full', version: 1, resultId: 'none', items: [] },
    ]);
  });

  test('a question for the workspace that may wait is answered when there is news', async () => {
    const root = shop();
    const editor = await Editor.start({ roots: [root] });
    const first = await editor.pull(tasks(root));
    const waiting = editor.connection.sendRequest('workspace/diagnostic', {
      previousResultIds: [{ uri: uri(tasks(root)), value: first.resultId }],
      partialResultToken: 'parts',
    });
    await editor.open(tasks(root), HANDLED);
    expect(await waiting).toMatchObject({ items: [{ uri: uri(tasks(root)), items: [] }] });
  });

  test('columns are counted as the client asks', async () => {
    const wide = TASK.replace('detector = Detector', "é, 𝒹 = 'é', Detector");
    const root = shop({ 'shop/tasks.py': wide });
    const columns = async (encoding: string): Promise<number | undefined> => {
      const capabilities = { ...PULL, general: { positionEncodings: [encoding, 'utf-16'] } };
      const editor = await Editor.start({ roots: [root], capabilities });
      expect(editor.capabilities).toMatchObject({ capabilities: { positionEncoding: encoding } });
      await editor.open(tasks(root), wide);
      return (await editor.diagnostics(tasks(root)))[0]?.range.start.character;
    };
    expect([await columns('utf-8'), await columns('utf-16'), await columns('utf-32')]).toEqual([21, 17, 16]);
  });
});

describe('diagnostics that are told', () => {
  test('come for open files, again after each change, and go when the file is closed', async () => {
    const root = shop();
    const editor = await Editor.start({ roots: [root], capabilities: PUSH });
    const told = (): unknown[] | undefined =>
      editor.published.get(uri(tasks(root)))?.diagnostics.map(({ code }) => code);
    await editor.open(tasks(root), TASK);
    await editor.until(() => told()?.length === 1);
    expect(editor.published.get(uri(tasks(root)))?.version).toBe(1);
    await editor.change(tasks(root), HANDLED);
    await editor.until(() => told()?.length === 0);
    await editor.change(tasks(root), TASK);
    await editor.until(() => told()?.length === 1);
    await editor.close(tasks(root));
    await editor.until(() => told()?.length === 0);
  });

  test('of files that nobody opened come when that is wanted', async () => {
    const root = shop();
    const editor = await Editor.start({
      roots: [root],
      capabilities: PUSH,
      options: { diagnosticMode: 'workspace' },
    });
    await editor.until(() => editor.published.get(uri(tasks(root)))?.diagnostics.length === 1);
  });

  test('only after saving, where that is wanted', async () => {
    const root = shop();
    const editor = await Editor.start({ roots: [root], capabilities: PUSH, options: { run: 'onSave' } });
    await editor.open(tasks(root), TASK);
    await editor.until(() => editor.published.get(uri(tasks(root)))?.diagnostics.length === 1);
    await editor.change(tasks(root), HANDLED);
    await editor.save(tasks(root));
    await editor.until(() => editor.published.get(uri(tasks(root)))?.diagnostics.length === 0);
    expect(editor.published.get(uri(tasks(root)))?.version).toBe(2);
  });
});

describe('what changes on the disk', () => {
  test('a model file that is renamed changes what is said of files that use it, and they are asked for again', async () => {
    const root = shop({ 'shop/models.py': LOOSE_MODELS, 'shop/alerts.py': LOOSE_TASK });
    const alerts = join(root, 'shop/alerts.py');
    const editor = await Editor.start({ roots: [root] });
    await editor.open(alerts, LOOSE_TASK);
    expect(await editor.codes(alerts)).toEqual(['DNE004']);
    const [from, to] = [join(root, 'shop/models.py'), join(root, 'shop/records.py')];
    renameSync(from, to);
    await editor.watched([from, 3], [to, 1]);
    await editor.until(() => editor.refreshes > 0);
    expect(await editor.codes(alerts)).toEqual([]);
    renameSync(to, from);
    await editor.watched([from, 1], [to, 3]);
    expect(await editor.codes(alerts)).toEqual(['DNE004']);
  });

  test('a folder that is renamed in the editor', async () => {
    const root = project({
      'manage.py': '',
      'shop/__init__.py': '',
      'shop/models/__init__.py': LOOSE_MODELS,
      'shop/alerts.py': LOOSE_TASK,
    });
    const alerts = join(root, 'shop/alerts.py');
    const editor = await Editor.start({ roots: [root] });
    expect(await editor.codes(alerts)).toEqual(['DNE004']);
    const [from, to] = [join(root, 'shop/models'), join(root, 'shop/records')];
    const rename = async (oldPath: string, newPath: string): Promise<readonly unknown[]> => {
      renameSync(oldPath, newPath);
      const files = [{ oldUri: uri(oldPath), newUri: uri(newPath) }];
      await editor.connection.sendNotification('workspace/didRenameFiles', { files });
      return editor.codes(alerts);
    };
    expect(await rename(from, to)).toEqual([]);
    expect(await rename(to, from)).toEqual(['DNE004']);
  });

  test.each([true, false])('a client that does not watch is no obstacle (refuses: %s)', async (refuse) => {
    const root = shop();
    const capabilities = refuse
      ? PULL
      : { ...PULL, workspace: { ...PULL.workspace, didChangeWatchedFiles: { dynamicRegistration: false } } };
    const editor = await Editor.start({ roots: [root], capabilities, refuse });
    expect(await editor.codes(tasks(root))).toEqual(['DNE101']);
    await editor.open(join(root, 'manage.py'), '');
    const waiting = editor.connection.sendRequest('workspace/diagnostic', {
      previousResultIds: [{ uri: uri(tasks(root)), value: (await editor.pull(tasks(root))).resultId }],
      partialResultToken: 'parts',
    });
    writeFileSync(tasks(root), HANDLED);
    expect(await waiting).toMatchObject({ items: [{ uri: uri(tasks(root)), items: [] }] });
  });

  test('configuration: severity, ignores, and a file that is broken and mended', async () => {
    const root = shop({ 'danglint.toml': '' });
    const config = join(root, 'danglint.toml');
    const editor = await Editor.start({ roots: [root] });
    await editor.open(tasks(root), TASK);
    expect((await editor.diagnostics(tasks(root)))[0]?.severity).toBe(1);
    const set = async (text: string): Promise<readonly unknown[]> => {
      writeFileSync(config, text);
      await editor.watched([config, 2]);
      return (await editor.diagnostics(tasks(root))).map(({ code, severity }) => [code, severity]);
    };
    expect(await set('[rules]\nDNE101 = "info"\n')).toEqual([['DNE101', 3]]);
    expect(await set('[lint\n')).toEqual([['DNE101', 3]]);
    expect(editor.messages.join()).toContain('danglint.toml');
    expect(editor.published.get(uri(config))?.diagnostics).toHaveLength(1);
    expect(await set('[lint]\nignore = ["DNE101"]\n')).not.toContainEqual(['DNE101', 1]);
    expect(editor.published.get(uri(config))?.diagnostics).toEqual([]);
  });

  test('a plugin that the configuration names from now on', async () => {
    const root = shop({
      'danglint.toml': '',
      'plugin.mjs': TWO_FILE_PLUGIN,
      'shop/lookup.py': GETTER,
      'shop/tasks.py': CALLER,
    });
    const path = join(root, 'shop/lookup.py');
    const editor = await Editor.start({ roots: [root] });
    expect(await editor.codes(path)).toEqual(['DNE101']);
    writeFileSync(join(root, 'danglint.toml'), 'plugins = ["./plugin.mjs"]\n');
    await editor.watched([join(root, 'danglint.toml'), 2]);
    expect(await editor.codes(path)).toEqual(['TWO001']);
  });

  test('a baseline, comments and per-file ignores count as for check', async () => {
    const root = shop();
    danglint(['--update-baseline'], { cwd: root });
    const editor = await Editor.start({ roots: [root] });
    await editor.open(tasks(root), TASK);
    expect(await editor.codes(tasks(root))).toEqual([]);
    const file = join(root, '.danglint-baseline.json');
    rmSync(file);
    await editor.watched([file, 3]);
    expect(await editor.codes(tasks(root))).toEqual(['DNE101']);
    await editor.change(
      tasks(root),
      TASK.replace('(id=detector_id)', '(id=detector_id)  # danglint: ignore[DNE101] x'),
    );
    expect(await editor.codes(tasks(root))).toEqual([]);
  });
});

describe('several roots', () => {
  test('each configuration root is a program of its own', async () => {
    const root = project({
      'a/danglint.toml': '[lint]\nselect = ["DNE1"]\n',
      'a/shop/__init__.py': '',
      'a/shop/models.py': SHOP['shop/models.py'],
      'a/shop/tasks.py': TASK,
      'b/danglint.toml': '[rules]\nDNE101 = "info"\n',
      'b/shop/__init__.py': '',
      'b/shop/models.py': SHOP['shop/models.py'],
      'b/shop/tasks.py': TASK,
    });
    const editor = await Editor.start({ roots: [root] });
    const severity = async (path: string): Promise<unknown> =>
      (await editor.diagnostics(join(root, path)))[0]?.severity;
    expect([await severity('a/shop/tasks.py'), await severity('b/shop/tasks.py')]).toEqual([1, 3]);
  });

  test('folders come and go', async () => {
    const [one, two] = [shop(), shop()];
    const editor = await Editor.start({ roots: [one] });
    expect([await editor.codes(tasks(one)), await editor.codes(tasks(two))]).toEqual([['DNE101'], []]);
    const folder = (path: string): unknown => ({ uri: uri(path), name: path });
    const change = (added: unknown[], removed: unknown[]): Promise<void> =>
      editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: { added, removed },
      });
    await change([folder(two)], []);
    expect([await editor.codes(tasks(one)), await editor.codes(tasks(two))]).toEqual([
      ['DNE101'],
      ['DNE101'],
    ]);
    await change([], [folder(one)]);
    expect([await editor.codes(tasks(one)), await editor.codes(tasks(two))]).toEqual([[], ['DNE101']]);
  });

  test('a file outside of every folder is judged in the project around it', async () => {
    const root = shop();
    const editor = await Editor.start({ roots: [] });
    await editor.open(tasks(root), TASK);
    expect(await editor.codes(tasks(root))).toEqual(['DNE101']);
  });
});

test('the first look is shown as progress where the tree is large', async () => {
  const more = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`shop/m${i}.py`, 'x = 1\n']));
  const root = shop(more);
  const editor = await Editor.start({ roots: [root] });
  expect(await editor.codes(tasks(root))).toEqual(['DNE101']);
  expect(editor.progress).toMatchObject([
    { value: { kind: 'begin', title: 'danglint: reading the program' } },
    { value: { kind: 'report', message: '64 of 154 files' } },
    { value: { kind: 'report', message: '128 of 154 files' } },
    { value: { kind: 'end' } },
  ]);
});

test('new files that were never saved, and files that are left out', async () => {
  const root = shop();
  const editor = await Editor.start({ roots: [root] });
  await editor.open(join(root, 'shop/new.py'), TASK_HEAD + TASK_BODY);
  await editor.open(join(root, 'shop/tests/test_x.py'), TASK);
  expect(await editor.codes(join(root, 'shop/new.py'))).toEqual(['DNE101']);
  expect(await editor.codes(join(root, 'shop/tests/test_x.py'))).toEqual([]);
  put(root, 'shop/tasks.py', readFileSync(tasks(root)));
});

describe('the process', () => {
  test('ends with 0 after goodbye', async () => {
    const editor = await Editor.start({ roots: [shop()] });
    expect(await editor.stop()).toBe(0);
  });

  test('ends when its client closes the pipe', async () => {
    const editor = await Editor.start({ roots: [shop()] });
    const ended = new Promise((resolve) => editor.process.once('exit', resolve));
    editor.process.stdin?.end();
    expect(await ended).toBe(1);
  });

  test('ends when the process of its client is gone, though the pipe stays', async () => {
    const client = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const editor = await Editor.start({ roots: [shop()], processId: client.pid ?? null });
    const ended = new Promise((resolve) => editor.process.once('exit', resolve));
    client.kill('SIGKILL');
    expect(await ended).toBe(1);
  });
});
