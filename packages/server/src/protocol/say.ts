import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver';

/** Shows a message that wants no answer. */
export function say(connection: Connection, kind: 'error' | 'warning' | 'info', message: string): void {
  const type = { error: MessageType.Error, warning: MessageType.Warning, info: MessageType.Info }[kind];
  void connection.sendNotification(ShowMessageNotification.method, { type, message: `danglint: ${message}` });
}
