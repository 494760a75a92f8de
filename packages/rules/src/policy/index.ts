/** What rules are worded with: for plugins too. */
export { defectOf } from './defect.ts';
export { answeredHere, draftOf, escapes, type DraftParts, settled, unanswered } from './draft.ts';
export { asks } from './forms.ts';
export { labelsOf, type Remark } from './labels.ts';
export { rowOfModel, type Sighting, sightingOf, wayOut } from './observed.ts';
export { originFinding, type Sources } from './origin-rule.ts';
export { loweredSeverity } from './severity.ts';
export { code, entryWords, keyOf, rowOf, sourceOf } from './words.ts';
