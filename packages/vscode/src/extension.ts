import path from 'node:path';
import * as vscode from 'vscode';
import {
  type Executable,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
} from 'vscode-languageclient/node';
import { type ServerCommand, serverCommand } from './command.ts';

/** Commands of the server that are about the place where the cursor stands, when the palette starts them. */
const ABOUT_CURSOR: ReadonlySet<string> = new Set([
  'danglint.explainPath',
  'danglint.fixFile',
  'danglint.fixFileUnsafe',
]);

let running: Running | null = null;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  running = new Running(context);
  await running.start();
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}

/** The server, what shows its state, and the commands around it. */
class Running {
  readonly #context: vscode.ExtensionContext;
  readonly #output = vscode.window.createOutputChannel('danglint', { log: true });
  readonly #status = vscode.languages.createLanguageStatusItem('danglint', { language: 'python' });
  #client: LanguageClient | null = null;

  constructor(context: vscode.ExtensionContext) {
    this.#context = context;
    this.#status.name = 'danglint';
    this.#status.command = { title: 'Show output', command: 'danglint.showOutput' };
    context.subscriptions.push(
      this.#output,
      this.#status,
      vscode.commands.registerCommand('danglint.restart', () => this.restart()),
      vscode.commands.registerCommand('danglint.showOutput', () => this.#output.show()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        const other = ['path', 'interpreter', 'importStrategy'].some((name) =>
          event.affectsConfiguration(`danglint.${name}`),
        );
        if (other) void this.restart();
      }),
    );
  }

  async start(): Promise<void> {
    const command = this.#command();
    this.#output.info(
      `starting danglint from ${command.from}: ${[command.command, ...command.args].join(' ')}`,
    );
    this.#show('$(sync~spin) danglint', vscode.LanguageStatusSeverity.Information);
    const run: Executable = {
      command: command.command,
      args: [...command.args],
      options: { env: { ...process.env, ...command.env } },
    };
    const client = new LanguageClient('danglint', 'danglint', { run, debug: run }, this.#options());
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) this.#show('danglint', vscode.LanguageStatusSeverity.Information);
      if (newState === State.Stopped) this.#show('danglint (stopped)', vscode.LanguageStatusSeverity.Warning);
    });
    this.#client = client;
    try {
      await client.start();
    } catch (error) {
      this.#show('danglint (failed)', vscode.LanguageStatusSeverity.Error);
      this.#output.error(String(error));
    }
  }

  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    if (client?.needsStop() === true) await client.stop();
    await client?.dispose();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  #show(text: string, severity: vscode.LanguageStatusSeverity): void {
    this.#status.text = text;
    this.#status.severity = severity;
  }

  #command(): ServerCommand {
    const settings = vscode.workspace.getConfiguration('danglint');
    return serverCommand({
      path: settings.get<readonly string[]>('path', []),
      interpreter: settings.get<readonly string[]>('interpreter', []),
      importStrategy: settings.get<'fromEnvironment' | 'useBundled'>('importStrategy', 'fromEnvironment'),
      folders: vscode.workspace.workspaceFolders?.map(({ uri }) => uri.fsPath) ?? [],
      bundled: path.join(this.#context.extensionPath, 'dist/server/dist/danglint.js'),
      node: process.execPath,
      windows: process.platform === 'win32',
    });
  }

  #options(): LanguageClientOptions {
    return {
      documentSelector: [{ scheme: 'file', language: 'python' }],
      outputChannel: this.#output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      middleware: {
        executeCommand: (command, args, next) => next(command, args.length > 0 ? args : here(command)),
      },
    };
  }
}

/** What the palette leaves out: the place where the cursor stands. */
function here(command: string): unknown[] {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !ABOUT_CURSOR.has(command)) return [];
  const { line, character } = editor.selection.active;
  return [{ uri: editor.document.uri.toString(), position: { line, character } }];
}
