import type { Defect, Judgement } from '@danglint/core';

type Of<Kind extends Defect['kind']> = Extract<Defect, { readonly kind: Kind }>;

/** The first defect of a kind around a lookup; null when there is none. */
export function defectOf<Kind extends Defect['kind']>(judgement: Judgement, kind: Kind): Of<Kind> | null {
  return judgement.defects.find((defect): defect is Of<Kind> => defect.kind === kind) ?? null;
}
