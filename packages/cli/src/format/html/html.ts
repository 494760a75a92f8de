import type { Confidence, Severity } from '@danglint/core';
import type { Finding, FormatContext, Formatter } from '../finding.ts';
import { groupBy, isUrl, productionText, severityCounts } from '../text.ts';
import { escaped, fixPart, prose, stepCode } from './parts.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

const SEVERITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };
const CONFIDENCE: Readonly<Record<Confidence, number>> = { high: 0, medium: 1, low: 2 };

/** One page that needs nothing else: findings ranked, each with its path, its fix, and filters above. */
export const html: Formatter = (findings, context) => {
  const found =
    findings.length === 0
      ? 'All checks passed'
      : `Found ${severityCounts(findings.map(({ report }) => report))}`;
  const ranked = findings.toSorted(compareRank);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>danglint: ${found}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>danglint report</h1>
<p>${found}. What crashed most in production comes first, then by severity.</p>
<button id="theme" type="button" hidden>Theme</button>
</header>
${filters(findings)}
<main>
<ol class="findings" aria-label="Findings">
${ranked.map((finding, i) => `<li>${article(finding, i + 1)}</li>`).join('\n')}
</ol>
<p id="none" hidden>No finding fits the filter.</p>
${findings.length === 0 ? '<p>No lookup was found that dies when its row is gone.</p>' : ''}
</main>
${footer(context)}
<script>${SCRIPT}</script>
</body>
</html>
`;
};

/** What matters most first. */
function compareRank(a: Finding, b: Finding): number {
  return (
    (b.production?.events ?? 0) - (a.production?.events ?? 0) ||
    SEVERITY[a.report.severity] - SEVERITY[b.report.severity] ||
    CONFIDENCE[a.report.confidence] - CONFIDENCE[b.report.confidence]
  );
}

function filters(findings: readonly Finding[]): string {
  const severities = (['error', 'warning', 'info'] as const).map((severity) => {
    const n = findings.filter(({ report }) => report.severity === severity).length;
    return `<label><input type="checkbox" name="severity" value="${severity}" checked> ${severity} (${n})</label>`;
  });
  const rules = [...groupBy(findings, ({ report }) => report.code)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([code, list]) =>
        `<option value="${code}">${code} ${escaped(list[0]?.report.ruleId ?? '')} (${list.length})</option>`,
    );
  return `<div class="filters">
<form role="search" aria-label="Filter findings" hidden>
<label>Text <input type="search" name="text" placeholder="file, function, model" autocomplete="off"></label>
<label>Rule <select name="rule"><option value="">all (${findings.length})</option>${rules.join('')}</select></label>
<fieldset><legend>Severity</legend>${severities.join('')}</fieldset>
<button type="reset">Reset</button>
<output aria-live="polite"></output>
</form>
</div>`;
}

function article(finding: Finding, rank: number): string {
  const { report, place, labels, production, url } = finding;
  const { severity, code, ruleId, confidence, message, help } = report;
  const name = isUrl(url)
    ? `<a href="${escaped(url)}">${code} ${escaped(ruleId)}</a>`
    : `${code} ${escaped(ruleId)}`;
  const where = `${place.file.shown}:${place.start.row}:${place.start.column}`;
  const model = report.judgement?.lookup.model ?? null;
  const facts = [
    `<code>${escaped(where)}</code>`,
    ...(report.function === null ? [] : [`in <code>${escaped(report.function)}</code>`]),
    ...(model === null ? [] : [`model <code>${escaped(model)}</code>`]),
    name,
    `confidence ${confidence}`,
    ...(production === null
      ? []
      : [`<span class="production">${escaped(productionText(production))}</span>`]),
  ];
  const steps = [{ ...place, message: labels.length === 0 ? '' : 'the lookup' }, ...labels].map(
    (step) => `<li>${stepCode(step, step.file.path === place.file.path)}</li>`,
  );
  return `<article id="f${rank}" class="${severity}" data-rule="${code}" data-severity="${severity}" tabindex="-1" aria-labelledby="t${rank}">
<h2 id="t${rank}"><span class="badge">${severity}</span> ${code} ${prose(message)}</h2>
<p class="where">${facts.join(' · ')}</p>
<ol class="path" aria-label="Path of the exception">
${steps.join('\n')}
</ol>
${help === null ? '' : `<p class="help">${prose(help)}</p>`}
${fixPart(finding)}
</article>`;
}

function footer({ version, homepage }: FormatContext): string {
  const name = homepage === null ? 'danglint' : `<a href="${escaped(homepage)}">danglint</a>`;
  return `<footer><p>Made by ${name} ${escaped(version)}. Keys: <kbd>/</kbd> search, <kbd>j</kbd> and <kbd>k</kbd> next and previous finding, <kbd>Esc</kbd> clears the search.</p></footer>`;
}
