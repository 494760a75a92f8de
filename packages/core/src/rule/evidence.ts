import type { Guard, Hop, Judgement, Verdict } from '../flow/index.ts';
import type { Label } from './report.ts';

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
  const named = note.startsWith(`\`${name}\` `);
  return { path, span, message: named ? note : `\`${name}\` ${note}` };
}

function guard({ path, span, detail }: Guard): Label {
  return { path, span, message: detail };
}
