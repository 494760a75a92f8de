import picomatch from 'picomatch';
import type { FileFacts } from '../facts/index.ts';
import type { Judgement, Observation, Site } from '../flow/index.ts';
import type {
  Draft,
  Fix,
  FixSettings,
  Recipe,
  RecipeResult,
  Refusal,
  Report,
  Rule,
  Severity,
} from '../rule/index.ts';
import type { SourceFile } from '../text/index.ts';
import { span } from '../text/index.ts';
import { expectedBy } from './expectations.ts';
import type { SessionOptions } from './options.ts';
import { failureMessage, type RuleFailure, RuleFailures } from './rule-failures.ts';
import { byPrecedence, fits, isMoreGeneral } from './rank.ts';
import type { RuleName } from './selector.ts';
import { passed, withStatements } from './statement-labels.ts';

const WEIGHT: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/** Reports that something was not judged at all: nobody knows of a row there. */
const UNREAD: ReadonlySet<string> = new Set(['DNE901', 'DNE902', 'DNE904']);

/** What a report is about, in whichever of its two forms. */
interface Subject {
  readonly path: string;
  readonly function: string;
  readonly confidence: Report['confidence'];
  readonly judgement: Judgement | null;
  readonly observation?: Observation;
  readonly build: (
    recipe: Recipe,
    file: { readonly source: SourceFile; readonly facts: FileFacts },
  ) => RecipeResult | undefined;
}

/** Turns judgements and broken files into reports, by the rules and severities of a session. */
export class ReportBuilder {
  readonly #options: SessionOptions;
  readonly #rules: readonly Rule[];
  readonly #refused: readonly Rule[];
  readonly #failures = new RuleFailures();
  readonly #exempt: (path: string) => boolean;
  readonly #file: (path: string) => { readonly source: SourceFile; readonly facts: FileFacts } | null;

  /** `file` gives text and facts of a loaded file when a fix is asked for. */
  constructor(
    options: SessionOptions,
    file: (path: string) => { readonly source: SourceFile; readonly facts: FileFacts } | null,
  ) {
    this.#options = options;
    this.#rules = options.rules.filter((rule) => options.severities.get(rule.meta.id) !== 'ignore');
    this.#refused = options.rules.filter(({ meta }) => options.refused?.has(meta.id) === true);
    this.#file = file;
    const exempt = options.framework.exemptPaths ?? [];
    this.#exempt = exempt.length === 0 ? () => false : picomatch([...exempt], { dot: true });
  }

  /** True when some rule looks at more than lookups. */
  get observes(): boolean {
    return this.#rules.some((rule) => rule.observe !== undefined);
  }

  /** The one report of a lookup: the most specific rule that fits; null when none does. */
  ofLookup(judgement: Judgement): Report | null {
    const { path, host } = judgement.lookup;
    const subject: Subject = {
      path,
      function: host.function,
      confidence: judgement.confidence,
      judgement,
      build: (recipe, file) =>
        recipe.build({ judgement: this.#withTests(judgement), ...file, settings: this.#settings(path) }),
    };
    return this.#best(subject, judgement.lookup, (rule) => rule.lookup(judgement));
  }

  /** A test that expects the exception is a caller that answers it, though the program does not show it. */
  #withTests(judgement: Judgement): Judgement {
    const test = expectedBy(this.#options.expectations?.() ?? [], judgement);
    if (test === null) return judgement;
    const { lookup } = judgement;
    const why = `a test expects the exception (\`${test.path}:${test.line}\`)`;
    const hazards = [...lookup.host.hazards, { kind: 'caller-catches', why } as const];
    return { ...judgement, lookup: { ...lookup, host: { ...lookup.host, hazards } } };
  }

  /** The one report of a place that is no lookup. */
  ofObservation(observation: Observation): Report | null {
    const { path, host, confidence } = observation;
    const subject: Subject = {
      path,
      function: host.function,
      confidence,
      judgement: null,
      observation,
      build: (recipe, file) => recipe.observe?.({ observation, ...file, settings: this.#settings(path) }),
    };
    return this.#best(subject, observation, (rule) => rule.observe?.(observation) ?? null);
  }

  #settings(path: string): FixSettings {
    const { fix, lineLength } = this.#options;
    const length = fix.lineLength ?? lineLength?.(path) ?? null;
    return length === null ? fix : { ...fix, lineLength: length };
  }

  #best(subject: Subject, at: Site, draftBy: (rule: Rule) => Draft | null): Report | null {
    const fitting = this.#rules.flatMap((rule) => {
      const draft = this.#failures.ask(rule, at, draftBy);
      return draft === null ? [] : [{ rule, draft }];
    });
    const ranked = fitting.sort((a, b) => byPrecedence(a.rule, b.rule));
    const best = ranked[0];
    if (best === undefined || this.#refusedBefore(best.rule, draftBy)) return null;
    const others = ranked.slice(1).map(({ rule }) => `${rule.meta.code} ${rule.meta.id}`);
    const also = others.length === 0 ? null : `also fits: ${others.join(', ')}`;
    const help = [best.draft.help, also].filter((line) => line !== null).join('\n');
    const report = this.#report(best.rule, best.draft, subject, help === '' ? null : help);
    return { ...report, also: () => this.#also(best.rule, draftBy) };
  }

  /** Whether a rule fits that is refused, and of which this one is the more general. */
  #refusedBefore(best: Rule, draftBy: (rule: Rule) => Draft | null): boolean {
    return this.#refused.some((rule) => isMoreGeneral(best, rule) && fits(rule, draftBy));
  }

  /** Every other rule that fits, those too that do not run. */
  #also(best: Rule, draftBy: (rule: Rule) => Draft | null): readonly RuleName[] {
    return this.#options.rules
      .filter((rule) => rule !== best && fits(rule, draftBy))
      .map(({ meta: { id, code } }) => ({ code, ruleId: id }));
  }

  /** Rules that died since this was last asked for, each as a report too (where DNE904 is on). */
  takeFailures(): { readonly failures: readonly RuleFailure[]; readonly reports: readonly Report[] } {
    const failures = this.#failures.take();
    const reports = failures.flatMap(
      (failure) => this.ofFile('DNE904', failure.path, failure.span, failureMessage(failure)) ?? [],
    );
    return { failures, reports };
  }

  #report(rule: Rule, draft: Draft, subject: Subject, help: string | null): Report {
    let built: { fixes: readonly Fix[]; refusals: readonly Refusal[] } | null = null;
    const build = (): { fixes: readonly Fix[]; refusals: readonly Refusal[] } => {
      built ??= this.#build(draft.recipes, subject);
      return built;
    };
    const { path, confidence, judgement, observation } = subject;
    return {
      ruleId: rule.meta.id,
      code: rule.meta.code,
      severity: this.#severity(rule, this.#exempt(path) ? 'info' : draft.severity, draft.own),
      confidence,
      path,
      span: draft.span,
      message: draft.message,
      labels: withStatements({ path, span: draft.span }, draft.labels, passed(subject), this.#file),
      help,
      function: subject.function,
      judgement,
      ...(observation === undefined ? {} : { observation }),
      fixes: () => build().fixes,
      refusals: () => build().refusals,
    };
  }

  /** The configured severity, lowered where the rule or the configuration finds the place harmless. */
  #severity(rule: Rule, lowered: Severity | null, here: Severity = rule.meta.severity): Severity {
    const configured = this.#options.severities.get(rule.meta.id);
    const own = configured === undefined || configured === 'ignore' ? here : configured;
    return lowered !== null && WEIGHT[lowered] < WEIGHT[own] ? lowered : own;
  }

  #build(names: readonly string[], subject: Subject): { fixes: Fix[]; refusals: Refusal[] } {
    const fixes: Fix[] = [];
    const refusals: Refusal[] = [];
    const file = this.#file(subject.path);
    if (file === null) return { fixes, refusals };
    for (const name of names) {
      const recipe = this.#options.recipes.get(name);
      const result =
        recipe === undefined ? undefined : subject.build(recipe, { source: file.source, facts: file.facts });
      if (result === undefined) continue;
      if ('fix' in result) {
        const { fix } = result;
        if (!fixes.some((other) => sameEdits(other, fix))) fixes.push(fix);
      } else refusals.push(result.refusal);
    }
    return { fixes, refusals };
  }

  /** A report about a file itself, by one of the meta rules; null when that rule is not there or switched off. */
  ofFile(
    code: string,
    path: string,
    at: { readonly start: number; readonly end: number },
    message: string,
    fixes: readonly Fix[] = [],
  ): Report | null {
    const rule = this.#rules.find((candidate) => candidate.meta.code === code);
    if (rule === undefined) return null;
    return {
      ruleId: rule.meta.id,
      code,
      severity: this.#severity(rule, null),
      confidence: UNREAD.has(code) ? 'low' : 'high',
      path,
      span: span(at.start, at.end),
      message,
      labels: [],
      help: null,
      function: null,
      judgement: null,
      fixes: () => fixes,
      refusals: () => [],
    };
  }
}

/** Two recipes that come to the same text are one fix. */
function sameEdits(a: Fix, b: Fix): boolean {
  return JSON.stringify([a.edits, a.imports, a.others]) === JSON.stringify([b.edits, b.imports, b.others]);
}

/** By path, position and code. */
export function compareReports(a: Report, b: Report): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return (
    a.span.start - b.span.start || a.span.end - b.span.end || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)
  );
}
