import type { RuleMeta } from '@danglint/core';
import type { Finding, FixSummary } from '../harness/analysis.ts';
import { messageFault } from '../harness/convention.ts';

/** What any finding of a rule must keep to, whatever the case says: message style, and the promises of its meta. */
export function conductProblems(findings: readonly Finding[], metas: readonly RuleMeta[]): readonly string[] {
  return findings.flatMap((finding) => {
    const meta = metas.find(({ id }) => id === finding.ruleId);
    const fault = messageFault(finding.message);
    return [
      ...(fault === null ? [] : [`[${finding.ruleId}] the message ${fault}: ${finding.message}`]),
      ...(meta === undefined ? [] : promiseProblems(finding, meta)),
      ...finding.fixes.flatMap(fixProblems),
    ];
  });
}

function promiseProblems({ fixes, refusals }: Finding, { id, fix }: RuleMeta): string[] {
  if (fix === 'none' && fixes.length > 0) return [`[${id}] has a fix, but its meta says \`none\``];
  if (fix === 'always' && fixes.length === 0) {
    return [`[${id}] has no fix, but its meta says \`always\`: ${refusals.join('; ')}`];
  }
  return [];
}

function fixProblems({ title, recipe, applicability, why }: FixSummary): string[] {
  const problems: string[] = [];
  if (title.trim() === '') problems.push(`the fix of ${recipe} has no title`);
  if (applicability === 'safe' && why !== null)
    problems.push(`the safe fix of ${recipe} excuses itself: ${why}`);
  if (applicability !== 'safe' && (why === null || why.trim() === '')) {
    problems.push(`the ${applicability} fix of ${recipe} does not say why`);
  }
  return problems;
}
