import {
  type ClassInfo,
  type FunctionInfo,
  NameIndex,
  parts,
  perModule,
  type Program,
  push,
} from '../project/index.ts';
import { eachExpr, type Expr, opensScope, walkExpr, walkStmts } from '../syntax/index.ts';

/** Methods that take rows, or what they say, away. */
const WRITES = /^a?(delete|update|save|bulk_update|clear|set)$|^_raw_delete$/;

/** Names of code whose business is deletion, however it does it. */
const ABOUT_DELETION = /delet|clean|purg|cascad|remov|orphan|prune/i;

/** Functions that mend a column when the row that it names is deleted: in signal receivers, tasks, `delete` methods, anywhere. */
export class CleanUps {
  readonly #program: Program;
  #mentions: NameIndex<FunctionInfo> | null = null;

  constructor(program: Program) {
    this.#program = program;
  }

  /** True when some function speaks of the column and its model, and writes or is about deletion. */
  reach(cls: ClassInfo, column: string): boolean {
    this.#mentions ??= new NameIndex(this.#program.modules.map(mentionsOf));
    const short = column.replace(/_id$/, '');
    const functions = [...this.#mentions.of(column), ...this.#mentions.of(short)];
    return functions.some((fn) => isAbout(fn) && this.#speaksOf(fn, cls));
  }

  #speaksOf(fn: FunctionInfo, cls: ClassInfo): boolean {
    if (fn.cls === cls) return true;
    let found = false;
    everyExpr(fn, (expr) => {
      if (found || (expr.kind !== 'Name' && expr.kind !== 'Attribute')) return;
      const symbol = this.#program.symbols.of(expr, fn);
      found =
        symbol?.kind === 'class'
          ? symbol.cls === cls
          : parts(this.#program.infer.expr(expr, fn)).some(
              (type) => (type.t === 'manager' || type.t === 'queryset') && type.rows.model.cls === cls,
            );
    });
    return found;
  }
}

/** The functions of a module by the columns that they name in keywords, dictionary keys and texts: `filter(environment_id__in=...)`. */
const mentionsOf = perModule((module): ReadonlyMap<string, readonly FunctionInfo[]> => {
  const out = new Map<string, FunctionInfo[]>();
  for (const fn of module.functions) for (const name of columnsIn(fn)) push(out, name, fn);
  return out;
});

/** It writes rows, or its name says that it is about deletion. */
function isAbout(fn: FunctionInfo): boolean {
  if (ABOUT_DELETION.test(fn.qualname)) return true;
  let writes = false;
  everyExpr(fn, (expr) => {
    if (expr.kind === 'Call' && expr.func.kind === 'Attribute' && WRITES.test(expr.func.attr)) writes = true;
  });
  return writes;
}

function columnsIn(fn: FunctionInfo): ReadonlySet<string> {
  const out = new Set<string>();
  everyExpr(fn, (expr) => {
    if (expr.kind === 'Call')
      for (const { name } of expr.args) if (name !== null) out.add(name.split('__', 1)[0] ?? name);
    if (expr.kind === 'Constant' && expr.type === 'str' && /^\w{1,80}$/.test(expr.value))
      out.add(expr.value.split('__', 1)[0] ?? expr.value);
  });
  return out;
}

/** Every expression of a function's own body. */
function everyExpr(fn: FunctionInfo, visit: (expr: Expr) => void): void {
  const below = (expr: Expr): void => walkExpr(expr, visit);
  walkStmts(
    fn.body,
    (stmt) => eachExpr(stmt, below),
    (stmt) => !opensScope(stmt),
  );
}
