import type { FunctionInfo } from '../project/index.ts';
import type { Binding } from '../scope/index.ts';
import { type Call, type Expr, type Stmt, walkStmts } from '../syntax/index.ts';
import { lastName } from './site-table.ts';

/** One step into a container: a key, a place in a sequence, or any item (null). */
export type Step = string | number | null;

/** An expression, and the steps into it that lead to the value asked for. */
export interface Part {
  readonly expr: Expr;
  readonly path: readonly Step[];
}

/** The step that an index takes. */
export function stepOf(index: Expr): Step {
  if (index.kind !== 'Constant') return null;
  if (index.type === 'str') return index.value;
  return index.type === 'number' && /^\d+$/.test(index.value) ? Number(index.value) : null;
}

/** The parts of a display or comprehension that a path leads to. */
export function displayParts(expr: Expr, path: readonly Step[]): readonly Part[] {
  const [step = null, ...rest] = path;
  switch (expr.kind) {
    case 'Tuple':
    case 'List':
    case 'Set': {
      const at =
        typeof step === 'number' && !expr.elts.some((part) => part.kind === 'Starred')
          ? expr.elts[step]
          : undefined;
      const wanted = at === undefined ? expr.elts : [at];
      return wanted.map((part) =>
        part.kind === 'Starred' ? { expr: part.value, path } : { expr: part, path: rest },
      );
    }
    case 'Dict':
      return expr.entries.flatMap(({ key, value }): Part[] => {
        if (key === null) return [{ expr: value, path }];
        if (step === null)
          return [
            { expr: key, path: rest },
            { expr: value, path: rest },
          ];
        return stepOf(key) === step ? [{ expr: value, path: rest }] : [];
      });
    case 'ListComp':
    case 'SetComp':
    case 'GeneratorExp':
      return [{ expr: expr.element, path: rest }];
    case 'DictComp':
      return [
        ...(expr.value === null ? [] : [{ expr: expr.value, path: rest }]),
        ...(step === null ? [{ expr: expr.element, path: rest }] : []),
      ];
    default:
      return [];
  }
}

/** Calls that give the items of their first argument again. */
const SAME_ITEMS = new Set([
  'list',
  'tuple',
  'set',
  'sorted',
  'reversed',
  'iter',
  'frozenset',
  'deque',
  'dict',
  'OrderedDict',
  'chain',
  'copy',
  'deepcopy',
  'cast',
]);

/** Calls that give one item of their first argument. */
const ONE_ITEM = new Set(['next', 'max', 'min']);

/** Conversions of one value. */
const SCALARS = new Set([
  'int',
  'str',
  'UUID',
  'float',
  'abs',
  'force_str',
  'force_text',
  'smart_str',
  'unquote',
  'urlsafe_base64_decode',
  'len',
]);

/** The arguments that a well-known function of the language makes its result of; null for other functions. */
export function convertedParts(name: string, call: Call, path: readonly Step[]): readonly Part[] | null {
  const args = call.args.map((arg) => arg.value);
  const [first, second] = args;
  const [step, ...rest] = path;
  if (first === undefined) return SAME_ITEMS.has(name) ? [] : null;
  if (name === 'dict' || name === 'OrderedDict') {
    const named = call.args.filter(
      (arg) => arg.name !== null && (typeof step !== 'string' || arg.name === step),
    );
    return [
      ...named.map(({ value }) => ({ expr: value, path: rest })),
      ...call.args.filter((arg) => arg.name === null).map(({ value }) => ({ expr: value, path })),
    ];
  }
  if (name === 'cast') return second === undefined ? null : [{ expr: second, path }];
  if (SAME_ITEMS.has(name)) return [{ expr: first, path }];
  if (ONE_ITEM.has(name)) return [{ expr: first, path: [null, ...path] }];
  if (SCALARS.has(name)) return [{ expr: first, path: [] }];
  if (name === 'filter') return second === undefined ? null : [{ expr: second, path }];
  if (name === 'map') return second === undefined ? null : [{ expr: second, path: [null] }];
  if (name === 'enumerate') return rest[0] === 0 ? [] : [{ expr: first, path: [null, ...rest.slice(1)] }];
  if (name !== 'zip') return null;
  const at = typeof rest[0] === 'number' ? args[rest[0]] : undefined;
  return (at === undefined ? args : [at]).map((expr) => ({ expr, path: [null, ...rest.slice(1)] }));
}

/** What a method of a container gives: a part of the container. */
export function methodParts(call: Call, path: readonly Step[]): readonly Part[] {
  const { func, args } = call;
  if (func.kind !== 'Attribute') return [];
  const container = func.value;
  const first = args[0]?.value;
  if (container.kind === 'Constant') return args.map(({ value }) => ({ expr: value, path: [] }));
  if (/^(get|pop|getlist|setdefault)$/.test(func.attr))
    return [{ expr: container, path: [first === undefined ? null : stepOf(first), ...path] }];
  if (func.attr === 'items') return [{ expr: container, path: [null, ...path.slice(2)] }];
  if (/^(values|keys|copy|elements)$/.test(func.attr)) return [{ expr: container, path }];
  return [{ expr: container, path: [] }];
}

/** What statements of a function put into the container of a name: `x[key] = v`, `x.append(v)`, `x.update(...)`. */
function fillsOf(fn: FunctionInfo, name: string, path: readonly Step[]): readonly Part[] {
  const out: Part[] = [];
  const isName = (expr: Expr): boolean => expr.kind === 'Name' && expr.id === name;
  walkStmts(
    fn.body,
    (stmt) => out.push(...fills(stmt, isName, path)),
    (stmt) => stmt.kind !== 'FunctionDef' && stmt.kind !== 'ClassDef',
  );
  return out;
}

/** The same for what a name in an expression stands for; a statement that reads it for what it puts there is none of them. */
export function fillsBefore(
  fn: FunctionInfo,
  name: Extract<Expr, { kind: 'Name' }>,
  path: readonly Step[],
): readonly Part[] {
  return fillsOf(fn, name.id, path).filter(({ expr }) => name.start < expr.start || expr.end < name.end);
}

function fills(stmt: Stmt, isName: (expr: Expr) => boolean, path: readonly Step[]): Part[] {
  const [step = null, ...rest] = path;
  if (stmt.kind === 'AugAssign') {
    if (isName(stmt.target)) return [{ expr: stmt.value, path }];
    const counts = stmt.target.kind === 'Subscript' && isName(stmt.target.value) && step === null;
    return counts && stmt.target.kind === 'Subscript' ? [{ expr: stmt.target.index, path: rest }] : [];
  }
  if (stmt.kind === 'Assign') {
    const value = stmt.value;
    if (value === null) return [];
    return stmt.targets.flatMap((target) => {
      if (target.kind !== 'Subscript' || !isName(target.value)) return [];
      const key = stepOf(target.index);
      // Whoever goes through a dictionary of containers for plain values means its keys.
      if (step === null && rest.length === 0 && makesContainer(value))
        return [{ expr: target.index, path: [] }];
      return step === null || key === null || key === step ? [{ expr: value, path: rest }] : [];
    });
  }
  if (stmt.kind !== 'ExprStmt' || stmt.value.kind !== 'Call') return [];
  const { func, args } = stmt.value;
  if (func.kind !== 'Attribute') return [];
  const last = args.at(-1)?.value;
  if (last === undefined) return [];
  if (func.value.kind === 'Subscript' && isName(func.value.value))
    return /^(append|add)$/.test(func.attr) && typeof rest[0] !== 'string' && rest.length > 0
      ? [{ expr: last, path: rest.slice(1) }]
      : [];
  if (!isName(func.value)) return [];
  if (/^(append|add|appendleft|insert)$/.test(func.attr))
    return typeof step === 'string' ? [] : [{ expr: last, path: rest }];
  if (func.attr === 'setdefault') return [{ expr: last, path: rest }];
  if (!/^(extend|update|union)$/.test(func.attr)) return [];
  return args.flatMap(({ name, value }) =>
    name === null
      ? [{ expr: value, path }]
      : step === null || name === step
        ? [{ expr: value, path: rest }]
        : [],
  );
}

/** A name that is bound to a container which statements may fill. */
export function isContainer({ source }: Binding): boolean {
  return source.kind === 'assign' && source.value !== null && makesContainer(source.value);
}

/** True for a display, a comprehension, and calls like `dict()`. */
export function makesContainer(value: Expr): boolean {
  return (
    /^(List|Set|Dict|ListComp|SetComp|DictComp)$/.test(value.kind) ||
    (value.kind === 'Call' &&
      /^(list|set|dict|defaultdict|OrderedDict|deque|Counter)$/.test(lastName(value.func) ?? ''))
  );
}
