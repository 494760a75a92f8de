import {
  type ClassInfo,
  type FunctionInfo,
  metaModel,
  perProgram,
  type Program,
  push,
} from '../project/index.ts';
import { childExprs } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';

/**
 * True where nothing but a `ModelSerializer` reads a property: it leaves out a field whose property raises an `AttributeError`.
 * Source: `Field.get_attribute` of Django REST framework, read-only fields.
 */
export function isLeftOut(graph: CallGraph, fn: FunctionInfo, error: string): boolean {
  if (error !== 'builtins.AttributeError' || fn.cls === null || !graph.isProperty(fn)) return false;
  const { hierarchy } = graph.program;
  const isShown = (serialized(graph.program).get(fn.name) ?? []).some((model) =>
    hierarchy.mro(model).some((base) => base === fn.cls),
  );
  return isShown && graph.callers(fn).length === 0;
}

/** Models by the names in `fields` of the serializers that are made of them. */
const serialized = perProgram((program): ReadonlyMap<string, readonly ClassInfo[]> => {
  const out = new Map<string, ClassInfo[]>();
  for (const cls of program.classes) {
    const model = serializes(program, cls) ? (metaModel(program.infer, cls)?.cls ?? null) : null;
    if (model !== null) for (const name of fieldsOf(program, cls)) push(out, name, model);
  }
  return out;
});

function serializes({ hierarchy }: Program, cls: ClassInfo): boolean {
  return hierarchy.externalBases(cls).some((name) => /(^|\.)(\w*ModelSerializer)$/.test(name));
}

function fieldsOf(program: Program, cls: ClassInfo): readonly string[] {
  const source = program.hierarchy.member(cls, 'Meta')?.bindings.at(-1)?.source;
  const meta = source?.kind === 'class' ? program.classInfo(source.def) : null;
  const given = meta === null ? null : program.hierarchy.member(meta, 'fields')?.bindings.at(-1)?.source;
  return given?.kind === 'assign' && given.value !== null
    ? childExprs(given.value).flatMap((part) =>
        part.kind === 'Constant' && part.type === 'str' ? [part.value] : [],
      )
    : [];
}
