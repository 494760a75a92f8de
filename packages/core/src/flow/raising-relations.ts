import { accessor, isSoftReference, perProgram } from '../project/index.ts';

/** Names of attributes that some model of the program makes a raising descriptor: soft references, and the way back of one-to-ones. */
export const raisingRelations = perProgram((program): ReadonlySet<string> => {
  const out = new Set<string>();
  for (const cls of program.classes) {
    if (program.hierarchy.kind(cls) !== 'model') continue;
    for (const field of program.models.fields(cls).values()) {
      if ((field.kind === 'fk' || field.kind === 'o2o') && isSoftReference(field)) out.add(field.name);
      const back = field.kind === 'o2o' && field.target !== null ? accessor(program, cls, field) : null;
      if (back !== null) out.add(back);
    }
  }
  return out;
});
