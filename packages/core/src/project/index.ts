export { argumentFor } from './arguments.ts';
export { functionSites, programCalls, sitesOf } from './call-index.ts';
export { isFirst } from './collect-sites.ts';
export { ClassInfo, Module } from './entities.ts';
export { FunctionInfo } from './function-info.ts';
export { definitionOf, memberDefinition } from './definition.ts';
export { type Field, isSoftReference } from './fields.ts';
export type { Base, ClassKind, Member } from './hierarchy.ts';
export { Inference } from './infer.ts';
export { rowsMember } from './infer-model.ts';
export { metaModel } from './infer-view.ts';
export type { ModelMeta } from './meta.ts';
export { PROPERTY } from './members.ts';
export { moduleMember } from './names.ts';
export { Models } from './models.ts';
export { moduleList, type NameIndex, nameIndex } from './name-index.ts';
export { perModule, push } from './per-module.ts';
export { perProgram } from './per-program.ts';
export { type PlaceMemo, placeMemo } from './place-memo.ts';
export { Program } from './program.ts';
export { takeBodies } from './take-bodies.ts';
export { givenTo, type Put, puts, registers, wholeTable } from './puts.ts';
export { accessor, type Reverse } from './reverse.ts';
export { type Shortcut, SHORTCUTS } from './shortcut.ts';
export { Work } from './work.ts';
export {
  type AttributeSite,
  type CallSite,
  type CodeSite,
  type Frame,
  type Place,
} from './sites.ts';
export {
  type ChainLink,
  mayBeNone,
  type ModelRef,
  NONE,
  parts,
  type Rows,
  type Type,
  UNKNOWN,
  union,
} from './types.ts';
export type { SetAttribute } from './request-attributes.ts';
