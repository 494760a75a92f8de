import { LineIndex, offset, type Judgement, type Report, type Session, type Span } from '@danglint/core';
import type { Issue } from './issue.ts';
import { bestPlaces, located, type Place } from './match.ts';
import { type ProductionShare, sharesOf } from './shares.ts';

/** Production data set against the findings of a run. */
export interface Production {
  readonly shares: ReadonlyMap<Report, ProductionShare>;
  /** Issues without a finding, each with the reason. */
  readonly unmatched: readonly { readonly issue: Issue; readonly why: string }[];
  readonly issues: number;
  readonly divided: number;
}

interface JudgedPlace extends Place {
  readonly judgement: Judgement;
}

interface ReportPlace extends JudgedPlace {
  readonly report: Report;
}

/** Matches issues with findings; a finding that is not about a lookup has none. */
export function productionOf(
  issues: readonly Issue[],
  reports: readonly Report[],
  session: Session,
): Production {
  const lines = linesOf(session);
  const places = reports.flatMap((report): readonly ReportPlace[] => {
    const { judgement } = report;
    return judgement === null ? [] : [{ ...placeOf(judgement, lines), report }];
  });
  const { of, unmatched, divided } = sharesOf(issues, places);
  const shares = new Map([...of].map(([{ report }, share]) => [report, share]));
  const all =
    unmatched.length === 0 ? [] : session.judgements().map((judgement) => placeOf(judgement, lines));
  return {
    shares,
    unmatched: unmatched.map((issue) => ({ issue, why: reason(issue, all) })),
    issues: issues.length,
    divided,
  };
}

type Lines = (path: string) => LineIndex | null;

function linesOf(session: Session): Lines {
  const known = new Map<string, LineIndex | null>();
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const text = session.source(path)?.text;
    const lines = text === undefined ? null : new LineIndex(text);
    known.set(path, lines);
    return lines;
  };
}

function placeOf(judgement: Judgement, linesOf: Lines): JudgedPlace {
  const { lookup } = judgement;
  const lines = linesOf(lookup.path);
  const [first, last] = lines === null ? [1, 0] : rows(lines, lookup.span);
  return {
    judgement,
    path: lookup.path,
    function: lookup.host.function,
    model: lookup.model,
    lines: Array.from({ length: last - first + 1 }, (_, i) => lines?.lineText(first + i).trim() ?? ''),
    firstRow: first,
  };
}

function rows(lines: LineIndex, { start, end }: Span): readonly [number, number] {
  return [lines.lineOf(start), lines.lineOf(offset(Math.max(start, end - 1)))];
}

/** Why an issue belongs to no finding. */
function reason(issue: Issue, all: readonly JudgedPlace[]): string {
  const [place] = bestPlaces(issue, all)?.places ?? [];
  if (place !== undefined) {
    const { lookup, verdict } = place.judgement;
    return `the lookup in ${lookup.path}:${place.firstRow} is not reported here (verdict: ${verdict.kind})`;
  }
  if (!located(issue))
    return issue.model === null ? 'it names no code and no model' : `no lookup of ${issue.model}`;
  const { filename, function: name } = issue.frames.at(-1) ?? issue;
  return `no lookup in ${filename ?? 'its module'}${name === null ? '' : `, function ${name}`}`;
}
