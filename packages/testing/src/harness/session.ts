import {
  DEFAULT_FIX_SETTINGS,
  type FileHost,
  type FixSettings,
  type FrameworkOptions,
  LineIndex,
  NO_FRAMEWORK_OPTIONS,
  type RecipeRegistry,
  type Report,
  type Rule,
  Session,
  type Severity,
} from '@danglint/core';
import { recipes } from '@danglint/fixer';
import type { Analyse, Finding } from './analysis.ts';
import { fixPasses } from './passes.ts';
import type { Program } from './program.ts';

export interface AnalyserOptions {
  readonly rules: readonly Rule[];
  readonly recipes: RecipeRegistry;
  readonly severities: ReadonlyMap<string, Severity | 'ignore'>;
  readonly fix: FixSettings;
  readonly framework: FrameworkOptions;
}

/** Lints programs with a session of their own each. */
export function analyser(options: Partial<AnalyserOptions> & Pick<AnalyserOptions, 'rules'>): Analyse {
  return async (program) => {
    const session = await openSession(program, options);
    const reports = session.reports();
    for (const { meta, error, path } of session.failures())
      throw new Error(`rule ${meta.id} failed in ${path}: ${String(error)}`, { cause: error });
    return {
      findings: reports.map((report) => findingOf(report, session)),
      fix: (level) => fixPasses(() => openSession(program, options), program, level),
    };
  };
}

async function openSession(
  program: Program,
  options: Partial<AnalyserOptions> & Pick<AnalyserOptions, 'rules'>,
): Promise<Session> {
  const session = await Session.create({
    files: memoryHost(program),
    rules: options.rules,
    recipes: options.recipes ?? recipes,
    severities: options.severities ?? new Map(),
    fix: options.fix ?? DEFAULT_FIX_SETTINGS,
    framework: options.framework ?? NO_FRAMEWORK_OPTIONS,
  });
  await session.load([...program.keys()].sort());
  return session;
}

/** A file host over texts in memory. */
export function memoryHost(program: Program): FileHost {
  return {
    read(path) {
      const text = program.get(path);
      if (text === undefined) return { ok: false, message: 'no such file or directory' };
      return { ok: true, bytes: new TextEncoder().encode(text) };
    },
  };
}

function findingOf(report: Report, session: Session): Finding {
  const { ruleId, code, severity, confidence, path, span, message, help } = report;
  const { row, column } = new LineIndex(session.source(path)?.text ?? '').location(span.start);
  const fixes = report.fixes();
  return {
    ruleId,
    code,
    severity,
    confidence,
    path,
    line: row,
    column,
    message,
    help,
    labels: report.labels.map((label) => label.message),
    fixes: fixes.map(({ title, recipe, applicability, why }) => ({ title, recipe, applicability, why })),
    refusals: report.refusals().map(({ recipe, reason }) => `${recipe} refused: ${reason}`),
  };
}
