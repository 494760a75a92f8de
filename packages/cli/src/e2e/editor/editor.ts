import { type ChildProcess, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type CodeAction,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { BUNDLE, cleanEnvironment } from '../danglint.ts';
import { ensureBuilt } from '../build.ts';
import { PULL } from './capabilities.ts';

export interface EditorOptions {
  readonly roots: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly options?: unknown;
  readonly processId?: number | null;
  /** Refuse what the server registers at run time. */
  readonly refuse?: boolean;
}

/** For tests: an editor around the built server. Texts are kept as a client keeps them, and edits are applied by version. */
export class Editor {
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly texts = new Map<string, { text: string; version: number }>();
  readonly published = new Map<string, PublishDiagnosticsParams>();
  readonly messages: string[] = [];
  readonly registered: string[] = [];
  readonly shown: string[] = [];
  readonly progress: unknown[] = [];
  refreshes = 0;
  capabilities: unknown = null;
  #wake: (() => void)[] = [];

  private constructor(refuse: boolean) {
    ensureBuilt();
    this.process = spawn(process.execPath, [BUNDLE, 'server'], { env: cleanEnvironment(), stdio: 'pipe' });
    const { stdout, stdin } = this.process;
    if (stdout === null || stdin === null) throw new Error('no pipes');
    this.connection = createProtocolConnection(stdout, stdin);
    this.#listen(refuse);
    this.connection.listen();
  }

  static async start({
    roots,
    capabilities = PULL,
    options,
    processId = process.pid,
    refuse = false,
  }: EditorOptions): Promise<Editor> {
    const editor = new Editor(refuse);
    const folders = roots.map((root) => ({ uri: uri(root), name: root }));
    const answer = await editor.connection.sendRequest('initialize', {
      processId,
      rootUri: folders[0]?.uri ?? null,
      capabilities,
      workspaceFolders: folders,
      initializationOptions: options,
    });
    editor.capabilities = answer;
    await editor.connection.sendNotification('initialized', {});
    running.push(editor);
    return editor;
  }

  #listen(refuse: boolean): void {
    const { connection } = this;
    const note = (act: () => void): void => {
      act();
      for (const wake of this.#wake.splice(0)) wake();
    };
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) =>
      note(() => this.published.set(params.uri, params)),
    );
    connection.onNotification('window/showMessage', ({ message }: { message: string }) =>
      note(() => this.messages.push(message)),
    );
    connection.onNotification('window/logMessage', () => {});
    connection.onNotification('$/progress', (value: unknown) => note(() => this.progress.push(value)));
    connection.onRequest(
      'client/registerCapability',
      (params: { registrations: { method: string; registerOptions?: unknown }[] }) => {
        if (refuse) throw new Error('no');
        note(() =>
          this.registered.push(
            ...params.registrations.map(
              ({ method, registerOptions }) => `${method} ${JSON.stringify(registerOptions)}`,
            ),
          ),
        );
        return null;
      },
    );
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.onRequest('workspace/diagnostic/refresh', () => {
      note(() => this.refreshes++);
      return null;
    });
    connection.onRequest('window/showDocument', ({ uri }: { uri: string }) => {
      note(() => this.shown.push(uri));
      return { success: true };
    });
    connection.onRequest('workspace/applyEdit', ({ edit }: { edit: WorkspaceEdit }) => {
      this.apply(edit);
      return { applied: true };
    });
  }

  /** Resolves when something that the server tells makes the test true. */
  async until<T>(test: () => T | null | undefined | false): Promise<T> {
    for (;;) {
      const found = test();
      if (found !== null && found !== undefined && found !== false) return found;
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  async open(path: string, text: string, version = 1): Promise<void> {
    this.texts.set(uri(path), { text, version });
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: uri(path), languageId: 'python', version, text },
    });
  }

  /** Replaces the whole text, or the range when one is given. */
  async change(path: string, text: string, range?: Range): Promise<void> {
    const now = this.#of(uri(path));
    now.version++;
    now.text = range === undefined ? text : spliced(now.text, range, text);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: uri(path), version: now.version },
      contentChanges: [range === undefined ? { text } : { range, text }],
    });
  }

  async save(path: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didSave', { textDocument: { uri: uri(path) } });
  }

  async close(path: string): Promise<void> {
    this.texts.delete(uri(path));
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri: uri(path) } });
  }

  /** Tells of files on the disk as a client that watches them: 1 created, 2 changed, 3 deleted. */
  async watched(...changes: readonly (readonly [path: string, type: 1 | 2 | 3])[]): Promise<void> {
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: changes.map(([path, type]) => ({ uri: uri(path), type })),
    });
  }

  async pull(path: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest('textDocument/diagnostic', {
      textDocument: { uri: uri(path) },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  }

  /** The diagnostics of a file now, asked for. */
  async diagnostics(path: string): Promise<readonly Diagnostic[]> {
    const report = await this.pull(path);
    return report.kind === 'full' ? report.items : [];
  }

  async codes(path: string): Promise<readonly unknown[]> {
    return (await this.diagnostics(path)).map(({ code }) => code);
  }

  async actions(path: string, range: Range, only?: readonly string[]): Promise<readonly CodeAction[]> {
    return this.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: uri(path) },
      range,
      context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
    });
  }

  async resolve(action: CodeAction): Promise<CodeAction> {
    return action.edit === undefined ? this.connection.sendRequest('codeAction/resolve', action) : action;
  }

  /** Applies an edit to the texts that are open, as a client does; a wrong version is refused. */
  apply(edit: WorkspaceEdit | undefined): void {
    for (const change of edit?.documentChanges ?? []) {
      if (!('textDocument' in change)) throw new Error('not an edit of text');
      const now = this.#of(change.textDocument.uri);
      if (change.textDocument.version !== now.version) throw new Error('an edit of another version');
      const edits = change.edits.map((one) => {
        if (!('newText' in one)) throw new Error('a snippet');
        return one;
      });
      for (const { range, newText } of edits.toReversed()) now.text = spliced(now.text, range, newText);
    }
  }

  text(path: string): string {
    return this.#of(uri(path)).text;
  }

  #of(uri: string): { text: string; version: number } {
    const now = this.texts.get(uri);
    if (now === undefined) throw new Error(`not open: ${uri}`);
    return now;
  }

  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.process.once('exit', resolve));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    return ended;
  }
}

function spliced(text: string, { start, end }: Range, put: string): string {
  const at = ({ line, character }: Range['start']): number => {
    const lines = text.split('\n');
    const before = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
    return Math.min(text.length, before + Math.min(character, lines[line]?.length ?? 0));
  };
  return text.slice(0, at(start)) + put + text.slice(at(end));
}

export function uri(path: string): string {
  return pathToFileURL(path).href;
}

/** All of a file. */
export const WHOLE: Range = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };

const running: Editor[] = [];

/** Ends what a test left running. */
export function closeEditors(): void {
  for (const editor of running.splice(0)) {
    editor.connection.dispose();
    editor.process.kill('SIGKILL');
  }
}
