import type { ClassInfo, FunctionInfo, Program } from '../project/index.ts';
import { parts } from '../project/index.ts';
import { type Expr, walkExpr } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import type { EntryPoints } from './entry.ts';

/**
 * Models whose row is written together with the row they hang on: a `post_save` receiver or the parent's own `save` creates
 * it. Reading their reverse one-to-one is fine.
 */
export class BornWith {
  readonly #graph: CallGraph;
  readonly #entries: EntryPoints;
  readonly #program: Program;
  readonly #known = new Map<ClassInfo, FunctionInfo | null>();

  constructor(graph: CallGraph, entries: EntryPoints) {
    this.#graph = graph;
    this.#entries = entries;
    this.#program = graph.program;
  }

  /** The function that creates a row of the model whenever its parent is saved; null when there is none. */
  creator(cls: ClassInfo): FunctionInfo | null {
    const known = this.#known.get(cls);
    if (known !== undefined) return known;
    this.#known.set(cls, null);
    const found = this.#find(cls);
    this.#known.set(cls, found);
    return found;
  }

  #find(cls: ClassInfo): FunctionInfo | null {
    const sites = [
      ...['get_or_create', 'create', 'update_or_create'].flatMap((name) => this.#graph.sites.calls(name)),
      ...this.#graph.sites.calls(cls.name),
    ];
    for (const { expr, place } of sites) {
      if (!this.#runsOnSave(place.fn)) continue;
      const target =
        expr.func.kind === 'Attribute' && expr.func.attr !== cls.name ? expr.func.value : expr.func;
      const hit = parts(this.#program.infer.expr(target, place.fn)).some((type) => {
        if (type.t === 'manager' || type.t === 'queryset') return type.rows.model.cls === cls;
        return type.t === 'model' && type.model.cls === cls;
      });
      if (hit) return place.fn;
    }
    return null;
  }

  /** Connected to `post_save`, by decorator or by `post_save.connect(...)`. */
  #afterSave(fn: FunctionInfo): boolean {
    const decorated = fn.def?.decorators.some(
      (decorator) =>
        decorator.kind === 'Call' &&
        decorator.args[0] !== undefined &&
        mentionsPostSave(decorator.args[0].value),
    );
    if (decorated === true) return true;
    return this.#graph.sites
      .references(fn.name)
      .some(({ argumentOf }) => argumentOf !== null && mentionsPostSave(argumentOf.func));
  }

  #runsOnSave(fn: FunctionInfo): boolean {
    if (this.#entries.of(fn) === 'receiver') return this.#afterSave(fn);
    if (!fn.isMethod || fn.cls === null) return false;
    const kind = this.#program.hierarchy.kind(fn.cls);
    return (kind === 'model' && fn.name === 'save') || (kind === 'manager' && /^_?create/.test(fn.name));
  }
}

function mentionsPostSave(expr: Expr): boolean {
  let found = false;
  walkExpr(expr, (part) => {
    const name = part.kind === 'Name' ? part.id : part.kind === 'Attribute' ? part.attr : '';
    if (/^(post_save|pre_save|user_signed_up|user_logged_in)$/.test(name)) found = true;
  });
  return found;
}
