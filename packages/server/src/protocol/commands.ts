import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, ErrorCodes, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import { COMMANDS } from '../analysis/actions.ts';
import type { Ask, At } from '../analysis/calls.ts';
import { isTable } from '../settings.ts';
import { slashes } from '@danglint/core';
import { uriOf } from '../text/uri.ts';
import { isFixKey } from './actions.ts';
import type { Client } from './client.ts';
import type { Documents } from './documents.ts';
import type { Judging } from './judging.ts';
import { say } from './say.ts';

interface Commanding {
  readonly connection: Connection;
  readonly client: () => Client;
  readonly ask: () => Ask;
  readonly documents: Documents;
  readonly judging: Judging;
}

/** Runs the commands that actions, lenses and users send. What a command cannot do is said in a message. */
export class Commands {
  readonly #world: Commanding;
  #pages: string | null = null;

  constructor(world: Commanding) {
    this.#world = world;
  }

  async run(command: string, [argument]: readonly unknown[]): Promise<string | null> {
    const { judging } = this.#world;
    switch (command) {
      case COMMANDS.explain:
        return this.#explain(argument);
      case COMMANDS.baseline:
        return this.#baseline(argument);
      case COMMANDS.fixFile:
      case COMMANDS.fixFileUnsafe:
        return this.#fixFile(argument, command === COMMANDS.fixFileUnsafe);
      case COMMANDS.fixWorkspace: {
        await judging.untilSettled();
        const edit = await this.#world.ask()('fixWorkspace', null);
        judging.again();
        return this.#apply(edit, 'danglint: fix all in the workspace');
      }
      default:
        throw new ResponseError(ErrorCodes.InvalidParams, `danglint has no command \`${command}\``);
    }
  }

  async #explain(argument: unknown): Promise<string | null> {
    const at = this.#place(argument);
    await this.#world.judging.untilSettled();
    const text = at === null ? null : await this.#world.ask()('explain', at);
    const { connection, client } = this.#world;
    if (text === null) {
      say(connection, 'info', 'no lookup stands here, or the text has changed.');
      return null;
    }
    if (client().showsDocuments) {
      await connection.window.showDocument({ uri: uriOf(this.#page(text)), takeFocus: true });
    } else say(connection, 'info', text);
    return text;
  }

  /** A page that the editor can open; it goes with the server. */
  #page(text: string): string {
    if (this.#pages === null) {
      const folder = mkdtempSync(join(tmpdir(), 'danglint-'));
      process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
      this.#pages = folder;
    }
    const file = join(this.#pages, 'explanation.md');
    writeFileSync(file, text);
    return slashes(file);
  }

  async #baseline(argument: unknown): Promise<string | null> {
    const file = isFixKey(argument) ? await this.#world.ask()('baseline', argument) : null;
    if (file === null) {
      say(this.#world.connection, 'warning', 'the finding is not there any more.');
      return null;
    }
    this.#world.judging.disk([file]);
    return file;
  }

  async #fixFile(argument: unknown, unsafe: boolean): Promise<string | null> {
    const uri = isTable(argument) ? argument['uri'] : argument;
    await this.#world.judging.untilSettled();
    const version = typeof uri === 'string' ? this.#world.documents.get(uri)?.version : undefined;
    if (typeof uri !== 'string' || version === undefined) return null;
    const edit = await this.#world.ask()('fixFile', { uri, version, unsafe });
    return this.#apply(edit, 'danglint: fix all in the file');
  }

  async #apply(edit: WorkspaceEdit | null, label: string): Promise<string | null> {
    const { connection, client } = this.#world;
    if (edit === null) {
      say(connection, 'info', 'nothing to fix.');
      return null;
    }
    if (!client().appliesEdits) {
      say(connection, 'warning', 'this editor does not let a server change files.');
      return null;
    }
    const { applied } = await connection.workspace.applyEdit({ label, edit });
    return applied ? 'applied' : null;
  }

  /** A place as commands name it; without a version it means the text as it is now. */
  #place(value: unknown): At | null {
    if (!isTable(value)) return null;
    const { uri, position } = value;
    if (typeof uri !== 'string' || !isTable(position)) return null;
    const { line, character } = position;
    const current = this.#world.documents.get(uri)?.version;
    const version = typeof value['version'] === 'number' ? value['version'] : current;
    if (version === undefined || typeof line !== 'number' || typeof character !== 'number') return null;
    return { uri, version, position: { line, character } };
  }
}
