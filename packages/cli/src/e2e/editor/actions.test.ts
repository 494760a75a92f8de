import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import type { CodeAction } from 'vscode-languageserver/node';
import { cleanUp, danglint, project } from '../danglint.ts';
import { SHOP, TASK } from '../samples.ts';
import { PULL } from './capabilities.ts';
import { closeEditors, Editor, uri, WHOLE } from './editor.ts';
import { CALLER, GETTER, TWO_FILE_PLUGIN } from './plugin.ts';

vi.setConfig({ testTimeout: 120_000 });
afterEach(closeEditors);
afterAll(cleanUp);

const tasks = (root: string): string => join(root, 'shop/tasks.py');
const shop = (more: Readonly<Record<string, string>> = {}): string =>
  project({ ...SHOP, 'shop/tasks.py': TASK, ...more });

async function opened(root: string, options?: unknown, path = tasks(root)): Promise<Editor> {
  const editor = await Editor.start({ roots: [root], options });
  await editor.open(path, readFileSync(path, 'utf8'));
  await editor.diagnostics(path);
  return editor;
}

function named(actions: readonly CodeAction[], words: string): CodeAction {
  const found = actions.find(({ title }) => title.includes(words));
  if (found === undefined)
    throw new Error(`${words} is not among ${actions.map(({ title }) => title).join('; ')}`);
  return found;
}

describe('quick fixes', () => {
  test('the safe one is preferred, comes without its edit, and leaves what check --fix leaves', async () => {
    const root = shop();
    const editor = await opened(root);
    const actions = await editor.actions(tasks(root), WHOLE, ['quickfix']);
    expect(danglint(['explain', 'shop/tasks.py:8'], { cwd: root }).stdout).toMatch(/ in [2-9] shapes$/m);
    expect(new Set(actions.map(({ title }) => title)).size).toBe(actions.length);
    const preferred = actions.filter(({ isPreferred }) => isPreferred === true);
    expect(preferred).toHaveLength(1);
    expect(preferred[0]?.edit).toBeUndefined();
    expect(preferred[0]?.diagnostics).toMatchObject([{ code: 'DNE101' }]);
    editor.apply((await editor.resolve(preferred[0] ?? { title: '' })).edit);
    danglint(['--fix'], { cwd: root });
    expect(editor.text(tasks(root))).toBe(readFileSync(tasks(root), 'utf8'));
  });

  test('an unsafe one says so, and why, and is not preferred', async () => {
    const root = shop({ 'shop/lookup.py': GETTER, 'shop/tasks.py': CALLER });
    const path = join(root, 'shop/lookup.py');
    const editor = await opened(root, undefined, path);
    const unsafe = named(await editor.actions(path, WHOLE, ['quickfix']), '(unsafe: ');
    expect(unsafe.isPreferred).toBeUndefined();
    expect(unsafe.title).toMatch(/\(unsafe: .{10,}\)$/);
  });

  test('a stale document gets none: neither a list nor an edit', async () => {
    const root = shop();
    const editor = await opened(root);
    const [action] = await editor.actions(tasks(root), WHOLE, ['quickfix']);
    await editor.change(tasks(root), `# new\n${TASK}`);
    await expect(editor.resolve(action ?? { title: '' })).rejects.toMatchObject({ code: -32_801 });
    const [again] = await editor.actions(tasks(root), WHOLE, ['quickfix']);
    editor.apply((await editor.resolve(again ?? { title: '' })).edit);
    expect(editor.text(tasks(root))).toContain('# new\nimport logging');
  });

  test('one that reaches into another file asks first, names versions, and is never done on save', async () => {
    const root = shop({
      'danglint.toml': 'plugins = ["./plugin.mjs"]\n',
      'plugin.mjs': TWO_FILE_PLUGIN,
      'shop/lookup.py': GETTER,
      'shop/tasks.py': CALLER,
    });
    const path = join(root, 'shop/lookup.py');
    const editor = await opened(root, undefined, path);
    const action = named(
      await editor.actions(path, WHOLE, ['quickfix']),
      'Say so in both files (in 2 files)',
    );
    const { edit } = await editor.resolve(action);
    expect(edit?.changeAnnotations).toEqual({
      fix: { label: 'Say so in both files', needsConfirmation: true },
    });
    expect(edit?.documentChanges).toMatchObject([
      { textDocument: { uri: uri(path), version: 1 }, edits: [{ annotationId: 'fix' }] },
      { textDocument: { uri: uri(tasks(root)), version: null }, edits: [{ annotationId: 'fix' }] },
    ]);
    expect(await editor.actions(path, WHOLE, ['source.fixAll.danglint'])).toEqual([]);
    writeFileSync(tasks(root), `# changed behind our back\n${CALLER}`);
    await expect(editor.resolve(action)).rejects.toMatchObject({ code: -32_801 });
  });

  test('a comment, the baseline, and the path explained', async () => {
    const root = shop();
    const editor = await opened(root);
    const actions = await editor.actions(tasks(root), WHOLE, ['quickfix']);
    const explain = named(actions, 'Explain').command;
    const text = await editor.connection.sendRequest('workspace/executeCommand', explain);
    expect(text).toContain('task `process`');
    const shown = await editor.until(() => editor.shown[0]);
    expect(readFileSync(fileURLToPath(shown), 'utf8')).toBe(text);
    await editor.connection.sendRequest('workspace/executeCommand', named(actions, 'baseline').command);
    expect(await editor.codes(tasks(root))).toEqual([]);
    expect(danglint([], { cwd: root }).code).toBe(0);
    rmSync(join(root, '.danglint-baseline.json'));
    await editor.watched([join(root, '.danglint-baseline.json'), 3]);
    const comment = named(await editor.actions(tasks(root), WHOLE), 'with a comment');
    editor.apply((await editor.resolve(comment)).edit);
    expect(editor.text(tasks(root))).toContain('(id=detector_id)  # danglint: ignore[DNE101]\n');
    await editor.stop();
    expect(existsSync(fileURLToPath(shown))).toBe(false);
  });

  test('a client that cannot wait gets edits at once; one without versions gets plain changes', async () => {
    const root = shop();
    const editor = await Editor.start({
      roots: [root],
      capabilities: {
        ...PULL,
        workspace: {},
        textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } },
      },
    });
    await editor.open(tasks(root), TASK);
    const [action] = await editor.actions(tasks(root), WHOLE, ['quickfix']);
    expect(Object.keys(action?.edit?.changes ?? {})).toEqual([uri(tasks(root))]);
  });
});

describe('fixes on save', () => {
  const TWICE = `${TASK}\n\n@shared_task\ndef other(detector_id):\n    Detector.objects.get(id=detector_id).delete()\n`;

  test.each(['source', 'source.fixAll', 'source.fixAll.danglint'])('%s: safe ones only', async (kind) => {
    const root = shop({ 'shop/tasks.py': TWICE + GETTER.slice(GETTER.indexOf('\n\ndef')) });
    const editor = await opened(root);
    const actions = await editor.actions(tasks(root), WHOLE, [kind]);
    expect(actions.map(({ kind }) => kind)).toEqual(['source.fixAll.danglint']);
    editor.apply(actions[0]?.edit);
    expect(editor.text(tasks(root)).match(/is None/g)?.length).toBeGreaterThan(0);
    expect(editor.text(tasks(root))).toContain('return Detector.objects.get(id=pk)');
    expect(await editor.actions(tasks(root), WHOLE, ['source.organizeImports'])).toEqual([]);
  });

  test('unsafe ones only for who asks for them by name', async () => {
    const root = shop({ 'shop/tasks.py': CALLER, 'shop/lookup.py': GETTER });
    const path = join(root, 'shop/lookup.py');
    const editor = await opened(root, undefined, path);
    await editor.diagnostics(path);
    expect(await editor.actions(path, WHOLE, ['source.fixAll'])).toEqual([]);
    const [action] = await editor.actions(path, WHOLE, ['source.fixAllUnsafe.danglint']);
    editor.apply(action?.edit);
    expect(editor.text(path)).not.toBe(GETTER);
  });

  test('typed a moment ago: what is saved is fixed, in the text as it is', async () => {
    const root = shop();
    const editor = await opened(root);
    await editor.change(tasks(root), `# typed\n${TASK}`);
    const [action] = await editor.actions(tasks(root), WHOLE, ['source.fixAll.danglint']);
    editor.apply(action?.edit);
    expect(editor.text(tasks(root))).toMatch(/^# typed\n[^]*\.first\(\)/);
  });

  test('a rule has three switches; fixes can be off altogether', async () => {
    const root = shop();
    const kinds = async (options: unknown): Promise<readonly unknown[]> => {
      const editor = await opened(root, options);
      const fixes = await editor.actions(tasks(root), WHOLE, ['quickfix', 'source.fixAll']);
      const count = (await editor.diagnostics(tasks(root))).length;
      return [
        count,
        fixes.some(({ isPreferred }) => isPreferred),
        fixes.some(({ kind }) => kind === 'source.fixAll.danglint'),
      ];
    };
    expect(await kinds({ rules: { DNE101: { report: false } } })).toEqual([0, false, false]);
    expect(await kinds({ rules: { DNE1: { quickFix: false } } })).toEqual([1, false, true]);
    expect(await kinds({ rules: { 'task-argument-lookup': { fixOnSave: false } } })).toEqual([
      1,
      true,
      false,
    ]);
    expect(await kinds({ fixAll: false })).toEqual([1, true, false]);
    expect(await kinds({ settings: { codeAction: { fixViolation: { enable: false } } } })).toEqual([
      1,
      false,
      true,
    ]);
  });
});

describe('commands', () => {
  test('fix all in the workspace: the safe fixes of all files, to be confirmed', async () => {
    const root = shop({ 'shop/more.py': TASK });
    const editor = await opened(root);
    await editor.open(join(root, 'shop/more.py'), TASK);
    const answer = await editor.connection.sendRequest('workspace/executeCommand', {
      command: 'danglint.fixWorkspace',
    });
    expect(answer).toBe('applied');
    for (const path of [tasks(root), join(root, 'shop/more.py')])
      expect(editor.text(path)).toContain('.first()');
    expect(await editor.codes(tasks(root))).toEqual(['DNE101']);
  });

  test('fix a file', async () => {
    const root = shop();
    const editor = await opened(root);
    await editor.connection.sendRequest('workspace/executeCommand', {
      command: 'danglint.fixFile',
      arguments: [uri(tasks(root))],
    });
    expect(editor.text(tasks(root))).toContain('.first()');
  });
});

describe('hover and lens', () => {
  const hover = (
    editor: Editor,
    path: string,
    line: number,
    character: number,
  ): Promise<{ contents: { value: string } } | null> =>
    editor.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: uri(path) },
      position: { line, character },
    });

  test('a lookup tells its verdict and path, reported or not; a code in a comment its rule', async () => {
    const root = shop();
    const editor = await opened(root);
    await editor.diagnostics(tasks(root));
    const found = (await hover(editor, tasks(root), 7, 25))?.contents.value;
    expect(found).toContain('DNE101');
    expect(found).toContain('**escapes**');
    expect(found).toContain('[shop/tasks.py:7](file://');
    expect(await hover(editor, tasks(root), 0, 0)).toBeNull();
    await editor.change(
      tasks(root),
      TASK.replace('(id=detector_id)', '(id=detector_id)  # danglint: ignore[DNE101] x'),
    );
    await editor.diagnostics(tasks(root));
    expect((await hover(editor, tasks(root), 7, 25))?.contents.value).toContain('**escapes**');
    expect((await hover(editor, tasks(root), 7, 74))?.contents.value).toContain('`task-argument-lookup`');
  });

  test('production events stand over the finding', async () => {
    const issue = {
      id: '1',
      shortId: 'SENTRY-5D9J',
      title: 'DoesNotExist',
      culprit: 'shop.tasks.process',
      count: '610142',
      userCount: 7,
      metadata: {
        type: 'DoesNotExist',
        value: 'Detector matching query does not exist.',
        filename: 'shop/tasks.py',
        function: 'process',
      },
    };
    const root = shop({ 'issues.json': JSON.stringify([issue]) });
    expect(danglint(['production', 'import', 'issues.json'], { cwd: root }).code).toBe(0);
    const editor = await opened(root);
    const lenses = await editor.connection.sendRequest('textDocument/codeLens', {
      textDocument: { uri: uri(tasks(root)) },
    });
    expect(lenses).toMatchObject([
      {
        range: { start: { line: 7 } },
        command: { title: '610,142 events · SENTRY-5D9J', command: 'danglint.explainPath' },
      },
    ]);
  });
});
