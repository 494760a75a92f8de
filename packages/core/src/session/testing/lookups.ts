import type { Judgement } from '../../flow/index.ts';
import type { FrameworkOptions } from '../../django/index.ts';
import { LineIndex } from '../../text/index.ts';
import type { Session } from '../session.ts';
import { type Files, filesOf, sessionOf } from './program.ts';

/** Lookups as text, one a line, in the order of paths and lines. */
export interface Lookups {
  /** What the program's `#!` comments announce. */
  readonly announced: readonly string[];
  /** What was found, told as far as the announcement on its line goes. */
  readonly found: readonly string[];
}

/**
 * The lookups of a program beside those that it announces: `#! Order get objects`, where wanted followed by
 * ` | unique same` (uniqueness, and what `first()` would be) and ` | escapes` (the verdict's kind).
 * Several lookups of one line are announced with ` & ` between them.
 */
export async function lookupsOf(
  program: string | Files,
  framework: Partial<FrameworkOptions> = {},
): Promise<Lookups> {
  const files = typeof program === 'string' ? filesOf(program) : program;
  const session = await sessionOf(files, framework);
  const announced = new Map<string, string[]>();
  for (const [path, text] of files) {
    for (const [i, line] of text.split('\n').entries()) {
      const told = /#!(.*)$/.exec(line)?.[1];
      if (told !== undefined)
        announced.set(
          placeOf(path, i + 1),
          told.split(' & ').map((one) => one.trim()),
        );
    }
  }
  const found = new Map<string, Judgement[]>();
  for (const judgement of session.judgements()) {
    const { path, span } = judgement.lookup;
    const place = placeOf(path, new LineIndex(files.get(path) ?? '').lineOf(span.end));
    found.set(place, [...(found.get(place) ?? []), judgement]);
  }
  return {
    announced: [...announced].flatMap(([place, told]) => told.map((one) => `${place} ${one}`)).sort(),
    found: [...found]
      .flatMap(([place, all]) => all.map((one, i) => `${place} ${render(one, announced.get(place)?.[i])}`))
      .sort(),
  };
}

/** `path:line`, so that text order is line order. */
function placeOf(path: string, line: number): string {
  return `${path}:${String(line).padStart(3, '0')}`;
}

function render({ lookup, verdict }: Judgement, wanted = ''): string {
  const what = `${lookup.model ?? '?'} ${lookup.method} ${lookup.receiver}`;
  const proof = `${lookup.uniqueness.proven ? 'unique' : 'open'} ${lookup.first.kind}`;
  return [what, proof, verdict.kind].slice(0, wanted.split(' | ').length).join(' | ');
}

/** Everything that is said of a program's lookups, as plain text. */
export function judgementText(session: Session): string {
  return session
    .judgements()
    .map(({ lookup, verdict, origins, confidence, defects }) =>
      JSON.stringify({ lookup, verdict, origins, confidence, defects }),
    )
    .join('\n');
}
