import { type Judgement, type Site, verdictWords } from '@danglint/core';
import type { View } from '../format/view.ts';

type Json = Readonly<Record<string, unknown>>;

/** A judgement as data, with rows and columns. */
export function jsonJudgement(
  { lookup, verdict, origins, confidence, defects }: Judgement,
  view: View,
): Json {
  const at = (site: Site): Json => {
    const { file, start, end } = view.place(site.path, site.span);
    return { filename: file.absolute, location: start, end_location: end };
  };
  return {
    ...at(lookup),
    function: lookup.host.function,
    form: lookup.form,
    method: lookup.method,
    model: lookup.model,
    exception: lookup.exception,
    receiver: lookup.receiver,
    keys: lookup.keys,
    confidence,
    verdict: verdict.kind,
    summary: verdictWords(verdict),
    by:
      verdict.kind === 'escapes'
        ? null
        : { ...at(verdict.by), kind: verdict.by.kind, message: verdict.by.detail },
    entry:
      verdict.kind === 'escapes'
        ? { ...at(verdict.entry), kind: verdict.entry.kind, function: verdict.entry.function }
        : null,
    path:
      verdict.kind === 'guaranteed'
        ? []
        : verdict.path.map((step) => ({ ...at(step), function: step.function, message: step.note })),
    other_paths: verdict.kind === 'escapes' ? verdict.otherPaths : 0,
    origins: origins.map((origin) => ({ ...at(origin), kind: origin.kind, message: origin.detail })),
    unique: lookup.uniqueness,
    first: lookup.first,
    defects: defects.map(({ kind }) => kind),
  };
}
