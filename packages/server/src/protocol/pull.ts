import {
  type CancellationToken,
  type Connection,
  type DocumentDiagnosticReport,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Documents } from './documents.ts';
import type { Judging } from './judging.ts';
import { NOTHING, type Results } from './results.ts';
import { untilCancelled } from './waiting.ts';

/** Files a part of a workspace answer holds. */
const PART = 200;

interface Pulling {
  readonly documents: Documents;
  readonly judging: Judging;
  readonly results: Results;
  /** False where the user wants to hear of open files only. */
  readonly wholeWorkspace: () => boolean;
}

/** Answers clients that ask for diagnostics, and tells those that can be told when answers they have are old. */
export class Pull {
  readonly #pulling: Pulling;
  /** What open documents were answered last, by URI. */
  readonly #given = new Map<string, string>();

  constructor(pulling: Pulling) {
    this.#pulling = pulling;
  }

  listen(connection: Connection): void {
    connection.languages.diagnostics.on(({ textDocument, previousResultId }, token) =>
      this.#document(textDocument.uri, previousResultId ?? null, token),
    );
    connection.languages.diagnostics.onWorkspace(({ previousResultIds }, token, _, parts) =>
      this.#workspace(new Map(previousResultIds.map(({ uri, value }) => [uri, value])), {
        token,
        hold: parts !== undefined,
        part: (items) => parts?.report({ items: [...items] }),
      }),
    );
  }

  closed(uri: string): void {
    this.#given.delete(uri);
  }

  /** True when an open document that did not change itself has other diagnostics than its client was given. */
  outdated(changed: ReadonlySet<string>): boolean {
    const { results } = this.#pulling;
    return [...this.#given].some(
      ([uri, id]) => !changed.has(uri) && (results.of(uri)?.resultId ?? NOTHING) !== id,
    );
  }

  async #document(
    uri: string,
    previous: string | null,
    token: CancellationToken,
  ): Promise<DocumentDiagnosticReport> {
    const { documents, judging, results } = this.#pulling;
    const known = documents.get(uri) === null ? judging.untilSettled() : judging.untilJudged(uri);
    await untilCancelled(known, token);
    const file = results.of(uri);
    const resultId = file?.resultId ?? NOTHING;
    if (documents.get(uri) !== null) this.#given.set(uri, resultId);
    if (previous === resultId) return { kind: 'unchanged', resultId };
    return { kind: 'full', resultId, items: [...(file?.diagnostics ?? [])] };
  }

  async #workspace(
    previous: ReadonlyMap<string, string>,
    request: WorkspaceRequest,
  ): Promise<WorkspaceDiagnosticReport> {
    const { judging, results } = this.#pulling;
    for (;;) {
      await untilCancelled(judging.untilSettled(!request.hold), request.token);
      const items = this.#items(previous);
      if (!request.hold || items.some(({ kind }) => kind === 'full')) return parted(items, request);
      await untilCancelled(results.change(), request.token);
    }
  }

  #items(previous: ReadonlyMap<string, string>): readonly WorkspaceDocumentDiagnosticReport[] {
    const { documents, results, wholeWorkspace } = this.#pulling;
    const files = results.all().filter(({ uri }) => wholeWorkspace() || documents.get(uri) !== null);
    const told = files.map(({ uri, resultId, diagnostics }): WorkspaceDocumentDiagnosticReport => {
      const version = documents.get(uri)?.version ?? null;
      return previous.get(uri) === resultId
        ? { kind: 'unchanged', uri, version, resultId }
        : { kind: 'full', uri, version, resultId, items: [...diagnostics] };
    });
    const known = new Set(files.map(({ uri }) => uri));
    const gone = [...previous]
      .filter(([uri, id]) => !known.has(uri) && id !== NOTHING)
      .map(([uri]): WorkspaceDocumentDiagnosticReport => {
        return {
          kind: 'full',
          uri,
          version: documents.get(uri)?.version ?? null,
          resultId: NOTHING,
          items: [],
        };
      });
    return [...told, ...gone];
  }
}

interface WorkspaceRequest {
  readonly token: CancellationToken;
  /** Whether the client keeps the question open until there is news. */
  readonly hold: boolean;
  readonly part: (items: readonly WorkspaceDocumentDiagnosticReport[]) => void;
}

/** Long answers go out in parts where the client takes them. */
function parted(
  items: readonly WorkspaceDocumentDiagnosticReport[],
  { hold, part }: WorkspaceRequest,
): WorkspaceDiagnosticReport {
  if (!hold) return { items: [...items] };
  let at = 0;
  for (; items.length - at > PART; at += PART) part(items.slice(at, at + PART));
  return { items: items.slice(at) };
}
