import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import { dottedName, type Expr, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import { onlyValue } from './only-value.ts';
import { isConnected } from './signals.ts';
import { testedAt } from './tested.ts';

/** Methods through which Django takes a row before it writes it: a new one is not in the table yet (django/db/models/base.py). */
const BEFORE_WRITE = /^(save|save_base|full_clean|clean|clean_fields|validate_unique|validate_constraints)$/;

/** What tells a new row from a stored one, but for the row's own columns. */
const FLAGS =
  /(^|_)(adding|creat(e|ed|ing)|new|insert(ed)?|updat(e|ed|ing)|exists|stored|saved|raw|change|db)(_|$)/;

/**
 * True for a row that may not be in the table yet: the one that a `pre_save` receiver is handed, `self` of a model that is about to
 * be written, and what `form.save(commit=False)` gave. A test of anything of the row before tells the new ones from the others;
 * one of a primary key that a default gives to new rows, too, tells nothing.
 */
export function isNotYetSaved(program: Program, owner: Expr, at: Expr, fn: FunctionInfo): boolean {
  if (owner.kind !== 'Name') return false;
  const { id } = owner;
  if (isKeptBack(owner, fn)) return !isSaved(id, at, fn);
  const isOwn = isBeingWritten(program, id, fn);
  if (!isOwn && !(isHanded(owner, fn) && isConnected(fn, /^pre_save$/))) return false;
  return !isTold(program, owner, at, fn) && !isSaved(isOwn ? null : id, at, fn);
}

/** True for `self` of a model that its own method is about to write, perhaps for the first time. */
export function isUnsavedSelf(program: Program, owner: Expr, at: Expr, fn: FunctionInfo): boolean {
  return (
    owner.kind === 'Name' && isBeingWritten(program, owner.id, fn) && isNotYetSaved(program, owner, at, fn)
  );
}

/** `self` of a model's own `save`, `clean` and the like. */
function isBeingWritten(
  { hierarchy }: Program,
  id: string,
  { cls, params, name, isMethod }: FunctionInfo,
): boolean {
  return (
    isMethod &&
    cls !== null &&
    params[0]?.name === id &&
    BEFORE_WRITE.test(name) &&
    hierarchy.kind(cls) === 'model'
  );
}

/** A parameter, or what `order = kwargs["instance"]` takes out of `**kwargs`. */
export function isHanded(owner: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo): boolean {
  if (fn.params.some(({ name }) => name === owner.id)) return true;
  const taken = onlyValue(owner, fn);
  const from =
    taken?.kind === 'Subscript'
      ? taken.value
      : taken?.kind === 'Call' && taken.func.kind === 'Attribute' && /^(get|pop)$/.test(taken.func.attr)
        ? taken.func.value
        : null;
  return from?.kind === 'Name' && fn.params.some(({ name, star }) => star === 2 && name === from.id);
}

/** `order = form.save(commit=False)` and nothing else under that name. */
function isKeptBack(owner: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo): boolean {
  const made = onlyValue(owner, fn);
  return (
    made?.kind === 'Call' &&
    made.args.some(
      ({ name, value }) => name === 'commit' && value.kind === 'Constant' && value.value === 'False',
    )
  );
}

/** A test before the place tells new rows from others. */
function isTold(
  program: Program,
  owner: Extract<Expr, { kind: 'Name' }>,
  at: Expr,
  fn: FunctionInfo,
): boolean {
  const keys = defaultKeys(program, owner, fn);
  const isOfRow = (part: Expr): boolean => {
    const name = dottedName(part) ?? '';
    if (name === owner.id) return keys.size === 0;
    return name.startsWith(`${owner.id}.`) && !keys.has(name.slice(owner.id.length + 1));
  };
  return testedAt(fn.body, at, isOfRow) !== null || isFlagTested(fn, at);
}

/** Names of the primary key, where new rows have one as well. */
function defaultKeys({ infer, models }: Program, owner: Expr, fn: FunctionInfo): ReadonlySet<string> {
  const keys = parts(infer.expr(owner, fn)).flatMap((type) => {
    const cls = type.t === 'row' ? type.model.cls : null;
    const key = cls === null ? null : models.field(cls, models.primaryKey(cls));
    return key?.default === true ? ['pk', key.name] : [];
  });
  return new Set(keys);
}

function isFlagTested(fn: FunctionInfo, at: Expr): boolean {
  let found = false;
  const look = (test: Expr): void =>
    walkExpr(test, (part) => {
      found ||= FLAGS.test(wordOf(part));
    });
  walkStmts(fn.body, (stmt) => {
    if (stmt.start > at.start) return;
    if (stmt.kind === 'If' || stmt.kind === 'While' || stmt.kind === 'Assert') look(stmt.test);
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind === 'IfExp') look(part.test);
        if (part.kind === 'BoolOp') look(part.left);
      });
  });
  return found;
}

function wordOf(part: Expr): string {
  if (part.kind === 'Name') return part.id;
  if (part.kind === 'Attribute') return part.attr;
  return part.kind === 'Constant' && part.type === 'str' ? part.value : '';
}

/** `super().save()` or `order.save()` stands before the place, on whatever way to it. */
function isSaved(id: string | null, at: Expr, fn: FunctionInfo): boolean {
  let saved = false;
  walkStmts(fn.body, (stmt) => {
    if (stmt.start > at.start) return;
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind !== 'Call' || part.end > at.start || part.func.kind !== 'Attribute') return;
        const { attr, value } = part.func;
        saved ||= /^(a?save|save_base)$/.test(attr) && (id === null || dottedName(value) === id);
      });
  });
  return saved;
}
