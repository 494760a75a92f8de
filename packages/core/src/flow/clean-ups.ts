import {
  type ClassInfo,
  type FunctionInfo,
  nameIndex,
  type Program,
  push,
  sitesOf,
} from '../project/index.ts';
import { type Expr, walkOwnExprs } from '../syntax/index.ts';

/** Methods that take rows, or what they say, away. */
const WRITES = /^a?(delete|update|save|bulk_update|clear|set)$|^_raw_delete$/;

/** Names of code whose business is deletion, however it does it. */
const ABOUT_DELETION = /delet|clean|purg|cascad|remov|orphan|prune/i;

/** What the own body of a function says. */
class Words {
  readonly fn: FunctionInfo;
  #names: ReadonlyMap<string, Expr> | null = null;

  constructor(fn: FunctionInfo) {
    this.fn = fn;
  }

  /** The first place of each name. */
  get names(): ReadonlyMap<string, Expr> {
    this.#names ??= namesIn(this.fn);
    return this.#names;
  }
}

/** The functions of a module that write, by the columns that they name in keywords, dictionary keys and texts: `filter(environment_id__in=...)`. */
const mentionsOf = nameIndex((module): ReadonlyMap<string, readonly Words[]> => {
  const out = new Map<string, Words[]>();
  for (const fn of module.functions) {
    if (!writes(fn)) continue;
    const words = new Words(fn);
    for (const name of columnsIn(fn)) push(out, name, words);
  }
  return out;
});

/** It writes rows, or its name says that it is about deletion. */
function writes(fn: FunctionInfo): boolean {
  if (ABOUT_DELETION.test(fn.qualname)) return true;
  const sites = sitesOf(fn);
  return sites.some(
    (site) => site.kind === 'call' && site.expr.func.kind === 'Attribute' && WRITES.test(site.expr.func.attr),
  );
}

/** Functions that mend a column when the row that it names is deleted: in signal receivers, tasks, `delete` methods, anywhere. */
export class CleanUps {
  readonly #program: Program;

  constructor(program: Program) {
    this.#program = program;
  }

  /** True when some function speaks of the column and its model, and writes or is about deletion. */
  reach(cls: ClassInfo, column: string): boolean {
    const mentions = mentionsOf(this.#program);
    const short = column.replace(/_id$/, '');
    const all = [...mentions.of(column), ...mentions.of(short)];
    return all.some((words) => this.#speaksOf(words, cls));
  }

  #speaksOf({ fn, names }: Words, cls: ClassInfo): boolean {
    if (fn.cls === cls) return true;
    const named = names.get(cls.name);
    if (named !== undefined) {
      const symbol = this.#program.symbols.of(named, fn);
      return symbol?.kind === 'class' && symbol.cls === cls;
    }
    const ownModel = fn.cls === null ? null : this.#program.hierarchy.kind(fn.cls);
    return (
      (ownModel === 'manager' || ownModel === 'queryset') &&
      fn.cls !== null &&
      this.#program.models.ofManager(fn.cls).cls === cls
    );
  }
}

function columnsIn(fn: FunctionInfo): ReadonlySet<string> {
  const columns = new Set<string>();
  const add = (name: string): unknown => columns.add(name.split('__', 1)[0] ?? name);
  walkOwnExprs(fn.body, (expr) => {
    if (expr.kind === 'Call') {
      for (const { name } of expr.args) if (name !== null) add(name);
    } else if (expr.kind === 'Constant' && expr.type === 'str' && /^\w{1,80}$/.test(expr.value))
      add(expr.value);
  });
  return columns;
}

function namesIn(fn: FunctionInfo): ReadonlyMap<string, Expr> {
  const names = new Map<string, Expr>();
  walkOwnExprs(fn.body, (expr) => {
    if (expr.kind === 'Name' && !names.has(expr.id)) names.set(expr.id, expr);
    else if (expr.kind === 'Attribute' && !names.has(expr.attr)) names.set(expr.attr, expr);
  });
  return names;
}
