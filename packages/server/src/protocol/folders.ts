import type { Connection, WorkspaceFolder } from 'vscode-languageserver';
import { below } from '@danglint/core';
import type { Abilities, Setup } from '../analysis/calls.ts';
import { type EditorSettings, isTable, readSettings } from '../settings.ts';
import { pathOf } from '../text/uri.ts';

/** The folders of the workspace and the settings that hold in each. */
export class Folders {
  #folders: readonly { readonly uri: string; readonly path: string; readonly settings: EditorSettings }[] =
    [];
  #uris: readonly string[];
  #settings: EditorSettings;

  constructor(folders: readonly WorkspaceFolder[], options: unknown) {
    this.#uris = folders.map(({ uri }) => uri);
    this.#settings = readSettings(ownPart(options));
    this.#spread();
  }

  /** Settings that hold everywhere, as a client without `workspace/configuration` sends them. */
  configure(settings: unknown): void {
    if (isTable(settings) && isTable(settings['danglint']))
      this.#settings = readSettings(settings['danglint']);
    this.#spread();
  }

  change(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): void {
    const gone = new Set(removed.map(({ uri }) => uri));
    this.#uris = [
      ...new Set([...this.#uris.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)]),
    ];
    this.#spread();
  }

  #spread(): void {
    this.#folders = this.#uris.flatMap((uri) => {
      const path = pathOf(uri);
      return path === null
        ? []
        : [{ uri, path: path.length > 1 ? path.replace(/\/$/, '') : path, settings: this.#settings }];
    });
  }

  /** Asks the client for the settings of each folder. A client that refuses has those that it sent at the start. */
  async fetch(connection: Connection): Promise<void> {
    const section = 'danglint';
    const items = [{ section }, ...this.#folders.map(({ uri }) => ({ section, scopeUri: uri }))];
    try {
      const [general, ...each] = await connection.workspace.getConfiguration(items);
      if (isTable(general)) this.#settings = readSettings(general);
      this.#folders = this.#folders.map((folder, i) => ({
        ...folder,
        settings: isTable(each[i]) ? readSettings(each[i]) : this.#settings,
      }));
    } catch {
      // The client said that it can and then could not; its first word stands.
    }
  }

  setup(abilities: Abilities): Setup {
    const folders = this.#folders.map(({ path, settings }) => ({ path, settings }));
    return { folders, settings: this.#settings, abilities };
  }

  /** The settings for a document, or for no document in particular. */
  settings(uri: string | null): EditorSettings {
    const path = uri === null ? null : pathOf(uri);
    const holding = path === null ? [] : this.#folders.filter((folder) => below(folder.path, path));
    return holding.toSorted((a, b) => b.path.length - a.path.length)[0]?.settings ?? this.#settings;
  }

  any(test: (settings: EditorSettings) => boolean): boolean {
    return test(this.#settings) || this.#folders.some(({ settings }) => test(settings));
  }
}

/** Clients send settings as they are, below `settings`, or below our name. */
function ownPart(options: unknown): unknown {
  if (!isTable(options)) return {};
  const { settings, danglint } = options;
  if (isTable(settings))
    return ownPart(
      isTable(settings['danglint']) ? { danglint: settings['danglint'] } : { danglint: settings },
    );
  return isTable(danglint) ? danglint : options;
}
