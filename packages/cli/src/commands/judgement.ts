import type { Guard, Hop, Judgement, Label, Site, Verdict } from '@danglint/core';
import type { View } from '../format/view.ts';

type Json = Readonly<Record<string, unknown>>;

/** A verdict in a few words: who answers, or where the exception comes out. */
export function verdictWords(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'escapes':
      return escapeWords(verdict);
    case 'handled':
    case 'contained':
    case 'guaranteed':
      return verdict.by.detail;
  }
}

function escapeWords({ entry, otherPaths }: Extract<Verdict, { kind: 'escapes' }>): string {
  const more = otherPaths === 0 ? '' : `, and ${otherPaths} more`;
  if (entry.kind === 'uncalled') return `nobody here calls \`${entry.function}\`${more}`;
  return `${entry.kind} \`${entry.function}\`${more}`;
}

/** What the verdict rests on, as places with words: the way up, then who answers or where it ends. */
export function evidence({ verdict, origins }: Judgement): readonly Label[] {
  const origin = origins
    .slice(0, 1)
    .map(({ path, span, detail }) => ({ path, span, message: `the key: ${detail}` }));
  switch (verdict.kind) {
    case 'escapes': {
      const { entry } = verdict;
      const end = { path: entry.path, span: entry.span, message: escapeWords(verdict) };
      return [...origin, ...verdict.path.map(hop), end];
    }
    case 'handled':
    case 'contained':
      return [...origin, ...verdict.path.map(hop), guard(verdict.by)];
    case 'guaranteed':
      return [...origin, guard(verdict.by)];
  }
}

function hop({ path, span, function: name, note }: Hop): Label {
  return { path, span, message: `\`${name}\` ${note}` };
}

function guard({ path, span, detail }: Guard): Label {
  return { path, span, message: detail };
}

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
