import {
  type Expr,
  type FunctionDef,
  opensScope,
  type Stmt,
  stmtExprs,
  walkExpr,
  walkStmts,
  wordsOf,
} from '@danglint/core';

/** `AlertRule` -> `alert_rule`; `row` where the model has no name. */
export function snakeCase(model: string | null): string {
  if (model === null) return 'row';
  const last = model.split('.').at(-1) ?? model;
  const words = wordsOf(last);
  return words.length === 0 ? last.toLowerCase() : words.join('_').toLowerCase();
}

/** `group` -> `groups`, `reply` -> `replies`, `address` -> `addresses`. */
export function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

const KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if import in is ' +
    'lambda nonlocal not or pass raise return try while with yield match case type print'
  ).split(' '),
);

/** Names of Python's own that a new variable had better not hide. */
const BUILTINS = new Set(
  (
    'abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr ' +
    'dict dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash help hex id input int ' +
    'isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property range ' +
    'repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip'
  ).split(' '),
);

/** The wanted name, or the first of `name_row`, `name_2`, `name_3`, ... that is neither a keyword, nor a builtin, nor taken. */
export function freshName(wanted: string, taken: ReadonlySet<string>): string {
  const free = (name: string): boolean => !taken.has(name) && !KEYWORDS.has(name) && !BUILTINS.has(name);
  if (free(wanted)) return wanted;
  if (free(`${wanted}_row`)) return `${wanted}_row`;
  let n = 2;
  while (!free(`${wanted}_${n}`)) n++;
  return `${wanted}_${n}`;
}

/** Every name that a function binds or reads, those of functions inside it included. */
export function usedNames(fn: FunctionDef): ReadonlySet<string> {
  const names = new Set<string>(boundNames(fn));
  walkStmts(fn.body, (stmt) => {
    for (const name of boundNames(stmt)) names.add(name);
    for (const expr of stmtExprs(stmt)) collectNames(expr, names);
  });
  return names;
}

function collectNames(expr: Expr, names: Set<string>): void {
  walkExpr(expr, (part) => {
    if (part.kind === 'Name') names.add(part.id);
    if (part.kind === 'Lambda') for (const param of part.params) names.add(param.name);
  });
}

/** The names that a statement itself binds, those of its expressions' targets included. */
export function boundNames(stmt: Stmt): readonly string[] {
  switch (stmt.kind) {
    case 'FunctionDef':
      return [stmt.name, ...stmt.params.map(({ name }) => name)];
    case 'ClassDef':
      return [stmt.name];
    case 'Import':
      return stmt.names.map(({ name, as }) => as ?? name.split('.', 1)[0] ?? name);
    case 'ImportFrom':
      return stmt.names.map(({ name, as }) => as ?? name);
    case 'Try':
      return stmt.handlers.flatMap(({ name }) => (name === null ? [] : [name]));
    case 'Match':
      return stmt.cases.flatMap(({ binds }) => binds.map(({ id }) => id));
    case 'Global':
    case 'Nonlocal':
      return stmt.names;
    case 'Assign':
      return stmt.targets.flatMap(targetNames);
    case 'AugAssign':
      return targetNames(stmt.target);
    case 'For':
      return targetNames(stmt.target);
    case 'With':
      return stmt.items.flatMap(({ target }) => (target === null ? [] : targetNames(target)));
    default:
      return [];
  }
}

/** The names that an assignment target binds. */
export function targetNames(target: Expr): readonly string[] {
  switch (target.kind) {
    case 'Name':
      return [target.id];
    case 'Tuple':
    case 'List':
      return target.elts.flatMap(targetNames);
    case 'Starred':
      return targetNames(target.value);
    default:
      return [];
  }
}

/** True when a function makes a name its own: a parameter, an assignment, an import inside it, a walrus. */
export function bindsName(fn: FunctionDef, name: string): boolean {
  if (fn.params.some((param) => param.name === name)) return true;
  let found = false;
  const visit = (stmt: Stmt): void => {
    const own = stmt.kind === 'FunctionDef' ? [stmt.name] : boundNames(stmt);
    found ||= stmt.kind !== 'Global' && stmt.kind !== 'Nonlocal' && own.includes(name);
    for (const expr of stmtExprs(stmt)) {
      walkExpr(expr, (part) => {
        found ||= part.kind === 'NamedExpr' && part.target.id === name;
      });
    }
  };
  walkStmts(fn.body, visit, (stmt) => !opensScope(stmt));
  return found;
}

/** The names that an expression reads. */
export function namesIn(expr: Expr): ReadonlySet<string> {
  const names = new Set<string>();
  collectNames(expr, names);
  return names;
}
