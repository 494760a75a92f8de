import {
  type CallSite,
  type ClassInfo,
  type Field,
  type ModelRef,
  parts,
  type Program,
} from '../project/index.ts';
import type { Call, Expr } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import { CleanUps } from './clean-ups.ts';
import { KeyUses } from './key-uses.ts';
import type { StaleReference, UncleanDelete } from './observation.ts';
import { family } from './key-types.ts';

const DELETES: ReadonlySet<string> = new Set(['delete', 'adelete']);
const CLEANS: ReadonlySet<string> = new Set(['update', 'aupdate', ...DELETES]);

/** A column, the model that has it, and the model whose ids it keeps. */
interface Kept {
  readonly cls: ClassInfo;
  readonly target: ClassInfo;
  readonly reference: Omit<StaleReference, 'use'>;
}

/** Knows which columns of the program keep the ids of a model without a constraint, and who empties them. */
export class StaleReferences {
  readonly #graph: CallGraph;
  readonly #program: Program;
  readonly #cleanUps: CleanUps;
  readonly #uses: KeyUses;
  #byModel: ReadonlyMap<string, readonly Kept[]> | null = null;
  #cleaned: ReadonlySet<string> | null = null;

  constructor(graph: CallGraph) {
    this.#graph = graph;
    this.#program = graph.program;
    this.#cleanUps = new CleanUps(graph.program);
    this.#uses = new KeyUses(graph.program);
  }

  /** A call that deletes rows which columns of other models go on naming; null for others. */
  at(site: CallSite): Pick<UncleanDelete, 'model' | 'deleted' | 'receiver' | 'references'> | null {
    const { func } = site.expr;
    if (func.kind !== 'Attribute' || !DELETES.has(func.attr) || site.expr.args.length > 0) return null;
    const types = parts(this.#program.infer.expr(func.value, site.place.fn));
    const [type] = types;
    if (types.length !== 1 || type === undefined || (type.t !== 'row' && type.t !== 'queryset')) return null;
    const model: ModelRef = type.t === 'row' ? type.model : type.rows.model;
    const cls = model.cls ?? this.#only(model.name);
    const kept = (cls === null ? [] : (this.#references.get(cls.key) ?? [])).filter(
      (one) => !this.#isCleaned(one),
    );
    if (kept.length === 0 || model.name === null || site.place.fn.cls === cls) return null;
    if (type.t === 'queryset' && type.rows.chain.some(({ method }) => method === '[:]')) return null;
    return {
      model: model.name,
      deleted: type.t === 'row' ? 'row' : 'rows',
      receiver: func.value,
      references: kept.map(({ cls: owner, target, reference }) => ({
        ...reference,
        use: this.#uses.of(target, reference.column, owner),
      })),
    };
  }

  get #references(): ReadonlyMap<string, readonly Kept[]> {
    if (this.#byModel !== null) return this.#byModel;
    const out = new Map<string, Kept[]>();
    for (const cls of this.#program.classes) {
      if (this.#program.hierarchy.kind(cls) !== 'model' || this.#program.models.meta(cls).abstract) continue;
      for (const field of this.#program.models.fields(cls).values()) {
        const target = this.#target(cls, field);
        if (target === null) continue;
        const reference = this.#reference(cls, field);
        out.set(target.key, [...(out.get(target.key) ?? []), { cls, target, reference }]);
      }
    }
    this.#byModel = out;
    return out;
  }

  #reference(cls: ClassInfo, field: Field): Kept['reference'] {
    const column = field.kind === 'plain' ? field.name : `${field.name}_id`;
    const at = field.owner.bodyScope.scope.bindings.get(field.name)?.at(-1)?.at ?? field.owner.def;
    return {
      path: field.owner.module.path,
      span: { start: at.start, end: at.end },
      model: cls.name,
      module: cls.module.name,
      column,
      nullable: field.null,
    };
  }

  /**
   * The model whose ids a column keeps while nothing in the database does: its rows go, the column stays. A bare column names the
   * model of its app that it spells; one of another app when rows of it are looked up by the column's value; and under any other
   * name the one whose rows are looked up by what is read off this model's rows.
   */
  #target(owner: ClassInfo, field: Field): ClassInfo | null {
    if (/HybridCloud/.test(field.declared)) return null;
    if (field.kind === 'fk' || field.kind === 'o2o')
      return !field.constrained && field.onDelete === 'DO_NOTHING' ? (field.target?.cls ?? null) : null;
    if (field.kind !== 'plain' || !field.name.endsWith('_id')) return null;
    const { models } = this.#program;
    const app = models.labels.appOf(owner);
    const named = models.byName.get(camelCase(field.name.slice(0, -3))) ?? [];
    const near = named.filter((cls) => models.labels.appOf(cls) === app);
    const candidates =
      near.length > 0 ? near : named.filter((cls) => this.#uses.of(cls, field.name) !== null);
    const [only, other] = candidates.length > 0 ? candidates : [this.#uses.target(owner, field.name)];
    if (only == null || other !== undefined || only === owner) return null;
    const key = [...models.fields(only).values()].find(({ primaryKey }) => primaryKey) ?? null;
    return likeKey(field) !== null && likeKey(field) === likeKey(key) ? only : null;
  }

  /** The one model of a name: imports with a star do not tell where it comes from. */
  #only(name: string | null): ClassInfo | null {
    const [only, other] = name === null ? [] : (this.#program.models.byName.get(name) ?? []);
    return other === undefined ? (only ?? null) : null;
  }

  /** True when some query of the program changes or deletes rows by that column, or code about deletion speaks of it. */
  #isCleaned({ cls, reference: { model, column } }: Kept): boolean {
    if (this.#cleanUps.reach(cls, column)) return true;
    this.#cleaned ??= this.#collectCleaned();
    const relation = column.replace(/_id$/, '');
    return [column, relation].some((name) => this.#cleaned?.has(`${model}.${name}`) === true);
  }

  #collectCleaned(): ReadonlySet<string> {
    const out = new Set<string>();
    for (const name of CLEANS)
      for (const { expr, place } of this.#graph.sites.calls(name)) {
        if (expr.func.kind !== 'Attribute') continue;
        for (const type of parts(this.#program.infer.expr(expr.func.value, place.fn)))
          if (type.t === 'queryset')
            for (const column of filteredBy(type.rows.chain.map(({ call }) => call)))
              out.add(`${type.rows.model.name ?? ''}.${column}`);
      }
    return out;
  }
}

function filteredBy(calls: readonly Call[]): readonly string[] {
  return calls.flatMap(({ args }) =>
    args.flatMap(({ name }) => (name === null ? [] : [name.replace(/__(?:in|exact|id|pk)$/, '')])),
  );
}

function camelCase(name: string): string {
  return name.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Fields of the project's own are taken for what their names say; a model that declares no key has a number. */
function likeKey(field: Field | null): string | null {
  if (field === null || /(?:Integer|Auto)Field$/.test(field.type)) return 'int';
  return family(field.type);
}

/** The id in `M.objects.filter(pk=<id>)` and nothing else; null for other receivers. */
export function idOfFilter(receiver: Expr): Expr | null {
  if (receiver.kind !== 'Call' || receiver.func.kind !== 'Attribute' || receiver.func.attr !== 'filter')
    return null;
  const [only, other] = receiver.args;
  if (only === undefined || other !== undefined || !/^(?:pk|id)$/.test(only.name ?? '')) return null;
  return receiver.func.value.kind === 'Attribute' ? only.value : null;
}
