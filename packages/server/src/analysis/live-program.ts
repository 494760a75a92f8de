import { existsSync } from 'node:fs';
import {
  absolutePath,
  below,
  type FileHost,
  type Progress,
  relativeTo,
  type Report,
  Session,
} from '@danglint/core';
import type { Diagnostic } from 'vscode-languageserver-types';
import type { ProductionNote, Program } from '../program.ts';
import { type EditorSettings, switchesOf } from '../settings.ts';
import { bytesOf } from '../text/bytes.ts';
import type { Document } from '../text/document.ts';
import type { Abilities } from './calls.ts';
import { diagnosticOf } from './diagnostics.ts';
import { Places } from './places.ts';

/** What a program needs to know of the editor. */
export interface EditorState {
  readonly settings: EditorSettings;
  readonly abilities: Abilities;
  /** The open document at an absolute path. */
  readonly document: (path: string) => Document | undefined;
}

/**
 * One program as the editor sees it: open documents over the files of the disk. Changes are told by path and are cheap;
 * `judge` gives the findings of the program as it is then.
 */
export class LiveProgram {
  /** Absolute folder that was opened. */
  readonly home: string;
  readonly editor: EditorState;
  readonly session: Session;
  readonly places: Places;
  #program: Program;
  readonly #targets: Set<string>;
  /** Paths that the session holds. */
  readonly #loaded: Set<string>;
  /** Findings of all files by absolute path; null until the program was judged as it is. */
  #whole: ReadonlyMap<string, readonly Report[]> | null = null;
  /** Findings of files that were judged before the others. */
  readonly #near = new Map<string, readonly Report[]>();
  #production: ReadonlyMap<Report, ProductionNote> = new Map();

  private constructor(home: string, program: Program, editor: EditorState, session: Session) {
    this.home = home;
    this.editor = editor;
    this.session = session;
    this.#program = program;
    this.#targets = new Set(program.targets);
    this.#loaded = new Set(session.paths());
    const absolute = (path: string): string => this.absolute(path);
    this.places = new Places(session, absolute, editor.document, editor.abilities.encoding);
  }

  /** Loads a program; open documents count from the start. */
  static async load(
    home: string,
    program: Program,
    editor: EditorState,
    onProgress: (progress: Progress) => void,
  ): Promise<LiveProgram> {
    const session = await Session.create({ ...program.options, files: overlay(program, editor) });
    const { files, faults } = program.found;
    await session.load([...files, ...faults.map(({ path }) => path)], onProgress);
    return new LiveProgram(home, program, editor, session);
  }

  get program(): Program {
    return this.#program;
  }

  absolute(path: string): string {
    return absolutePath(this.#program.root, path);
  }

  relative(path: string): string {
    return relativeTo(this.#program.root, path);
  }

  /** Takes over what a program that was opened again says, when the session stands; false when it has to be loaded. */
  adopt(program: Program): boolean {
    if (program.root !== this.#program.root || program.optionsKey !== this.#program.optionsKey) return false;
    const before = new Set(this.#loaded);
    this.#program = program;
    this.#targets.clear();
    for (const path of program.targets) this.#targets.add(path);
    this.forget();
    for (const path of program.found.files) if (!before.delete(path)) this.change(this.absolute(path));
    for (const path of before) this.change(this.absolute(path));
    return true;
  }

  /** Reads one file (absolute path) again, from its open document or from the disk. */
  change(path: string): void {
    const own = this.relative(path);
    const document = this.editor.document(path);
    const known = this.#loaded.has(own);
    if (!known && !this.#letsIn(path)) return;
    if (document === undefined && !existsSync(path)) {
      if (known) this.session.update(own, null);
      this.#loaded.delete(own);
      this.#targets.delete(own);
      this.forget();
      return;
    }
    const read =
      document === undefined
        ? this.#program.host.read(own)
        : ({ ok: true, bytes: bytesOf(document.text) } as const);
    if (!read.ok || this.#same(own, read.bytes)) return;
    this.session.update(own, read.bytes);
    this.#loaded.add(own);
    if (below(this.home, path)) this.#targets.add(own);
    this.forget();
  }

  #letsIn(path: string): boolean {
    return path.endsWith('.py') && this.#program.lets(path);
  }

  /** A document that says what the file says needs no new judgement. */
  #same(own: string, bytes: Uint8Array): boolean {
    const source = this.session.source(own);
    if (source === null) return false;
    const text = Buffer.from(bytes).toString(source.encoding === 'latin1' ? 'latin1' : 'utf8');
    return text === (source.bom ? `\u{feff}${source.text}` : source.text);
  }

  /** Has everything judged again. */
  forget(): void {
    this.#whole = null;
    this.#near.clear();
  }

  /** True when the program was judged as it is. */
  get judged(): boolean {
    return this.#whole !== null;
  }

  /** Findings by absolute path, as the editor's switches let them through. */
  reports(): ReadonlyMap<string, readonly Report[]> {
    this.#whole ??= this.#judge(this.#targets);
    return this.#whole;
  }

  /** Findings of one file (absolute path); null while that was not judged as the program is. */
  reportsAt(path: string): readonly Report[] | null {
    return this.#whole === null ? (this.#near.get(path) ?? null) : (this.#whole.get(path) ?? []);
  }

  /** Judges one file (absolute path), whatever becomes of the others. */
  judgeNear(path: string): void {
    if (this.#whole !== null || this.#near.has(path)) return;
    const own = this.relative(path);
    const wanted = this.#targets.has(own) ? new Set([own]) : new Set<string>();
    this.#near.set(path, this.#judge(wanted).get(path) ?? []);
  }

  /** Judges the whole program, a file a step. */
  *steps(): Iterable<void> {
    if (this.#whole !== null) return;
    for (const path of this.#targets) {
      this.session.judge(path);
      yield;
    }
    this.reports();
  }

  #judge(targets: ReadonlySet<string>): ReadonlyMap<string, readonly Report[]> {
    const { reports, production } = this.#program.standing(this.session, targets);
    this.#production = targets === this.#targets ? production : new Map([...this.#production, ...production]);
    const byPath = new Map<string, Report[]>();
    for (const report of reports) {
      if (!this.switches(report).report) continue;
      const path = this.absolute(report.path);
      const list = byPath.get(path);
      if (list === undefined) byPath.set(path, [report]);
      else list.push(report);
    }
    return byPath;
  }

  switches({ code }: Report): ReturnType<typeof switchesOf> {
    return switchesOf(this.editor.settings, code, this.#program.selects);
  }

  get hasProduction(): boolean {
    return this.#production.size > 0;
  }

  production(report: Report): ProductionNote | null {
    return this.#production.get(report) ?? null;
  }

  diagnostics(reports: readonly Report[]): readonly Diagnostic[] {
    const style = {
      relatedInformation: this.editor.abilities.relatedInformation,
      page: ({ code }: Report): string | null => {
        const meta = this.#program.rule(code);
        return meta === null ? null : this.#program.pageUrl(meta);
      },
    };
    return reports.map((report) => diagnosticOf(report, this.places, style));
  }
}

function overlay({ root, host }: Program, { document }: EditorState): FileHost {
  return {
    read(path) {
      const open = document(absolutePath(root, path));
      return open === undefined ? host.read(path) : { ok: true, bytes: bytesOf(open.text) };
    },
  };
}
