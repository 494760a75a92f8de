export { evidence, verdictWords } from './evidence.ts';
export type { Applicability, Edit, FileEdits, Fix, ImportRequest, Refusal } from './fix.ts';
export { definePlugin, defineRecipe, type Plugin } from './plugin.ts';
export type { Label, Report, Severity } from './report.ts';
export {
  DEFAULT_FIX_SETTINGS,
  type Draft,
  defineRule,
  type FixRequest,
  type FixSettings,
  type ObservationRequest,
  type Recipe,
  type RecipeRegistry,
  type RecipeResult,
  type Rule,
  type RuleMeta,
} from './rule.ts';
