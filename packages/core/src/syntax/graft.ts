import type { Expr } from './expr.ts';
import type { FunctionDef, Stmt } from './stmt.ts';
import { dottedName } from './chain.ts';

/** A function whose body is another one in a later parse of its file. */
export interface BodyChange {
  readonly before: FunctionDef;
  readonly after: FunctionDef;
}

/** How a later parse of a file differs from one before. */
export interface ModuleChange {
  readonly bodies: readonly BodyChange[];
  /** Imports at the top of the module that came or went, and names that stand alone there: half of an import. */
  readonly imports: readonly Stmt[];
}

/**
 * What differs between two parses of a file: bodies of functions, and imports in one place of the module. Null when anything else
 * does but positions: what other files see of this one may then be new.
 */
export function moduleChange(before: readonly Stmt[], after: readonly Stmt[]): ModuleChange | null {
  const bodies: BodyChange[] = [];
  const same = (one: Stmt | undefined, other: Stmt | undefined): boolean => {
    const known = bodies.length;
    const found = alike(one, other, bodies);
    if (!found) bodies.length = known;
    return found;
  };
  const { first, last } = common(before, after, same);
  const imports = [before, after].flatMap((body) => body.slice(first, body.length - last));
  return imports.every(isImport) ? { bodies, imports } : null;
}

function isImport(stmt: Stmt): boolean {
  if (stmt.kind === 'ExprStmt') return dottedName(stmt.value) !== null;
  return stmt.kind === 'Import' || (stmt.kind === 'ImportFrom' && stmt.module !== '__future__');
}

/** How many items at both ends of two lists are the same. */
function common<T>(
  before: readonly T[],
  after: readonly T[],
  same: (one: T | undefined, other: T | undefined) => boolean,
): { first: number; last: number } {
  const shared = Math.min(before.length, after.length);
  let first = 0;
  while (first < shared && same(before[first], after[first])) first++;
  let last = 0;
  while (last < shared - first && same(before.at(-1 - last), after.at(-1 - last))) last++;
  return { first, last };
}

/**
 * Gives a parse brought up to a later one from which it differs by `change` only. Statements that stayed keep their nodes and get
 * their new places, so that what is known by node stays known; the others are taken from the later parse.
 */
export function graft(
  before: readonly Stmt[],
  after: readonly Stmt[],
  { bodies, imports }: ModuleChange,
): readonly Stmt[] {
  const changes = new Map<object, BodyChange>(bodies.map((change) => [change.before, change]));
  if (imports.length > 0) {
    const gone = new Set(imports);
    const kept = before.filter((stmt) => !gone.has(stmt));
    const stayed = after.filter((stmt) => !gone.has(stmt));
    move(kept, stayed, changes);
    const nodes = new Map(stayed.map((stmt, i) => [stmt, kept[i] ?? stmt]));
    return after.map((stmt) => nodes.get(stmt) ?? stmt);
  }
  move(before, after, changes);
  return before;
}

/** True when two parts are the same code, wherever they stand. */
export function sameCode(before: Expr | null, after: Expr | null): boolean {
  return alike(before, after, null);
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isFunction(value: object): value is FunctionDef {
  return 'kind' in value && value.kind === 'FunctionDef';
}

const PLACE: ReadonlySet<string> = new Set(['start', 'end']);

/** Equal but for positions and the bodies of functions; those are put into `changes`, where that is given. */
function alike(before: unknown, after: unknown, changes: BodyChange[] | null): boolean {
  if (isList(before)) {
    return (
      isList(after) &&
      before.length === after.length &&
      before.every((item, i) => alike(item, after[i], changes))
    );
  }
  if (!isFields(before) || !isFields(after)) return before === after;
  const open = changes !== null && isFunction(before) && isFunction(after);
  const keys = Object.keys(before);
  if (keys.length !== Object.keys(after).length) return false;
  for (const key of keys) {
    if (PLACE.has(key) || (open && (key === 'body' || key === 'generator'))) continue;
    if (!(key in after) || !alike(before[key], after[key], changes)) return false;
  }
  if (open && !(before.generator === after.generator && alike(before.body, after.body, null)))
    changes.push({ before, after });
  return true;
}

function move(before: unknown, after: unknown, changes: ReadonlyMap<object, BodyChange>): void {
  if (isList(before) && isList(after)) {
    for (const [i, item] of before.entries()) move(item, after[i], changes);
    return;
  }
  if (!isFields(before) || !isFields(after)) return;
  const change = changes.get(before);
  for (const key of Object.keys(before))
    if (change === undefined || key !== 'body') move(before[key], after[key], changes);
  if ('start' in after) Object.assign(before, { start: after['start'], end: after['end'] });
  if (change === undefined) return;
  const { generator, body } = change.after;
  Object.assign(before, { generator, body: spliced(change.before.body, body) });
}

/** The later statements, those that stand alike at both ends with the nodes that they had. */
function spliced(before: readonly Stmt[], after: readonly Stmt[]): readonly Stmt[] {
  const { first, last } = common(before, after, (one, other) => alike(one, other, null));
  const kept = (old: Stmt | undefined, stmt: Stmt): Stmt => {
    if (old === undefined) return stmt;
    move(old, stmt, new Map());
    return old;
  };
  return after.map((stmt, i) => {
    const fromEnd = after.length - i;
    return kept(i < first ? before[i] : fromEnd <= last ? before.at(-fromEnd) : undefined, stmt);
  });
}
