export { findingOf, fixKey } from './apply/candidate.ts';
export { type FixOptions, fixAll } from './apply/fix-all.ts';
export type { AppliedFix, FixedFile, FixOutcome, SkippedFix } from './apply/outcome.ts';
export { singlePass } from './apply/single-pass.ts';
export { applyEdits, fixedText, resolveEdits } from './apply/text.ts';
export { type WriteResult, whyLeftAlone, writeFixes } from './apply/write.ts';
export { minimalEdits } from './diff/minimal.ts';
export { unifiedDiff, unifiedDiffBytes } from './diff/unified.ts';
export { recipes } from './recipes/index.ts';
