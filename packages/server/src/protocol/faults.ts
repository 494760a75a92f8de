import { DiagnosticSeverity, type Connection } from 'vscode-languageserver';
import type { ProgramFault } from '../program.ts';
import type { EditorSettings } from '../settings.ts';
import { uriOf } from '../text/uri.ts';
import { say } from './say.ts';

/** Tells what has to be mended in a project: once in a message, and in the file itself for as long as it is so. */
export class Faults {
  readonly #connection: Connection;
  #told: ReadonlySet<string> = new Set();
  #marked: ReadonlySet<string> = new Set();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  tell(
    faults: readonly ProgramFault[],
    { showNotifications }: Pick<EditorSettings, 'showNotifications'>,
  ): void {
    for (const fault of faults) {
      if (this.#told.has(JSON.stringify(fault))) continue;
      const where = fault.where === null ? '' : ` (${fault.where})`;
      const help = fault.help === null ? '' : `; ${fault.help}`;
      const message = `${fault.message}${where}${help}`;
      this.#connection.console.error(message);
      if (showNotifications !== 'off') say(this.#connection, 'error', message);
    }
    this.#told = new Set(faults.map((fault) => JSON.stringify(fault)));
    this.#mark(faults);
  }

  #mark(faults: readonly ProgramFault[]): void {
    const byUri = new Map<string, { readonly fault: ProgramFault; readonly line: number }[]>();
    for (const fault of faults) {
      const [, file, line] = /^(.*?)(?::(\d+))?(?::\d+)?$/.exec(fault.where ?? '') ?? [];
      if (file === undefined || !/^(\/|[A-Za-z]:)/.test(file)) continue;
      const uri = uriOf(file);
      byUri.set(uri, [...(byUri.get(uri) ?? []), { fault, line: Math.max(0, Number(line ?? 1) - 1) }]);
    }
    for (const uri of new Set([...this.#marked, ...byUri.keys()])) {
      const diagnostics = (byUri.get(uri) ?? []).map(({ fault: { message, help }, line }) => ({
        range: { start: { line, character: 0 }, end: { line, character: 1_000 } },
        severity: DiagnosticSeverity.Error,
        source: 'danglint',
        message: help === null ? message : `${message}\n${help}`,
      }));
      void this.#connection.sendDiagnostics({ uri, diagnostics });
    }
    this.#marked = new Set(byUri.keys());
  }
}
