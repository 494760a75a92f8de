import type { ClientCapabilities } from 'vscode-languageserver/node';

/** What the test editor says it can do, unless a test says otherwise. */
export const PULL: ClientCapabilities = {
  general: { positionEncodings: ['utf-16'] },
  textDocument: {
    diagnostic: { dynamicRegistration: false },
    publishDiagnostics: { relatedInformation: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      resolveSupport: { properties: ['edit'] },
      dataSupport: true,
      disabledSupport: true,
    },
  },
  workspace: {
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} },
    applyEdit: true,
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
  },
  window: { workDoneProgress: true, showDocument: { support: true } },
};

/** The same editor without questions for diagnostics: it is told. */
export const PUSH: ClientCapabilities = {
  ...PULL,
  textDocument: Object.fromEntries(
    Object.entries(PULL.textDocument ?? {}).filter(([name]) => name !== 'diagnostic'),
  ),
};
