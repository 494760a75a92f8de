import { type Expr, type Stmt, stmtExprs, walkExpr } from '../syntax/index.ts';
import type { Binding } from './bindings.ts';
import type { Collector } from './collect.ts';
import { Env } from './env.ts';
import { merged } from './history.ts';

type Of<K extends Stmt['kind']> = Extract<Stmt, { kind: K }>;
type Body = readonly Stmt[];

/** One way through a statement: runs with an environment of its own. */
interface Branch {
  /** Where the branch starts in the text. */
  readonly from: number;
  readonly run: (env: Env) => void;
}

/**
 * Writes the history of every name that a scope binds more than once: which bindings each place may see, over branches, loops,
 * handlers and jumps. Loops are walked once: what a body binds anywhere may be seen by its next round, and behind the loop.
 */
export class NameFlow {
  readonly #collected: Collector;
  /** Names that are bound more than once. */
  readonly #several: ReadonlyMap<string, readonly Binding[]>;

  constructor(collected: Collector) {
    this.#collected = collected;
    const several = new Map<string, readonly Binding[]>();
    for (const [name, bindings] of collected.bindings) if (bindings.length > 1) several.set(name, bindings);
    this.#several = several;
  }

  run(params: object, body: Body): void {
    if (this.#several.size === 0) return;
    const env = new Env();
    this.#bind(params, -1, env);
    this.#block(body, env);
  }

  #set(env: Env, name: string, from: number, seen: readonly Binding[]): void {
    env.set(name, seen);
    this.#several.get(name)?.[0]?.history.log(from, seen);
  }

  /** Makes a node's bindings hold from an offset on. Names with one binding need no history. */
  #bind(node: object, from: number, env: Env): void {
    for (const binding of this.#collected.of(node)) {
      if (this.#several.has(binding.name)) this.#set(env, binding.name, from, [binding]);
    }
  }

  #block(body: Body, env: Env): void {
    for (const stmt of body) this.#stmt(stmt, env);
  }

  #stmt(stmt: Stmt, env: Env): void {
    switch (stmt.kind) {
      case 'If': {
        this.#exprs([stmt.test], env);
        const branch = (body: Body): Branch => ({
          from: body[0]?.start ?? stmt.end,
          run: (inner) => this.#block(body, inner),
        });
        return this.#join(stmt.end, env, this.#branches([branch(stmt.body), branch(stmt.orelse)], env));
      }
      case 'For':
      case 'While':
        return this.#loop(stmt, env);
      case 'Try':
        return this.#try(stmt, env);
      case 'With':
        return this.#with(stmt, env);
      case 'Match':
        return this.#match(stmt, env);
      default:
        if (this.#collected.hasWalrus) this.#exprs(stmtExprs(stmt), env);
        this.#bind(stmt, stmt.end, env);
        if (JUMPS.has(stmt.kind)) env.falls = false;
    }
  }

  /** The `:=` of expressions. */
  #exprs(exprs: readonly Expr[], env: Env): void {
    if (!this.#collected.hasWalrus) return;
    const found: Expr[] = [];
    for (const expr of exprs) {
      walkExpr(expr, (part) => {
        if (part.kind === 'NamedExpr') found.push(part);
      });
    }
    for (const expr of found.sort((a, b) => a.end - b.end)) this.#bind(expr, expr.end, env);
  }

  /** Runs branches of which one is taken, each from where `env` stands; gives their ends. */
  #branches(branches: readonly Branch[], env: Env): Env[] {
    const changed = new Set<string>();
    return branches.map(({ from, run }) => {
      const branch = new Env(env);
      for (const name of changed) this.#set(branch, name, from, env.get(name));
      run(branch);
      for (const name of branch.changedSince(env)) changed.add(name);
      return branch;
    });
  }

  /** After branches: `env` is what those that end normally leave behind. */
  #join(from: number, env: Env, ends: readonly Env[]): void {
    const alive = ends.filter((end) => end.falls);
    if (alive.length === 0) env.falls = false;
    const names = new Set(ends.flatMap((end) => [...end.changedSince(env)]));
    for (const name of names) {
      this.#set(env, name, from, merged((alive.length === 0 ? ends : alive).map((end) => end.get(name))));
    }
  }

  /** The bindings of this scope inside blocks, by name; only names with several. */
  #boundIn(...blocks: readonly Body[]): Map<string, Binding[]> {
    const out = new Map<string, Binding[]>();
    const [from, to] = [Math.min(...blocks.map(startOf)), Math.max(...blocks.map(endOf))];
    for (const [name, all] of this.#several) {
      const inside = all.filter(({ at }) => at.start >= from && at.end <= to);
      if (inside.length > 0) out.set(name, inside);
    }
    return out;
  }

  /** From an offset on each of these names may stand for any of these bindings, or for what it stood for. */
  #mayBind(bound: ReadonlyMap<string, readonly Binding[]>, from: number, env: Env): void {
    for (const [name, bindings] of bound) this.#set(env, name, from, merged([env.get(name), bindings]));
  }

  #loop(stmt: Of<'For' | 'While'>, env: Env): void {
    if (stmt.kind === 'For') this.#exprs([stmt.iter], env);
    const start = stmt.kind === 'For' ? stmt.iter.end : stmt.start;
    this.#mayBind(this.#boundIn([stmt]), start, env);
    const around = new Env(env);
    if (stmt.kind === 'While') this.#exprs([stmt.test], around);
    else this.#bind(stmt, start, around);
    this.#block(stmt.body, around);
    const after = stmt.orelse[0]?.start ?? stmt.end;
    for (const name of around.changedSince(env)) this.#set(env, name, after, env.get(name));
    const orelse = new Env(env);
    this.#block(stmt.orelse, orelse);
    orelse.falls = true;
    this.#join(stmt.end, env, [orelse, new Env(env)]);
  }

  #try(stmt: Of<'Try'>, env: Env): void {
    const bound = this.#boundIn(stmt.body);
    const body = new Env(env);
    this.#block(stmt.body, body);
    const changed = new Set(body.changedSince(env));
    const handlers = stmt.handlers.map(
      (handler): Branch => ({
        from: handler.start,
        run: (inner) => {
          this.#mayBind(bound, handler.start, inner);
          const before = handler.name === null ? [] : inner.get(handler.name);
          this.#bind(handler, handler.start, inner);
          this.#block(handler.body, inner);
          if (handler.name !== null && before.length > 0) inner.set(handler.name, before);
        },
      }),
    );
    const ends = this.#branches(handlers, env);
    for (const end of ends) for (const name of end.changedSince(env)) changed.add(name);
    const orelse = new Env(body);
    orelse.falls = body.falls;
    const [first] = stmt.orelse;
    if (first !== undefined) for (const name of changed) this.#set(orelse, name, first.start, body.get(name));
    this.#block(stmt.orelse, orelse);
    if (stmt.finalbody.length === 0) return this.#join(stmt.end, env, [orelse, ...ends]);
    this.#finally(stmt, env, [orelse, ...ends]);
  }

  /** `finally` runs after anything that happened; what follows it saw one of the normal ends. */
  #finally(stmt: Of<'Try'>, env: Env, ends: readonly Env[]): void {
    const from = startOf(stmt.finalbody);
    const inside = new Env(env);
    this.#mayBind(
      this.#boundIn(stmt.body, ...stmt.handlers.map(({ body }) => body), stmt.orelse),
      from,
      inside,
    );
    this.#block(stmt.finalbody, inside);
    const own = this.#boundIn(stmt.finalbody);
    this.#join(stmt.end, env, ends);
    for (const name of inside.changedSince(env)) {
      this.#set(env, name, stmt.end, own.has(name) ? inside.get(name) : env.get(name));
    }
    if (!inside.falls) env.falls = false;
  }

  /** The body of a `with` runs; only one that swallows exceptions may leave it half done. */
  #with(stmt: Of<'With'>, env: Env): void {
    for (const item of stmt.items) {
      this.#exprs([item.context], env);
      this.#bind(item, item.target?.end ?? item.context.end, env);
    }
    if (!stmt.items.some(({ context }) => suppresses(context))) return this.#block(stmt.body, env);
    const bound = this.#boundIn(stmt.body);
    this.#block(stmt.body, new Env(env));
    this.#mayBind(bound, stmt.end, env);
  }

  #match(stmt: Of<'Match'>, env: Env): void {
    this.#exprs([stmt.subject], env);
    const cases = stmt.cases.map(
      (item): Branch => ({
        from: item.start,
        run: (inner) => {
          this.#bind(item, item.binds.at(-1)?.end ?? item.start, inner);
          if (item.guard !== null) this.#exprs([item.guard], inner);
          this.#block(item.body, inner);
        },
      }),
    );
    const ends = this.#branches(cases, env);
    const complete = stmt.cases.some(({ irrefutable }) => irrefutable);
    this.#join(stmt.end, env, complete ? ends : [...ends, new Env(env)]);
  }
}

const JUMPS: ReadonlySet<Stmt['kind']> = new Set(['Return', 'Raise', 'Break', 'Continue']);

function startOf(body: Body): number {
  return body[0]?.start ?? Number.POSITIVE_INFINITY;
}

function endOf(body: Body): number {
  return body.at(-1)?.end ?? 0;
}

/** `contextlib.suppress(...)` and the like, by the name that is called. */
function suppresses(context: Expr): boolean {
  if (context.kind !== 'Call') return false;
  const { func } = context;
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  return /suppress|ignor/i.test(name);
}
