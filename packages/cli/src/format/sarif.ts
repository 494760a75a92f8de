import { createHash } from 'node:crypto';
import type { LineIndex, RuleMeta, Span } from '@danglint/core';
import type { FileChange, FileView, Finding, FormatContext, Formatter, Place } from './finding.ts';
import { findingKey } from './fingerprint.ts';
import { isUrl } from './text.ts';

type Json = Readonly<Record<string, unknown>>;

const LEVEL = { error: 'error', warning: 'warning', info: 'note' } as const;
/** The lowest first. */
const CONFIDENCES = ['low', 'medium', 'high'] as const;
const PRECISION = { high: 'high', medium: 'medium', low: 'low' } as const;

/** SARIF 2.1.0 for code scanning: the exception's path as a code flow, fixes, and fingerprints under a key of our own. */
export const sarif: Formatter = (findings, context) => {
  const rules = context.rules.filter(({ code }) => findings.some(({ report }) => report.code === code));
  const run = {
    tool: { driver: driver(rules, findings, context) },
    columnKind: 'unicodeCodePoints',
    results: findings.map((finding) => result(finding, rules)),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
};

function driver(
  rules: readonly RuleMeta[],
  findings: readonly Finding[],
  { version, homepage, page }: FormatContext,
): Json {
  return {
    name: 'danglint',
    version,
    ...(homepage === null ? {} : { informationUri: homepage }),
    rules: rules.map((rule) => ({
      id: rule.code,
      name: rule.id,
      shortDescription: { text: rule.summary },
      ...(isUrl(rule.docs) ? { helpUri: rule.docs } : {}),
      help: {
        text: `${rule.summary}; \`danglint rule ${rule.code}\` explains it`,
        markdown: [
          isUrl(rule.docs) ? `${rule.summary}. [Documentation](${rule.docs})` : rule.summary,
          ...[page(rule.id)].flatMap((text) => (text === null ? [] : [unlinked(text)])),
        ].join('\n\n'),
      },
      defaultConfiguration: { level: LEVEL[rule.severity] },
      properties: { precision: precision(rule, findings) },
    })),
  };
}

/** A page whose links lead to files that stand beside it only. */
function unlinked(page: string): string {
  return page.replaceAll(/\[([^\]]*)\]\((?!https?:)[^)]*\)/g, '$1');
}

/** How sure danglint is of most of a rule's findings: it depends on the code, not on the rule. Of two equally frequent answers the lower. */
function precision({ code }: RuleMeta, findings: readonly Finding[]): string {
  const own = findings.filter(({ report }) => report.code === code);
  const counts = CONFIDENCES.map((confidence) => ({
    confidence,
    count: own.filter(({ report }) => report.confidence === confidence).length,
  }));
  const [most] = counts.toSorted((a, b) => b.count - a.count);
  return PRECISION[most?.confidence ?? 'high'];
}

function result(finding: Finding, rules: readonly RuleMeta[]): Json {
  const { report, place, labels } = finding;
  const index = rules.findIndex(({ code }) => code === report.code);
  const key = createHash('sha256').update(findingKey(finding)).digest('hex').slice(0, 32);
  return {
    ruleId: report.code,
    ...(index < 0 ? {} : { ruleIndex: index }),
    level: LEVEL[report.severity],
    message: { text: report.help === null ? report.message : `${report.message}\n${report.help}` },
    locations: [location(place)],
    partialFingerprints: { 'danglint/v1': key },
    properties: { precision: PRECISION[report.confidence] },
    ...(finding.suppressed === null ? {} : { suppressions: [suppression(finding.suppressed)] }),
    ...(labels.length === 0 ? {} : { codeFlows: [codeFlow(finding)] }),
    ...(finding.fix === null ? {} : { fixes: [fix(finding.fix.fix.title, finding.fix.changes)] }),
  };
}

/**
 * Only what `--ignore-noqa` shows has one: GitHub does not read them, and would show what comments keep quiet as open alerts
 * (github/codeql-action#1230).
 */
function suppression(reason: string): Json {
  return reason === '' ? { kind: 'inSource' } : { kind: 'inSource', justification: reason };
}

/** The lookup first, then each step of the exception's way. */
function codeFlow({ place, labels, report }: Finding): Json {
  const steps = [
    { at: place, text: report.message },
    ...labels.map((label) => ({ at: label, text: label.message })),
  ];
  const locations = steps.map(({ at, text }) => ({ location: { ...location(at), message: { text } } }));
  return { threadFlows: [{ locations }] };
}

function location({ file, start, end }: Place): Json {
  const region = { startLine: start.row, startColumn: start.column, endLine: end.row, endColumn: end.column };
  return { physicalLocation: { artifactLocation: artifact(file), region } };
}

function artifact({ inRepository, absolute }: FileView): Json {
  const uri = encodeURI(inRepository).replaceAll('#', '%23').replaceAll('?', '%3F');
  return inRepository === absolute
    ? { uri: `file://${uri.startsWith('/') ? '' : '/'}${uri}` }
    : { uri, uriBaseId: '%SRCROOT%' };
}

function fix(title: string, changes: readonly FileChange[]): Json {
  return {
    description: { text: title },
    artifactChanges: changes.flatMap(({ file, edits }) => {
      const { lines } = file;
      if (lines === null || edits.length === 0) return [];
      const replacements = edits.map((edit) => ({
        deletedRegion: region(edit, lines),
        insertedContent: { text: edit.text },
      }));
      return [{ artifactLocation: artifact(file), replacements }];
    }),
  };
}

function region(span: Span, lines: LineIndex): Json {
  const start = lines.location(span.start);
  const end = lines.location(span.end);
  return { startLine: start.row, startColumn: start.column, endLine: end.row, endColumn: end.column };
}
