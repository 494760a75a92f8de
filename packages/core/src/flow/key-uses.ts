import {
  type ClassInfo,
  type FunctionInfo,
  nameIndex,
  parts,
  type Program,
  push,
  sitesOf,
} from '../project/index.ts';
import { type Call, walkExpr } from '../syntax/index.ts';
import type { Site } from './verdict.ts';

interface Use {
  readonly fn: FunctionInfo;
  readonly call: Call;
}

/** Places that look rows up by the value of a column: they prove that a bare number is the key of another row. */
export class KeyUses {
  readonly #program: Program;

  constructor(program: Program) {
    this.#program = program;
  }

  /** The first call that asks for rows of a model with the column's value as their key: `M.objects.get(id=x.m_id)`. */
  of(cls: ClassInfo, column: string): Site | null {
    const use = usesOf(this.#program)
      .of(column)
      .find(({ fn, call }) => this.#modelOf(call, fn) === cls);
    return use === undefined
      ? null
      : { path: use.fn.path, span: { start: use.call.start, end: use.call.end } };
  }

  #modelOf({ func }: Call, fn: FunctionInfo): ClassInfo | null {
    if (func.kind !== 'Attribute') return null;
    const models = parts(this.#program.infer.expr(func.value, fn)).map((type) =>
      type.t === 'manager' || type.t === 'queryset' ? type.rows.model.cls : null,
    );
    return models[0] ?? null;
  }
}

/** The calls of a module by the columns whose values they give to `id` or `pk`. */
const usesOf = nameIndex((module): ReadonlyMap<string, readonly Use[]> => {
  const out = new Map<string, Use[]>();
  for (const fn of module.functions) {
    for (const site of sitesOf(fn))
      if (site.kind === 'call')
        for (const column of columnsOf(site.expr)) push(out, column, { fn, call: site.expr });
  }
  return out;
});

const KEYS: ReadonlySet<string> = new Set(['id', 'pk', 'id__in', 'pk__in']);

/** Columns whose values a call gives to `id` or `pk`. */
function columnsOf({ args }: Call): Iterable<string> {
  if (args.length === 0) return [];
  let out: Set<string> | null = null;
  for (const { name, value } of args) {
    if (name === null || !KEYS.has(name)) continue;
    walkExpr(value, (part) => {
      const word =
        part.kind === 'Attribute'
          ? part.attr
          : part.kind === 'Name'
            ? part.id
            : part.kind === 'Constant' && part.type === 'str'
              ? part.value
              : '';
      if (word.endsWith('_id')) (out ??= new Set()).add(word);
    });
  }
  return out ?? [];
}
