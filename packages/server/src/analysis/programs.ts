import { basename } from 'node:path';
import { existsSync, statSync } from 'node:fs';
import { below } from '@danglint/core';
import {
  type ConfigurationChoice,
  Faulty,
  type Program,
  type ProgramFault,
  type ProgramSource,
} from '../program.ts';
import type { EditorSettings } from '../settings.ts';
import type { Document } from '../text/document.ts';
import { folderOf } from '../text/paths.ts';
import type { AnalysisEvent, Setup } from './calls.ts';
import { type EditorState, LiveProgram } from './live-program.ts';

/** The programs that a workspace and its open documents ask for: one a configuration root. */
export class Programs {
  readonly #source: ProgramSource;
  #setup: Setup;
  readonly #documents: ReadonlyMap<string, Document>;
  readonly #emit: (event: AnalysisEvent) => void;
  readonly #live = new Map<string, LiveProgram>();
  readonly #faults = new Map<string, ProgramFault>();
  readonly #homes = new Map<string, string>();
  /** Modification times for clients that do not watch files. */
  #times: ReadonlyMap<string, number> | null = null;

  constructor(
    source: ProgramSource,
    setup: Setup,
    documents: ReadonlyMap<string, Document>,
    emit: (event: AnalysisEvent) => void,
  ) {
    this.#source = source;
    this.#setup = setup;
    this.#documents = documents;
    this.#emit = emit;
  }

  /** Takes over other folders and settings; programs whose settings stay the same stay loaded. */
  configure(setup: Setup): void {
    this.#setup = setup;
    this.#homes.clear();
    this.#faults.clear();
    for (const [home, { editor }] of this.#live) {
      const same =
        JSON.stringify([this.#settings(home), setup.abilities]) ===
        JSON.stringify([editor.settings, editor.abilities]);
      if (!same) this.#live.delete(home);
    }
  }

  live(): readonly LiveProgram[] {
    return [...this.#live.values()];
  }

  faults(): readonly ProgramFault[] {
    return [...this.#faults.values()];
  }

  fault(home: string, fault: ProgramFault): void {
    this.#faults.set(home, fault);
  }

  deciding(): readonly string[] {
    return [...new Set(this.live().flatMap(({ program }) => program.deciding))];
  }

  /** The program that a file belongs to; null when none is loaded for it. */
  owner(path: string): LiveProgram | null {
    return this.#live.get(this.#home(path)) ?? null;
  }

  /** Brings all programs up to date after files (absolute paths) or open documents changed. */
  async update(touched: ReadonlySet<string>): Promise<void> {
    const reopened = [...touched].some((path) => this.#decides(path));
    if (reopened) this.#homes.clear();
    const wanted = new Set<string>();
    for (const { path } of this.#setup.folders) if (this.#source.isProgram(path)) wanted.add(path);
    for (const path of this.#documents.keys()) if (path.endsWith('.py')) wanted.add(this.#home(path));
    for (const home of wanted) {
      const program = await this.#refresh(home, reopened, touched);
      if (program !== null) for (const nested of this.#nested(program)) wanted.add(nested);
    }
    for (const home of [...this.#live.keys(), ...this.#faults.keys()]) {
      if (wanted.has(home)) continue;
      this.#live.delete(home);
      this.#faults.delete(home);
    }
  }

  async #refresh(home: string, reopened: boolean, touched: ReadonlySet<string>): Promise<LiveProgram | null> {
    const settings = this.#settings(home);
    if (!settings.enable) {
      this.#live.delete(home);
      return null;
    }
    const live = this.#live.get(home) ?? null;
    if (live !== null && !reopened) {
      for (const path of touched) await this.#touch(live, path);
      return live;
    }
    if (live === null && !reopened && this.#faults.has(home)) return null;
    const program = await this.#open(home, settings);
    if (program === null) return live;
    if (live?.adopt(program) === true) {
      for (const path of touched) live.change(path);
      return live;
    }
    return this.#load(home, program, settings);
  }

  /** A folder that came or went is looked through again. */
  async #touch(live: LiveProgram, path: string): Promise<void> {
    if (path.endsWith('.py') && !isFolder(path)) live.change(path);
    else if (below(live.program.root, path)) {
      const program = await this.#open(live.home, live.editor.settings);
      if (program !== null) live.adopt(program);
    }
  }

  async #open(home: string, choice: ConfigurationChoice): Promise<Program | null> {
    try {
      const program = await this.#source.open(home, choice);
      this.#faults.delete(home);
      return program;
    } catch (error) {
      if (!(error instanceof Faulty)) throw error;
      this.#faults.set(home, error.fault);
      return null;
    }
  }

  async #load(home: string, program: Program, settings: EditorSettings): Promise<LiveProgram> {
    const { root } = program;
    const editor: EditorState = {
      settings,
      abilities: this.#setup.abilities,
      document: (path) => this.#documents.get(path),
    };
    const live = await LiveProgram.load(home, program, editor, ({ done, total }) =>
      this.#emit({ kind: 'progress', root, done, total }),
    );
    this.#emit({ kind: 'progress-end', root });
    this.#live.set(home, live);
    for (const path of this.#documents.keys()) live.change(path);
    return live;
  }

  #settings(home: string): EditorSettings {
    const holding = this.#setup.folders.filter(({ path }) => below(path, home));
    return holding.toSorted((a, b) => b.path.length - a.path.length)[0]?.settings ?? this.#setup.settings;
  }

  /** Configuration roots below a program's home. */
  #nested({ home, program }: LiveProgram): ReadonlySet<string> {
    const folders = new Set(program.found.files.map((path) => folderOf(`${program.root}/${path}`)));
    return new Set(
      [...folders].filter((folder) => below(home, folder)).map((folder) => this.#home(`${folder}/_.py`)),
    );
  }

  #home(path: string): string {
    const folder = folderOf(path);
    const known = this.#homes.get(folder);
    if (known !== undefined) return known;
    const within = this.#setup.folders
      .map(({ path }) => path)
      .filter((candidate) => below(candidate, path) && this.#source.isProgram(candidate))
      .toSorted((a, b) => b.length - a.length)[0];
    const home = this.#source.home(path, within ?? null);
    this.#homes.set(folder, home);
    return home;
  }

  #decides(path: string): boolean {
    return (
      this.#source.watched.includes(basename(path)) ||
      this.live().some(({ program }) => program.deciding.includes(path))
    );
  }

  /** Files whose state on the disk may be other than when this was asked last: all of them the first time. */
  async changedFiles(): Promise<readonly string[]> {
    const now = new Map<string, number>();
    for (const { home, editor, program } of this.live()) {
      const opened = await this.#quietly(home, editor.settings);
      const found = opened?.found.files ?? program.found.files;
      for (const path of found) note(now, `${program.root}/${path}`);
      for (const path of program.deciding) note(now, path);
    }
    for (const home of this.#faults.keys())
      for (const name of this.#source.watched) note(now, `${home}/${name}`);
    const before = this.#times;
    this.#times = now;
    if (before === null) return [...now.keys()];
    const gone = [...before.keys()].filter((path) => !now.has(path));
    return [...gone, ...[...now].filter(([path, time]) => before.get(path) !== time).map(([path]) => path)];
  }

  async #quietly(home: string, choice: ConfigurationChoice): Promise<Program | null> {
    try {
      return await this.#source.open(home, choice);
    } catch (error) {
      if (error instanceof Faulty) return null;
      throw error;
    }
  }
}

function note(times: Map<string, number>, path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats !== undefined) times.set(path, stats.mtimeMs);
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
