import {
  type ClientCapabilities,
  CodeActionKind,
  type InitializeParams,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { COMMANDS } from '../analysis/actions.ts';
import type { Abilities } from '../analysis/calls.ts';
import { chooseEncoding } from '../text/positions.ts';

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.danglint`;
/** Not below `source.fixAll`: who asks for all fixes on save must not get these. */
export const FIX_ALL_UNSAFE = 'source.fixAllUnsafe.danglint';

/** What a client says it can do, as far as it matters here. */
export interface Client {
  readonly abilities: Abilities;
  /**
   * It asks for diagnostics and can be told to ask again. One that cannot be told would show old ones of files that others
   * decide about: it is sent diagnostics instead.
   */
  readonly pullsDiagnostics: boolean;
  readonly refreshesLenses: boolean;
  readonly progress: boolean;
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly workspaceFolders: boolean;
  readonly showsDocuments: boolean;
  readonly appliesEdits: boolean;
  readonly actionLiterals: boolean;
}

export function clientOf({
  capabilities: { general, textDocument, workspace, window },
}: Pick<InitializeParams, 'capabilities'>): Client {
  const edits = workspace?.workspaceEdit;
  const versionedEdits = edits?.documentChanges === true;
  return {
    abilities: {
      encoding: chooseEncoding(general?.positionEncodings),
      relatedInformation: related(textDocument),
      versionedEdits,
      annotations: versionedEdits && edits.changeAnnotationSupport !== undefined,
      lazyEdits:
        textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true &&
        textDocument.codeAction.dataSupport === true,
      disabledActions: textDocument?.codeAction?.disabledSupport === true,
    },
    pullsDiagnostics:
      textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    progress: window?.workDoneProgress === true,
    configuration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    showsDocuments: window?.showDocument?.support === true,
    appliesEdits: workspace?.applyEdit === true,
    actionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
  };
}

function related(textDocument: ClientCapabilities['textDocument']): boolean {
  return (
    (textDocument?.publishDiagnostics?.relatedInformation ?? textDocument?.diagnostic?.relatedInformation) ===
    true
  );
}

/** Folders and files whose coming and going in the editor concern us. */
const FILE_OPERATIONS = {
  filters: [
    { scheme: 'file', pattern: { glob: '**/*.py', matches: 'file' as const } },
    { scheme: 'file', pattern: { glob: '**', matches: 'folder' as const } },
  ],
};

export function capabilitiesFor(client: Client): ServerCapabilities {
  return {
    positionEncoding: client.abilities.encoding,
    textDocumentSync: {
      openClose: true,
      change: TextDocumentSyncKind.Incremental,
      save: { includeText: false },
    },
    ...(client.pullsDiagnostics
      ? {
          diagnosticProvider: {
            identifier: 'danglint',
            interFileDependencies: true,
            workspaceDiagnostics: true,
          },
        }
      : {}),
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL, FIX_ALL_UNSAFE],
      resolveProvider: client.abilities.lazyEdits,
    },
    hoverProvider: true,
    codeLensProvider: { resolveProvider: false },
    executeCommandProvider: { commands: Object.values(COMMANDS) },
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: { didCreate: FILE_OPERATIONS, didRename: FILE_OPERATIONS, didDelete: FILE_OPERATIONS },
    },
  };
}
