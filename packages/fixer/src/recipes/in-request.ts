import {
  type ClassDef,
  dottedName,
  type FunctionDef,
  opensScope,
  type Stmt,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '@danglint/core';
import type { Place } from './place.ts';

const REST = /(?:APIView|ViewSet|Viewset|Endpoint)(?:Base|Mixin)?$/;
/** Classes that never serve a request, whatever else they mix in. */
const NEVER = /(?:Model|Admin|Task|Serializer|TestCase)(?:Base|Mixin)?$/;
const VIEW = /(?:View|Middleware)(?:Base|Mixin)?$/;
/** Classes that have a `request` and answer for themselves what None means. */
const OTHERS =
  /(?:Backend|Form|FormSet|Field|Widget|Input|Inline|Permission|Throttle|Authentication|Tag|Node)(?:Base|Mixin)?$/;
const AUTHENTICATES = /^(?:authenticate|get_user|has_\w*perm\w*)$/;

/**
 * Whether a function that no framework calls runs while a request is served, as far as its file tells: a method of a view or of
 * a middleware, what takes or reads the request. None is no answer there, whatever the callers make of it; `rest` where the
 * class speaks Django REST framework.
 */
export function inRequest({ around, functions }: Place): 'page' | 'rest' | null {
  const fn = functions.at(-1);
  if (fn === undefined || AUTHENTICATES.test(fn.name) || functions.some(servesEveryPage)) return null;
  const cls = around[around.lastIndexOf(fn) - 1];
  if (cls?.kind === 'ClassDef') {
    const names = [cls.name, ...baseNames(cls)];
    if (names.some((name) => REST.test(name))) return 'rest';
    if (names.some((name) => NEVER.test(name))) return null;
    if (names.some((name) => VIEW.test(name))) return 'page';
    if (names.some((name) => OTHERS.test(name))) return null;
    if (readsRequest(fn)) return 'page';
  }
  return functions.some(takesRequest) ? 'page' : null;
}

/** True for a method of a management command, which tells its user with `CommandError` what is wrong. */
export function inCommand({ around, functions }: Place): boolean {
  const fn = functions.at(-1);
  const cls = fn === undefined ? undefined : around[around.lastIndexOf(fn) - 1];
  return cls?.kind === 'ClassDef' && baseNames(cls).some((name) => /(?:^|\.)\w*Command$/.test(name));
}

/** True for a context processor: it runs for the page that tells of a 404, too. */
function servesEveryPage({ name }: FunctionDef): boolean {
  return /(?:^|_)processor$/.test(name);
}

function baseNames({ bases }: ClassDef): readonly string[] {
  return bases.flatMap(({ value }) => dottedName(value) ?? []);
}

/** `request` first, behind `self`: a signal's receiver gets its sender before it. */
function takesRequest({ params }: FunctionDef): boolean {
  const [first, second] = params;
  if (first?.name === 'request') return true;
  return second?.name === 'request' && (first?.name === 'self' || first?.name === 'cls');
}

const OF_A_REQUEST =
  /^(?:user|GET|POST|FILES|COOKIES|META|session|data|query_params|method|path|resolver_match)$/;

/** True for a method that reads `self.request.user` and the like: the request of a task has no such things. */
function readsRequest({ body }: FunctionDef): boolean {
  let reads = false;
  const visit = (stmt: Stmt): void => {
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        reads ||=
          part.kind === 'Attribute' &&
          OF_A_REQUEST.test(part.attr) &&
          dottedName(part.value) === 'self.request';
      });
  };
  walkStmts(body, visit, (inner) => !opensScope(inner));
  return reads;
}
