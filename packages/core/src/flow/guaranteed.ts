import { WRITE_METHODS } from '../django/index.ts';
import { type FunctionInfo, type ModelRef, parts, type Program, type Rows } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { dottedName, type Expr, type Stmt, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import { afterSeveral } from './after-several.ts';
import { askedBack } from './asked-back.ts';
import { askedRelation } from './asked-relation.ts';
import { type ExceptionRef, resolveExceptions } from './exceptions.ts';
import type { FoundLookup } from './find-lookups.ts';
import { hidesRows } from './hidden-rows.ts';
import { justMade } from './just-made.ts';
import { constrainedParent, liveRow, sameModel } from './live-rows.ts';
import { madeAlike } from './made-alike.ts';
import { setBefore } from './ran-before.ts';
import { ownColumns } from './own-columns.ts';
import { savedRow } from './saved-row.ts';
import { lastName } from './site-table.ts';
import { viewRow } from './view-row.ts';
import type { Guard } from './verdict.ts';

/** Why the row of a lookup cannot be missing when the lookup runs; null when nothing proves it. */
export function guarantee(
  program: Program,
  lookup: FoundLookup,
  plainKey: Expr | null,
  written: Expr | null,
): Guard | null {
  const { fn } = lookup.place;
  const anyKey = (written?.kind === 'Attribute' ? setBefore(fn, written) : null) ?? written;
  const key = plainKey === null ? null : anyKey;
  const at = (kind: Guard['kind'], detail: string): Guard => ({
    kind,
    path: fn.path,
    span: lookup.expr,
    detail,
  });
  if (afterIntegrityError(program, lookup))
    return at('insert-or-fetch', 'fetches the row that made the insert fail');
  if (afterSeveral(program, lookup)) return at('loaded', 'several rows were found just before');
  if (fn.name.endsWith('natural_key') || isFrameworkRow(lookup))
    return at(
      'natural-key',
      'natural keys are resolved by the serialisation framework, which handles the miss',
    );
  if (lookup.form === 'relation' || lookup.form === 'reverse-one-to-one')
    return askedRelation(program, lookup);
  const made =
    justMade(program, lookup, anyKey, key !== null) ??
    (hidesRows(program, lookup.rows) ? null : madeAlike(program, lookup));
  if (made !== null) return at('created', made);
  const column = key === null ? requestUserColumn(program, written, lookup) : null;
  if (column !== null) return at('request-user', `\`${column}\` is the row that authentication loaded`);
  if (key !== null && !(isElsewhere(lookup.rows) && requestUserName(key) !== null)) {
    const user = requestUser(program, key, lookup);
    if (user !== null) return at('request-user', `\`${user}\` is the row that authentication loaded`);
    const live = liveRow(program, key, lookup);
    if (live !== null) return at(live.created ? 'created' : 'loaded', `\`${live.name}\` is a row at hand`);
    const saved = savedRow(program, key, lookup.model, fn);
    if (saved !== null) return at('created', `\`${saved}\` saved the row just before`);
  }
  const again = viewRow(lookup, anyKey);
  if (again !== null) return at('loaded', `\`${again}\` is a row of the view's own, at hand`);
  const read = key === null ? null : relationOf(key, lookup);
  if (read !== null) return at('loaded', `\`${read}\` was read for its model, and is a row at hand`);
  const own = ownColumns(program, lookup);
  if (own !== null) return at('loaded', `\`${own}\` is a row at hand, and has what is asked for`);
  const back = hidesRows(program, lookup.rows) ? null : askedBack(program, lookup, written);
  if (back !== null) return at('constrained-parent', `\`${back}\` is a row at hand, and leads back to it`);
  const parent = anyKey === null ? null : constrainedBehind(program, anyKey, lookup);
  return parent === null
    ? null
    : at('constrained-parent', `\`${parent}\` is a foreign key with a constraint, of a row at hand`);
}

/** `self.target._meta.model.objects.get(pk=self.target_id)`: the relation that the key belongs to was read to find the model. */
function relationOf(key: Expr, { expr, form }: FoundLookup): string | null {
  const name = /^(.+)_id$/.exec(dottedName(key) ?? '')?.[1];
  if (name === undefined || form !== 'get' || expr.kind !== 'Call') return null;
  let found = false;
  walkExpr(expr.func, (part) => {
    found ||= part.kind === 'Attribute' && dottedName(part) === name;
  });
  return found ? name : null;
}

/** Content types and permissions: the framework writes them, and names them by their natural keys. */
function isFrameworkRow({ method, model }: FoundLookup): boolean {
  return method.endsWith('natural_key') && /^(ContentType|Permission)$/.test(model.name ?? '');
}

/** The constrained column that a lookup by what the column points at reads its key from. */
export function constrainedBehind(program: Program, key: Expr, lookup: FoundLookup): string | null {
  return hidesRows(program, lookup.rows)
    ? null
    : constrainedParent(program, columnOf(key, lookup.place.fn) ?? key, lookup, dottedName(key));
}

/** Exceptions of a write that a row stood in the way of. */
const REFUSED = /(IntegrityError|ValidationError|FailedPreconditionError)$/;

/** The program's own names for it: `DuplicateEmailError`, `AlreadyExists`. */
const TAKEN = /Duplicate|AlreadyExists?|NotUnique|AlreadyTaken/;

/** Calls that write, by their names: `register_user`, `createOrder`. */
const WRITERS =
  /^_*(a?create|add|save|insert|register|import|store|write|upsert|sign_?up|invite|rename)(_|[A-Z]|$)/;

/** The column that the only assignment to a name read. */
function columnOf(key: Expr, fn: FunctionInfo): Expr | null {
  if (key.kind !== 'Name') return null;
  const [only, other] = reaching(fn.scope.bindings.get(key.id) ?? [], key.start);
  const value = only?.source.kind === 'assign' && only.source.steps.length === 0 ? only.source.value : null;
  return other === undefined && value?.kind === 'Attribute' ? value : null;
}

function afterIntegrityError(program: Program, lookup: FoundLookup): boolean {
  for (let frame = lookup.place.frame; frame !== null; frame = frame.parent) {
    if (frame.kind !== 'handler' || frame.handler.type === null) continue;
    const refs = resolveExceptions(program, frame.handler.type, lookup.place.fn);
    const { body } = frame.stmt;
    const failed = refs.some(
      (ref) =>
        (ref.kind === 'external' && REFUSED.test(ref.name)) ||
        (ref.kind === 'class' && TAKEN.test(ref.cls.name) && isAbout(ref.cls.name, lookup.model, body)),
    );
    if (failed && writes(program, body, lookup, refs.some(isCheck))) return true;
  }
  return false;
}

/** True where a project's own exception tells of a row: it names the model, or the block calls something that writes. */
function isAbout(name: string, model: ModelRef, body: readonly Stmt[]): boolean {
  if (model.name !== null && name.includes(model.name)) return true;
  let found = false;
  walkStmts(body, (stmt) => {
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind === 'Call') found ||= WRITERS.test(lastName(part.func) ?? '');
      });
  });
  return found;
}

/** `ValidationError`: of all sorts of input, a row that stands in the way is one reason of many. */
function isCheck(ref: ExceptionRef): boolean {
  return ref.kind === 'external' && ref.name.endsWith('ValidationError');
}

/**
 * True unless the block writes rows of known models, and none of them is the lookup's. What a check refuses has to be a row of the
 * lookup's model by a name: `create_jobs()` says nothing of reports.
 */
function writes(program: Program, body: readonly Stmt[], lookup: FoundLookup, checked: boolean): boolean {
  const written: ModelRef[] = [];
  let names = false;
  walkStmts(body, (stmt) => {
    for (const expr of stmtExprs(stmt)) {
      walkExpr(expr, (part) => {
        if (part.kind !== 'Call') return;
        names ||= isNamed(lastName(part.func) ?? '', lookup.model);
        const method =
          part.func.kind === 'Attribute' && WRITE_METHODS.has(part.func.attr) ? part.func.value : null;
        for (const type of parts(program.infer.expr(method ?? part.func, lookup.place.fn))) {
          if (type.t === 'model' || (type.t === 'row' && method !== null)) written.push(type.model);
          if ((type.t === 'manager' || type.t === 'queryset') && method !== null)
            written.push(type.rows.model);
        }
      });
    }
  });
  if (written.some((model) => sameModel(program, model, lookup.model))) return true;
  return checked ? written.length === 0 && names : written.length === 0 || lookup.model.cls === null;
}

/** A call that checks or writes, of no rows that its name tells or of the lookup's: `save`, `is_valid`, `register_user`. */
function isNamed(call: string, { name }: ModelRef): boolean {
  const written = WRITERS.exec(call);
  if (written === null) return /^(full_clean|is_valid|run)$/.test(call);
  const rest = call.slice(written[0].length).replaceAll('_', '').toLowerCase();
  return rest === '' || (name !== null && rest.includes(name.toLowerCase()));
}

/** `User.objects.get(email=request.user.email)`: a row has the value that was read off it. */
function requestUserColumn(
  program: Program,
  value: Expr | null,
  { expr, model, rows }: FoundLookup,
): string | null {
  const only = expr.kind === 'Call' && expr.args.length === 1 ? expr.args[0] : undefined;
  if (value?.kind !== 'Attribute' || only?.value !== value || only.name !== value.attr) return null;
  const name = dottedName(value.value);
  const isUser = name !== null && /(^|\.)request\.user$/.test(name) && !isElsewhere(rows);
  return isUser && sameModel(program, program.models.userModel(), model) ? name : null;
}

/** `.using(scenario.name)`: rows of a database that only the running program knows, where those of another may be missing. */
function isElsewhere(rows: Rows | null): boolean {
  return (rows?.chain ?? []).some(({ method, call }) => {
    const [alias] = call.args;
    return (
      method === 'using' &&
      alias !== undefined &&
      alias.value.kind !== 'Constant' &&
      !/(^|\.)_state\.db$|^[A-Z_]+$/.test(dottedName(alias.value) ?? '')
    );
  });
}

/** `request.user` as a key, or the owner of one. */
function requestUserName(key: Expr): string | null {
  const owner = key.kind === 'Attribute' && /^(id|pk)$/.test(key.attr) ? key.value : key;
  const name = dottedName(owner);
  return name !== null && /(^|\.)request\.user(\.(id|pk))?$/.test(name) ? name : null;
}

function requestUser(program: Program, key: Expr, { model }: FoundLookup): string | null {
  const name = requestUserName(key);
  if (name === null) return null;
  const user = program.models.userModel();
  const isUser =
    model.cls === null ||
    sameModel(program, user, model) ||
    sameModel(program, model, user) ||
    /user/i.test(model.name ?? '');
  return isUser ? name : null;
}
