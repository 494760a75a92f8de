export { diskHost } from './disk.ts';
export {
  type DiscoverFault,
  type Discovered,
  type DiscoverRequest,
  discover,
  leavesOut,
} from './discover.ts';
export { type Expectation, expectationsIn } from './expectations.ts';
export { globFault, matchesUpwards, type PathPattern, pathMatcher } from './globs.ts';
export type { FileHost, Progress, ReadResult, SessionOptions, WorkDone } from './options.ts';
export type { RuleFailure } from './rule-failures.ts';
export { Session } from './session.ts';
export type { NamedCode } from './directive.ts';
export { means, type RuleName } from './selector.ts';
export {
  type SuppressionMatch,
  parseSuppressions,
  type Suppression,
  suppressedBy,
} from './suppress.ts';
export { type UnusedIgnore, unknownCodes, unusedIgnores } from './suppress-unused.ts';
export { applySuppressions, type CommentedFile, type Suppressed, suppressionsOf } from './suppress-apply.ts';
export { ignoreEdits } from './suppress-add.ts';
export { compareReports } from './report-builder.ts';
export { type Shortcut, SHORTCUTS } from '../project/index.ts';
