import type { FileFacts } from '../facts/index.ts';
import { Judge, type Judgement, type Observation } from '../flow/index.ts';
import { type Module, Program, takeBodies } from '../project/index.ts';
import type { Report } from '../rule/index.ts';
import { PythonParser } from '../syntax/index.ts';
import type { SourceFile } from '../text/index.ts';
import { type Entry, entryOf } from './entry.ts';
import { faultsOf } from './grammar-faults.ts';
import type { Progress, SessionOptions, WorkDone } from './options.ts';
import { unspoken } from './rank.ts';
import { compareReports, ReportBuilder } from './report-builder.ts';
import type { RuleFailure } from './rule-failures.ts';
import { applySuppressions } from './suppress-apply.ts';
import { CommentJudge } from './suppress-report.ts';
import { unread } from './unread.ts';
import { workDone } from './work.ts';

/**
 * The one facade of the analysis: command line, editor server and tests stand on it. It holds the facts of all files of a
 * program and answers with reports; after `update` the next answer is for the changed program.
 */
export class Session {
  readonly options: SessionOptions;
  #grammar: PythonParser | null;
  readonly #entries = new Map<string, Entry>();
  readonly #builder: ReportBuilder;
  readonly #comments: CommentJudge;
  #judge: Judge | null = null;
  /** The program as it was linked last: what did not change since is taken over. */
  #linked: Program | null = null;
  /** Whether that program is the one of the entries as they are. */
  #current = false;
  #failures: readonly RuleFailure[] = [];
  /** Functions that give None since a fix. */
  #fresh: ReadonlySet<string> = new Set();

  private constructor(options: SessionOptions, grammar: PythonParser | null) {
    this.options = options;
    this.#grammar = grammar;
    this.#builder = new ReportBuilder(options, (path) => this.#file(path));
    const { rules, severities } = options;
    const report: ReportBuilder['ofFile'] = (...about) => this.#builder.ofFile(...about);
    this.#comments = new CommentJudge({ rules, severities, report });
  }

  /** Gives an empty session, with the grammar loaded (once a process) unless it is read-only. */
  static async create(options: SessionOptions): Promise<Session> {
    return new Session(options, options.readOnly === true ? null : await PythonParser.load());
  }

  /**
   * The same program for other rules, severities, comments and files: what is known of it stays known. `options` name the same
   * `framework` and `without` as this session's, which is not to be asked any more.
   * @throws Error when the session is read-only.
   */
  under(options: Omit<SessionOptions, 'readOnly'>): Session {
    const session = new Session(options, this.#loadedGrammar());
    for (const [path, entry] of this.#entries) session.#entries.set(path, entry);
    session.#linked = this.#linked;
    session.#current = this.#current;
    session.#judge = this.#fresh.size === 0 ? this.#judge : null;
    return session;
  }

  /**
   * Reads and parses the program's files. `paths` are relative to the root; a file that cannot be read or decoded becomes
   * a `DNE901` report, never an exception. `onProgress` is called now and then.
   */
  async load(paths: readonly string[], onProgress?: (progress: Progress) => void): Promise<void> {
    let done = 0;
    for (const path of paths) {
      const read = this.options.files.read(path);
      const entry = read.ok ? await this.#read(path, read.bytes) : read;
      this.#entries.set(path, entry);
      done++;
      if (done % 64 === 0) {
        onProgress?.({ done, total: paths.length });
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    this.#forget();
  }

  /**
   * Replaces one file's bytes (null: the file is gone). Cheap; analysis happens on the next question.
   * @throws Error when the session is read-only.
   */
  update(path: string, bytes: Uint8Array | null): void {
    const grammar = this.#loadedGrammar();
    if (bytes === null) this.#entries.delete(path);
    else
      this.#entries.set(path, this.#linkedEntry(path, entryOf(path, bytes, grammar, this.options.without)));
    if (bytes === null) this.#forget();
  }

  /**
   * Reads one file again, as `load` does.
   * @throws Error when the session is read-only.
   */
  reread(path: string): void {
    const read = this.options.files.read(path);
    this.update(path, read.ok ? read.bytes : null);
    if (!read.ok) this.#entries.set(path, read);
  }

  /**
   * Names the functions that give None since a fix (`freshKey`): whoever uses their result without a look is found, also where
   * a program as its authors wrote it gets the benefit of the doubt.
   */
  expectNone(functions: ReadonlySet<string>): void {
    if (functions.size === this.#fresh.size && [...functions].every((key) => this.#fresh.has(key))) return;
    this.#fresh = functions;
    this.#judge = null;
  }

  /** An entry that the linked program has already, where that could take it; else the program is to be linked anew. */
  #linkedEntry(path: string, entry: Entry): Entry {
    this.#judge = null;
    const module = this.#current ? (this.#linked?.moduleAt(path) ?? null) : null;
    const facts =
      this.#linked === null || module === null || !entry.ok
        ? null
        : takeBodies(this.#linked, module, entry.facts);
    if (facts === null || !entry.ok) this.#forget();
    return facts === null || !entry.ok ? entry : { ...entry, facts };
  }

  async #read(path: string, bytes: Uint8Array): Promise<Entry> {
    for (;;) {
      const entry = entryOf(path, bytes, this.#grammar, this.options.without);
      if (entry !== null) return entry;
      this.#grammar = await PythonParser.load();
    }
  }

  #loadedGrammar(): PythonParser {
    if (this.#grammar === null || this.options.readOnly === true)
      throw new Error('a read-only session is loaded and asked, never updated');
    return this.#grammar;
  }

  #file(path: string): Extract<Entry, { ok: true }> | null {
    const entry = this.#entries.get(path);
    return entry?.ok === true ? entry : null;
  }

  /** Paths of all loaded files, sorted. */
  paths(): readonly string[] {
    return [...this.#entries.keys()].sort();
  }

  /** The decoded text of a loaded file; null when it is unknown or could not be decoded. */
  source(path: string): SourceFile | null {
    return this.#file(path)?.source ?? null;
  }

  /** What was done for the answers so far. */
  work(): WorkDone {
    const sources = [...this.#entries.values()].flatMap((entry) => (entry.ok ? [entry.source] : []));
    return workDone(sources, this.program());
  }

  facts(path: string): FileFacts | null {
    return this.#file(path)?.facts ?? null;
  }

  /**
   * How many places of a loaded file the tree-sitter grammar cannot read. What stands on it (editors, other tools) refuses some
   * valid Python: a fix may add none.
   * @throws Error when the session is read-only.
   */
  grammarFaults(path: string): number {
    const grammar = this.#loadedGrammar();
    const source = this.source(path);
    return source === null ? 0 : faultsOf(grammar, source);
  }

  /** All findings that no comment keeps quiet, or those of them that stand in `only`; sorted by path, position and code. */
  reports(only?: ReadonlySet<string>): readonly Report[] {
    const wanted = (path: string): boolean => only === undefined || only.has(path);
    const out: (Report | null)[] = [];
    for (const [path, entry] of this.#entries)
      if (wanted(path)) out.push(...unread(this.#builder, path, entry));
    const seen = this.#builder.observes ? this.observations(only) : [];
    const observed = seen.flatMap((observation) => this.#builder.ofObservation(observation) ?? []);
    out.push(...observed);
    out.push(...unspoken(this.judgements(only), observed).map((one) => this.#builder.ofLookup(one)));
    const { failures, reports: died } = this.#builder.takeFailures();
    this.#failures = failures;
    const found = [...out, ...died].filter((report) => report !== null).sort(compareReports);
    if (this.options.suppressions === false) return found;
    const { kept, matches } = applySuppressions(found, (path) => this.#file(path));
    const comments = this.paths()
      .filter(wanted)
      .flatMap((path) => {
        const file = this.#file(path);
        return file === null ? [] : this.#comments.reports(path, file, matches.get(path) ?? []);
      });
    return comments.length === 0 ? kept : [...kept, ...comments].sort(compareReports);
  }

  /** Rules that threw while the last reports were made. */
  failures(): readonly RuleFailure[] {
    return this.#failures;
  }

  /** Works out what a file has, so that later questions find it: a large program can be judged bit by bit. */
  judge(path: string): void {
    const only = new Set([path]);
    this.judgements(only);
    if (this.#builder.observes) this.observations(only);
  }

  /** Every lookup with its verdict, of the whole program or of some files; sorted by path and position. */
  judgements(only?: ReadonlySet<string>): readonly Judgement[] {
    return this.#ask(only, (judge, module) => judge.judgements(module));
  }

  /** What is wrong around rows beside lookups, sorted by path and position. */
  observations(only?: ReadonlySet<string>): readonly Observation[] {
    return this.#ask(only, (judge, module) => judge.observations(module));
  }

  #ask<T>(
    only: ReadonlySet<string> | undefined,
    question: (judge: Judge, module: Module) => readonly T[],
  ): readonly T[] {
    const program = this.program();
    const judge = (this.#judge ??= new Judge(program, this.#fresh));
    const asked =
      only === undefined ? program.modules : [...only].sort().flatMap((path) => program.moduleAt(path) ?? []);
    return asked.flatMap((module) => question(judge, module));
  }

  #forget(): void {
    this.#judge = null;
    this.#current = false;
  }

  /** The linked program as it stands now. */
  program(): Program {
    if (this.#current && this.#linked !== null) return this.#linked;
    const facts = [...this.#entries.values()].flatMap((entry) => (entry.ok ? [entry.facts] : []));
    this.#linked = new Program(facts, this.options.framework, this.#linked, this.options.without);
    this.#current = true;
    return this.#linked;
  }
}
