import type { FileFacts } from '../facts/index.ts';
import type { Judgement, Observation, OriginKind } from '../flow/index.ts';
import type { SourceFile, Span } from '../text/index.ts';
import type { Fix, Refusal } from './fix.ts';
import type { Label, Severity } from './report.ts';

export interface RuleMeta {
  /** Kebab-case name: `unhandled-lookup`. */
  readonly id: string;
  /** `DNE` and three digits; never reused. */
  readonly code: string;
  /** One line: what it reports. */
  readonly summary: string;
  /** First version that has the rule. */
  readonly since: string;
  readonly severity: Severity;
  readonly fix: 'always' | 'sometimes' | 'none';
  /** Origins that the rule is about; empty when it does not look at origins. */
  readonly origins: readonly OriginKind[];
  /** When several rules fit one lookup the highest number reports and names the others. */
  readonly precedence: number;
  /** Address of the rule's page. */
  readonly docs: string;
}

/** What a rule says of a place; `Session` adds code, path of the exception, severity from the configuration, and fixes. */
export interface Draft {
  readonly span: Span;
  readonly message: string;
  readonly help: string | null;
  readonly labels: readonly Label[];
  /** Recipes to try, best first; empty when the rule has no fix here. */
  readonly recipes: readonly string[];
  /** A severity below the rule's own, for harmless entry points and literals. */
  readonly severity: Severity | null;
  /** What counts instead of the rule's own severity at this place, where the configuration names none. */
  readonly own?: Severity;
}

/** A rule: policy over judged lookups, and over what else is wrong around rows. Called once for each of them in the files that are reported on. */
export interface Rule {
  readonly meta: RuleMeta;
  readonly lookup: (judgement: Judgement) => Draft | null;
  /** For rules whose findings are not one lookup. */
  readonly observe?: (observation: Observation) => Draft | null;
}

/** Declares a rule; the identity function, there for its types. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** The settings of the fixes (`[tool.danglint.fix]`). */
export interface FixSettings {
  readonly style: 'auto' | 'first' | 'try';
  readonly logger: string;
  readonly logLevel: 'debug' | 'info' | 'warning';
  /** Log event; `{model}` is the snake_case name of the model. */
  readonly logKey: string;
  /** `return`, `continue`, `raise Http404`, or a statement of the project's own with `{model}`. */
  readonly notFound: string;
  /** What to do about a lookup for every item of a loop: answer each, or load all rows before it where that can be done. */
  readonly loop?: 'each' | 'batch';
  /** Longest line that a fix writes, in columns; read from the file itself when it is not set. */
  readonly lineLength?: number;
}

export const DEFAULT_FIX_SETTINGS: FixSettings = {
  style: 'auto',
  logger: 'logger',
  logLevel: 'info',
  logKey: '{model}.not_found',
  notFound: 'return',
};

/** All that a recipe may look at: one lookup, the text and syntax of its file, and the settings. */
export interface FixRequest {
  readonly judgement: Judgement;
  readonly source: SourceFile;
  readonly facts: FileFacts;
  readonly settings: FixSettings;
}

/** The same for a finding that is not one lookup. */
export interface ObservationRequest extends Omit<FixRequest, 'judgement'> {
  readonly observation: Observation;
}

export type RecipeResult = { readonly fix: Fix } | { readonly refusal: Refusal };

/** A way of rewriting; pure: the same request gives the same result. */
export interface Recipe {
  readonly name: string;
  /** The seed document's pattern letter or the recipe's own name. */
  readonly pattern: string;
  readonly build: (request: FixRequest) => RecipeResult;
  /** For recipes that answer findings which are not one lookup. */
  readonly observe?: (request: ObservationRequest) => RecipeResult;
}

/** Finds recipes by the names that rules ask for. */
export type RecipeRegistry = ReadonlyMap<string, Recipe>;
