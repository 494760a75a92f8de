export type {
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
  Site,
  Uniqueness,
  Verdict,
} from './verdict.ts';
export { Judge } from './judge.ts';
export { ORIGIN_ORDER } from './origins.ts';
