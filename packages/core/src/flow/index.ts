export type {
  BatchForm,
  Confidence,
  Defect,
  EntryKind,
  EntryPoint,
  FirstForm,
  Guard,
  Hazard,
  Hop,
  Host,
  Judgement,
  Lookup,
  LookupForm,
  Origin,
  OriginKind,
  RowHelper,
  Site,
  Uniqueness,
  Verdict,
} from './verdict.ts';
export { Judge } from './judge.ts';
export { freshKey } from './optional-names.ts';
export type {
  AbstractHandler,
  DeadHandler,
  Observation,
  OptionalRow,
  RowIndex,
  RowMap,
  StaleReference,
  TaskBeforeCommit,
  UncleanDelete,
} from './observation.ts';
export { ORIGIN_ORDER } from './origin-order.ts';
