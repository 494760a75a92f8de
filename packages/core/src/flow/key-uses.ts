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

  /**
   * A call that asks for rows of a model with the column's value as their key (`M.objects.get(id=x.m_id)`): one that reads it off a
   * row of its owner, else the first.
   */
  of(cls: ClassInfo, column: string, owner: ClassInfo | null = null): Site | null {
    const uses = usesOf(this.#program).of(column);
    const asks = ({ fn, call }: Use): boolean => this.#modelOf(call, fn) === cls;
    const use =
      (owner === null ? undefined : uses.find((one) => this.#readsOff(one, owner, column) && asks(one))) ??
      uses.find(asks);
    return use === undefined
      ? null
      : { path: use.fn.path, span: { start: use.call.start, end: use.call.end } };
  }

  /** The one model whose rows are asked for by a column that is read off rows of its owner; null where there is none. */
  target(owner: ClassInfo, column: string): ClassInfo | null {
    const models = usesOf(this.#program)
      .of(column)
      .filter((use) => this.#readsOff(use, owner, column))
      .map(({ fn, call }) => this.#modelOf(call, fn));
    const [first] = models;
    return first != null && models.every((model) => model === first) ? first : null;
  }

  /** The call is given `row.m_id` of a row of that very model. */
  #readsOff({ fn, call }: Use, owner: ClassInfo, column: string): boolean {
    let found = false;
    for (const { name, value } of call.args)
      if (name !== null && KEYS.has(name))
        walkExpr(value, (part) => {
          found ||=
            part.kind === 'Attribute' &&
            part.attr === column &&
            parts(this.#program.infer.expr(part.value, fn)).some(
              (type) => type.t === 'row' && type.model.cls === owner,
            );
        });
    return found;
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
