import { PythonParser } from '@danglint/core';
import type { WorkspaceEdit } from 'vscode-languageserver-types';
import { Faulty, type ProgramSource } from '../program.ts';
import { pathOf } from '../text/uri.ts';
import type { Document } from '../text/document.ts';
import { quickFixes, reportOf, resolveFix } from './actions.ts';
import type {
  AnalysisEvent,
  Ask,
  Calls,
  Changes,
  FileDiagnostics,
  Judged,
  Method,
  Setup,
  Stage,
} from './calls.ts';
import { workspaceEdit } from './edits.ts';
import { explainAt, hoverAt, lensesOf } from './explain.ts';
import { fixFile, fixProgram } from './fix-all.ts';
import type { LiveProgram } from './live-program.ts';
import { Programs } from './programs.ts';
import { Published } from './published.ts';

/** How long questions wait at most while the rest of a program is judged, in milliseconds; one file may take longer. */
const SLICE = 8;

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Handlers = { readonly [M in Method]: (params: Calls[M]['params']) => Promise<Calls[M]['result']> };

/** A program and the path of a document in it. */
interface Here {
  readonly program: LiveProgram;
  readonly path: string;
}

/** All programs of an editor. Questions are answered one after the other, in the order in which they come. */
export class Analysis {
  readonly #parser: PythonParser;
  readonly #documents = new Map<string, Document>();
  readonly #programs: Programs;
  readonly #published = new Published();
  #queue: Promise<unknown> = Promise.resolve();
  /** Another number after each change that is told. */
  #turn = 0;

  private constructor(source: ProgramSource, parser: PythonParser, emit: (event: AnalysisEvent) => void) {
    this.#parser = parser;
    this.#programs = new Programs(source, NO_SETUP, this.#documents, emit);
  }

  static async create(source: ProgramSource, emit: (event: AnalysisEvent) => void): Promise<Analysis> {
    return new Analysis(source, await PythonParser.load(), emit);
  }

  readonly ask: Ask = (method, params) => {
    if (method === 'judge' || method === 'setup') this.#turn++;
    if (method === 'rest') return this.#handlers[method](params);
    const answer = this.#queue.then(() => this.#handlers[method](params));
    this.#queue = answer.catch(() => null);
    return answer;
  };

  readonly #handlers: Handlers = {
    setup: async (setup) => {
      this.#programs.configure(setup);
      return null;
    },
    judge: (changes) => this.#judge(changes),
    rest: (stage) => this.#rest(stage),
    rescan: async () => this.#programs.changedFiles(),
    quickFixes: async (request) =>
      this.#at(request, [], ({ program, path }) => quickFixes(program, path, request)),
    resolve: async (key) => this.#at(key, null, ({ program, path }) => resolveFix(program, path, key)),
    fixFile: async ({ unsafe, ...at }) =>
      this.#at(at, null, ({ program, path }) => fixFile(program, path, unsafe, this.#parser)),
    fixWorkspace: async () => this.#fixWorkspace(),
    hover: async (at) => this.#at(at, null, ({ program, path }) => hoverAt(program, path, at.position)),
    lenses: async (at) =>
      this.#at(at, [], ({ program, path }) => lensesOf(program, path, at.uri, at.version)),
    explain: async (at) => this.#at(at, null, ({ program, path }) => explainAt(program, path, at.position)),
    baseline: async (key) =>
      this.#at(key, null, ({ program, path }) => {
        const report = reportOf(program, path, key);
        return report === undefined
          ? null
          : (program.program.addToBaseline?.([report], program.session) ?? null);
      }),
  };

  async #judge({ open, closed, disk }: Changes): Promise<Judged> {
    const touched = new Set(disk);
    for (const uri of closed) {
      const path = pathOf(uri);
      if (path === null || !this.#documents.delete(path)) continue;
      touched.add(path);
    }
    for (const document of open) {
      const path = pathOf(document.uri);
      if (path === null) continue;
      this.#documents.set(path, document);
      touched.add(path);
    }
    await this.#programs.update(touched);
    return this.#judged(open.map(({ uri }) => pathOf(uri)).filter((path) => path !== null));
  }

  /** Judges on in slices; between them other questions are answered. */
  async #rest(stage: Stage): Promise<Judged | null> {
    const turn = this.#turn;
    let since = performance.now();
    for (const program of this.#programs.live()) {
      const steps = stage === 'open' ? this.#openSteps(program) : program.steps();
      for (const _ of this.#mended(program, steps)) {
        if (performance.now() - since < SLICE) continue;
        await pause();
        if (turn !== this.#turn) return null;
        since = performance.now();
      }
    }
    return this.#judged([...this.#documents.keys()]);
  }

  *#openSteps(program: LiveProgram): Iterable<void> {
    for (const path of this.#documents.keys()) {
      if (this.#programs.owner(path) === program) program.judgeNear(path);
      yield;
    }
  }

  /** Steps up to what people have to mend, which becomes the program's fault. */
  *#mended(program: LiveProgram, steps: Iterable<void>): Iterable<void> {
    try {
      yield* steps;
    } catch (error) {
      if (!(error instanceof Faulty)) throw error;
      this.#programs.fault(program.home, error.fault);
    }
  }

  /** What is known now: of all files when all are judged, else of some (absolute paths). */
  #judged(near: readonly string[]): Judged {
    const programs = this.#programs.live();
    const whole = programs.every((program) => program.judged);
    const among = whole ? null : new Set(near);
    const files = whole
      ? programs.flatMap((program) => this.#files(program, [...program.reports().keys()]))
      : near.flatMap((path) => {
          const program = this.#programs.owner(path);
          return program === null ? [] : this.#files(program, [path]);
        });
    return {
      whole,
      changed: this.#published.changes(files, among),
      faults: this.#programs.faults(),
      production: programs.some((program) => program.hasProduction),
      deciding: this.#programs.deciding(),
    };
  }

  /** Those files of a program that have findings and belong to it. */
  #files(program: LiveProgram, paths: readonly string[]): readonly Omit<FileDiagnostics, 'resultId'>[] {
    return paths.flatMap((path) => {
      if (this.#programs.owner(path) !== program) return [];
      for (const _ of this.#mended(program, [program.judgeNear(path)]));
      const reports = program.reportsAt(path) ?? [];
      if (reports.length === 0) return [];
      const uri = program.places.uri(program.relative(path));
      return [{ path, uri, diagnostics: program.diagnostics(reports) }];
    });
  }

  /** Answers about a document, unless its text is another one by now, or its program was not judged yet. */
  #at<T>(
    { uri, version }: { readonly uri: string; readonly version: number },
    otherwise: T,
    answer: (here: Here) => T,
  ): T {
    const path = pathOf(uri);
    const program = path === null ? null : this.#programs.owner(path);
    if (path === null || program === null || program.reportsAt(path) === null) return otherwise;
    return this.#documents.get(path)?.version === version ? answer({ program, path }) : otherwise;
  }

  #fixWorkspace(): Calls['fixWorkspace']['result'] {
    const edits = this.#programs.live().flatMap((program) => {
      const mine = fixProgram(program).filter(
        ({ path }) => this.#programs.owner(program.absolute(path)) === program,
      );
      return mine.length === 0 ? [] : [workspaceEdit(program, mine, 'Safe fixes')];
    });
    return merged(edits.filter((edit) => edit !== null));
  }
}

/** One edit of several; null for none. */
function merged(edits: readonly WorkspaceEdit[]): WorkspaceEdit | null {
  const [first] = edits;
  if (first === undefined) return null;
  if (first.documentChanges === undefined)
    return { changes: Object.assign({}, ...edits.map(({ changes }) => changes ?? {})) };
  return { ...first, documentChanges: edits.flatMap(({ documentChanges }) => documentChanges ?? []) };
}

const NO_SETUP: Setup = {
  folders: [],
  settings: {
    enable: false,
    configuration: null,
    preference: 'editorFirst',
    fixAll: false,
    run: 'onType',
    showNotifications: 'off',
    diagnosticMode: null,
    codeLens: false,
    disableRuleComment: false,
    fixViolation: false,
    rules: [],
  },
  abilities: {
    encoding: 'utf-16',
    relatedInformation: false,
    versionedEdits: false,
    annotations: false,
    lazyEdits: false,
    disabledActions: false,
  },
};
