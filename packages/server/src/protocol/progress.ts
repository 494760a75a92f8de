import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver';
import type { AnalysisEvent } from '../analysis/calls.ts';

/** Shows how far the first look at a program is, where the client has a place for it. */
export class Progress {
  readonly #connection: Connection;
  readonly #shown = new Map<string, Promise<WorkDoneProgressServerReporter | null>>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  tell(event: Exclude<AnalysisEvent, { readonly kind: 'log' }>): void {
    const { root } = event;
    if (event.kind === 'progress-end') {
      void this.#shown.get(root)?.then((reporter) => reporter?.done());
      this.#shown.delete(root);
      return;
    }
    const { done, total } = event;
    const reporter = this.#shown.get(root) ?? this.#begin(root);
    void reporter.then((one) =>
      one?.report(Math.round((100 * done) / Math.max(1, total)), `${done} of ${total} files`),
    );
  }

  #begin(root: string): Promise<WorkDoneProgressServerReporter | null> {
    const started = this.#connection.window.createWorkDoneProgress().then(
      (reporter) => {
        reporter.begin('danglint: reading the program', 0, undefined, false);
        return reporter;
      },
      () => null,
    );
    this.#shown.set(root, started);
    return started;
  }
}
