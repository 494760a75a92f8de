import {
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeParams,
  type InitializeResult,
  type WorkspaceFolder,
} from 'vscode-languageserver';
import type { AnalysisEvent, Ask, Judged } from '../analysis/calls.ts';
import type { ProgramSource } from '../program.ts';
import { pathOf, uriOf } from '../text/uri.ts';
import { slashes } from '@danglint/core';
import { Actions } from './actions.ts';
import { capabilitiesFor, type Client, clientOf } from './client.ts';
import { Commands } from './commands.ts';
import { Documents } from './documents.ts';
import { Faults } from './faults.ts';
import { Folders } from './folders.ts';
import { Judging } from './judging.ts';
import { Progress } from './progress.ts';
import { Pull } from './pull.ts';
import { Push } from './push.ts';
import { Results } from './results.ts';
import { say } from './say.ts';
import { Watching } from './watching.ts';

/** Starts an analysis; `onDeath` when it ended by itself. */
export type StartAnalysis = (onEvent: (event: AnalysisEvent) => void, onDeath: (error: Error) => void) => Ask;

/** How often an analysis that died is started again. */
const LIVES = 3;

/** The language server over one connection. */
export class Server {
  readonly #connection: Connection;
  readonly #source: Pick<ProgramSource, 'version' | 'watched'>;
  readonly #start: StartAnalysis;
  readonly #documents = new Documents();
  readonly #results = new Results();
  readonly #judging: Judging;
  readonly #push: Push;
  readonly #pull: Pull;
  readonly #faults: Faults;
  readonly #progress: Progress;
  readonly #watching: Watching;
  /** Texts that were typed and not saved, while the user wants to hear of saved ones only. */
  readonly #unsaved = new Set<string>();
  #client: Client = clientOf({ capabilities: {} });
  #folders = new Folders([], {});
  #ask: Ask;
  #lives = LIVES;

  constructor(
    connection: Connection,
    source: Pick<ProgramSource, 'version' | 'watched'>,
    start: StartAnalysis,
  ) {
    this.#connection = connection;
    this.#source = source;
    this.#start = start;
    this.#ask = this.#begin();
    const ask = (): Ask => this.#ask;
    this.#judging = new Judging(ask, {
      onJudged: (judged, changed) => this.#judged(judged, changed),
      onFailure: (error) => this.#failed(error),
    });
    this.#push = new Push(connection, this.#documents, this.#results);
    this.#pull = new Pull({
      documents: this.#documents,
      judging: this.#judging,
      results: this.#results,
      wholeWorkspace: () => this.#folders.settings(null).diagnosticMode !== 'openFilesOnly',
    });
    this.#faults = new Faults(connection);
    this.#progress = new Progress(connection);
    const log = (message: string): void => connection.console.log(message);
    this.#watching = new Watching({ connection, judging: this.#judging, ask, log }, source.watched);
  }

  listen(): void {
    this.#connection.onInitialize((params) => this.#initialize(params));
    this.#connection.onInitialized(() => void this.#initialized());
    this.#connection.onShutdown(() => this.#watching.stop());
    this.#listenToDocuments();
    this.#listenToWorkspace();
    this.#listenToQuestions();
    this.#pull.listen(this.#connection);
    this.#connection.listen();
  }

  #begin(): Ask {
    return this.#start(
      (event) => this.#event(event),
      (error) => this.#died(error),
    );
  }

  #initialize(params: InitializeParams): InitializeResult {
    this.#client = clientOf(params);
    this.#folders = new Folders(foldersOf(params), params.initializationOptions);
    return {
      capabilities: capabilitiesFor(this.#client),
      serverInfo: { name: 'danglint', version: this.#source.version },
    };
  }

  async #initialized(): Promise<void> {
    const { client } = this.#connection;
    if (this.#client.registersConfiguration) {
      await client
        .register(DidChangeConfigurationNotification.type, { section: 'danglint' })
        .catch(() => null);
    }
    if (this.#client.workspaceFolders) {
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        this.#folders.change(added, removed);
        void this.#configure();
      });
    }
    await this.#configure();
    await this.#watching.start(this.#client.registersWatchers);
  }

  /** Tells the analysis of folders and settings; what comes meanwhile waits. */
  async #configure(): Promise<void> {
    await this.#judging.restart(this.#setup());
  }

  async #setup(): Promise<void> {
    if (this.#client.configuration) await this.#folders.fetch(this.#connection);
    const setup = this.#folders.setup(this.#client.abilities);
    await this.#ask('setup', setup);
  }

  #listenToDocuments(): void {
    const connection = this.#connection;
    connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
      const document = { uri, version, text };
      this.#documents.open(document);
      this.#judging.changed(document);
    });
    connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
      const { encoding } = this.#client.abilities;
      const document = this.#documents.change(textDocument, contentChanges, encoding);
      if (document === null)
        return connection.console.warn(`change of a document that is not open: ${textDocument.uri}`);
      if (this.#folders.settings(textDocument.uri).run === 'onSave') this.#unsaved.add(textDocument.uri);
      else this.#judging.changed(document);
    });
    connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
      const document = this.#documents.get(uri);
      if (document !== null && this.#unsaved.delete(uri)) this.#judging.changed(document);
      this.#judging.flush();
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      if (!this.#documents.close(uri)) return;
      this.#unsaved.delete(uri);
      this.#judging.closed(uri);
      this.#pull.closed(uri);
      this.#push.closed(uri);
    });
  }

  #listenToWorkspace(): void {
    const connection = this.#connection;
    const disk = (uris: readonly string[]): void =>
      this.#judging.disk(uris.map(pathOf).filter((path) => path !== null));
    connection.onDidChangeWatchedFiles(({ changes }) => disk(changes.map(({ uri }) => uri)));
    connection.workspace.onDidCreateFiles(({ files }) => disk(files.map(({ uri }) => uri)));
    connection.workspace.onDidDeleteFiles(({ files }) => disk(files.map(({ uri }) => uri)));
    connection.workspace.onDidRenameFiles(({ files }) =>
      disk(files.flatMap(({ oldUri, newUri }) => [oldUri, newUri])),
    );
    connection.onDidChangeConfiguration(({ settings }) => {
      if (!this.#client.configuration) this.#folders.configure(settings);
      void this.#configure();
    });
  }

  #listenToQuestions(): void {
    const connection = this.#connection;
    const ask = (): Ask => this.#ask;
    const documents = this.#documents;
    const judging = this.#judging;
    const actions = new Actions({ ask, documents, judging, settings: (uri) => this.#folders.settings(uri) });
    const commands = new Commands({ connection, client: () => this.#client, ask, documents, judging });
    connection.onCodeAction((params, token) =>
      this.#client.actionLiterals ? actions.list(params, token) : [],
    );
    connection.onCodeActionResolve((action) => actions.resolve(action));
    connection.onExecuteCommand(({ command, arguments: given }) => commands.run(command, given ?? []));
    connection.onHover(async ({ textDocument: { uri }, position }) => {
      const version = documents.get(uri)?.version;
      return version === undefined ? null : ask()('hover', { uri, version, position });
    });
    connection.onCodeLens(async ({ textDocument: { uri } }) => {
      if (!this.#folders.settings(uri).codeLens) return [];
      await judging.untilJudged(uri);
      const version = documents.get(uri)?.version;
      return version === undefined ? [] : [...(await ask()('lenses', { uri, version }))];
    });
  }

  #event(event: AnalysisEvent): void {
    if (event.kind === 'log') this.#connection.console.log(event.message);
    else if (this.#client.progress) this.#progress.tell(event);
  }

  #judged(judged: Judged, changed: ReadonlySet<string>): void {
    this.#results.take(judged);
    this.#faults.tell(judged.faults, this.#folders.settings(null));
    void this.#watching.also(judged.deciding);
    const { languages } = this.#connection;
    if (!this.#client.pullsDiagnostics) {
      const wholeWorkspace = this.#folders.settings(null).diagnosticMode === 'workspace';
      this.#push.publish(wholeWorkspace, (uri) => this.#judging.waits(uri) || this.#unsaved.has(uri));
    } else if (this.#pull.outdated(changed)) void languages.diagnostics.refresh().catch(() => null);
    if (this.#client.refreshesLenses && judged.production && judged.changed.length > 0)
      void this.#connection.sendRequest(CodeLensRefreshRequest.type).catch(() => null);
  }

  #failed(error: unknown): void {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#connection.console.error(`danglint: internal error, please report it: ${message}`);
  }

  #died(error: Error): void {
    this.#failed(error);
    if (this.#lives-- <= 0) {
      say(this.#connection, 'error', 'the analysis keeps failing; see the output, and restart the server.');
      return;
    }
    this.#ask = this.#begin();
    for (const document of this.#documents.all()) this.#judging.changed(document);
    void this.#configure();
  }
}

function foldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly WorkspaceFolder[] {
  if (workspaceFolders !== undefined && workspaceFolders !== null && workspaceFolders.length > 0)
    return workspaceFolders;
  const uri = rootUri ?? (typeof rootPath === 'string' ? uriOf(slashes(rootPath)) : null);
  return uri === null ? [] : [{ uri, name: '' }];
}
