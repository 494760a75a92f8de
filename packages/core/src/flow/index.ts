export type { BatchForm, FirstForm, RowHelper, Uniqueness } from './fix-facts.ts';
export type {
  Confidence,
  Defect,
  EntryKind,
  EntryPoint,
  Guard,
  Hazard,
  Hop,
  MissedBy,
  Host,
  Judgement,
  Lookup,
  LookupForm,
  Origin,
  OriginKind,
  Site,
  Verdict,
} from './verdict.ts';
export { Judge } from './judge.ts';
export { freshKey } from './optional-names.ts';
export type { OpenTransaction } from './open-transaction.ts';
export { inWords, wordsOf } from './row-label.ts';
export type {
  AbstractHandler,
  DeadHandler,
  Observation,
  OptionalRow,
  RaisedMiss,
  RowIndex,
  RowMap,
  ServiceItem,
  StaleReference,
  TaskBeforeCommit,
  UncleanDelete,
} from './observation.ts';
export { ORIGIN_ORDER } from './origin-order.ts';
