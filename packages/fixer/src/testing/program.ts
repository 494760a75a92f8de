import {
  DEFAULT_FIX_SETTINGS,
  defineRule,
  type FixRequest,
  type FixSettings,
  type Hazard,
  type Host,
  type Lookup,
  NO_FRAMEWORK_OPTIONS,
  type RecipeRegistry,
  type Rule,
  Session,
} from '@danglint/core';
import { fixedText } from '../apply/text.ts';
import { recipes } from '../recipes/index.ts';

/** Models that the programs of the tests use. */
const MODELS = `from django.db import models


class Detector(models.Model):
    name = models.CharField(max_length=20)
    slug = models.SlugField(unique=True)
    organization_id = models.BigIntegerField()
    related = models.ForeignKey("self", on_delete=models.CASCADE, null=True)


class AlertRule(models.Model):
    detector = models.ForeignKey(Detector, on_delete=models.CASCADE, related_name="rules")
`;

/** What a session of a test has beside its files. */
export interface Parts {
  readonly rules?: readonly Rule[];
  readonly recipes?: RecipeRegistry;
  readonly fix?: FixSettings;
}

/** A session over texts in memory; `app/models.py` has the test's models. */
export async function sessionOf(
  files: Readonly<Record<string, string>>,
  parts: Parts = {},
): Promise<Session> {
  const all = new Map(Object.entries({ 'app/__init__.py': '', 'app/models.py': MODELS, ...files }));
  const session = await Session.create({
    files: {
      read: (path) => {
        const text = all.get(path);
        return text === undefined
          ? { ok: false, message: 'no such file or directory' }
          : { ok: true, bytes: Buffer.from(text) };
      },
    },
    rules: parts.rules ?? [],
    recipes: parts.recipes ?? recipes,
    severities: new Map(),
    fix: parts.fix ?? DEFAULT_FIX_SETTINGS,
    framework: NO_FRAMEWORK_OPTIONS,
  });
  await session.load([...all.keys()]);
  return session;
}

/** A rule that reports lookups that escape, and asks for these recipes. */
export function escapeRule(...wanted: readonly string[]): Rule {
  return defineRule({
    meta: {
      id: 'escapes',
      code: 'DNE001',
      summary: 'a lookup that escapes',
      since: '0.1.0',
      severity: 'error',
      fix: 'sometimes',
      origins: [],
      precedence: 1,
      docs: '',
    },
    lookup: ({ verdict, lookup }) =>
      verdict.kind === 'escapes'
        ? {
            span: lookup.span,
            message: `${lookup.exception} escapes`,
            help: null,
            labels: [],
            recipes: wanted,
            severity: null,
          }
        : null,
  });
}

/** What a test says of a lookup instead of the analysis. */
export interface Facts {
  readonly host?: Partial<Host>;
  readonly lookup?: Partial<Lookup>;
  readonly settings?: Partial<FixSettings>;
}

/** The request for the `index`-th lookup of a file, in source order. */
export async function requestFor(text: string, facts: Facts = {}, index = 0): Promise<FixRequest> {
  const path = 'app/code.py';
  const session = await sessionOf({ [path]: text });
  const judgement = session.judgements().filter(({ lookup }) => lookup.path === path)[index];
  const source = session.source(path);
  const parsed = session.facts(path);
  if (judgement === undefined || source === null || parsed === null)
    throw new Error(`no lookup ${index} in:\n${text}`);
  const host = { ...judgement.lookup.host, ...facts.host };
  return {
    judgement: { ...judgement, lookup: { ...judgement.lookup, ...facts.lookup, host } },
    source,
    facts: parsed,
    settings: { ...DEFAULT_FIX_SETTINGS, ...facts.settings },
  };
}

/** What a recipe makes of a text: the new text and how sure it is, or why it refuses. */
export type Made =
  | {
      readonly after: string;
      readonly applicability: string;
      readonly why: string | null;
      readonly title: string;
    }
  | { readonly refused: string };

export async function make(recipe: string, text: string, facts: Facts = {}, index = 0): Promise<Made> {
  const request = await requestFor(text, facts, index);
  const result = recipes.get(recipe)?.build(request);
  if (result === undefined) throw new Error(`no recipe ${recipe}`);
  if ('refusal' in result) return { refused: result.refusal.reason };
  const { fix } = result;
  return {
    after: fixedText(request.source, request.facts, fix),
    applicability: fix.applicability,
    why: fix.why,
    title: fix.title,
  };
}

export const TASK: Facts = { host: { entry: 'task', resultUnused: true, hazards: [] } };
export const HELPER: Facts = {
  host: { entry: null, resultUnused: false, returnsOptional: false, hazards: [] },
};
export const OPTIONAL: Facts = {
  host: { entry: null, resultUnused: false, returnsOptional: true, hazards: [] },
};

export function withHazard(facts: Facts, kind: Hazard['kind'], why: string): Facts {
  return { ...facts, host: { ...facts.host, hazards: [{ kind, why }] } };
}
