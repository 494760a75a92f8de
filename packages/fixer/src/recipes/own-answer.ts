import {
  type Call,
  dottedName,
  type Expr,
  type FixRequest,
  type FunctionDef,
  type Handler,
  opensScope,
  type Stmt,
  walkExpr,
  walkStmts,
} from '@danglint/core';
import { isBound, moduleNames } from '../build/bindings.ts';
import { replacement } from '../build/edit.ts';
import { bindsName } from '../build/names.ts';
import { styleOf } from '../build/style.ts';
import { type Branch, hazardDoubts, notFoundText } from './branch.ts';
import { catchesOnlyMissingRows } from './handler.ts';
import { raisingAs } from './raising.ts';

/**
 * How the function itself answers another missing row, where that can be said of this one as well: an exception raised with one
 * message, a response 404 with one message. Null where it shows no such way.
 */
export function ownAnswer(request: FixRequest, fn: FunctionDef): Branch | null {
  const { entry } = request.judgement.lookup.host;
  if (entry !== null && entry !== 'view' && entry !== 'api') return null;
  for (const handler of handlersOf(fn)) {
    const [stmt, ...rest] = handler.body;
    if (stmt === undefined || rest.length > 0 || !catchesOnlyMissingRows(handler)) continue;
    const answer = raised(request, fn, stmt) ?? raisedBare(request, fn, stmt) ?? returned(request, fn, stmt);
    if (answer !== null) return answer;
  }
  return null;
}

function handlersOf(fn: FunctionDef): readonly Handler[] {
  const found: Handler[] = [];
  walkStmts(
    fn.body,
    (stmt) => {
      if (stmt.kind === 'Try') found.push(...stmt.handlers);
    },
    (stmt) => !opensScope(stmt),
  );
  return found;
}

function raised(request: FixRequest, fn: FunctionDef, stmt: Stmt): Branch | null {
  if (stmt.kind !== 'Raise' || stmt.exc?.kind !== 'Call' || !isMessage(stmt.exc)) return null;
  const text = dottedName(stmt.exc.func);
  if (text === null || !(raisesOwn(request, text) || usable(request, fn, stmt.exc.func))) return null;
  const name = text.split('.').at(-1) ?? text;
  const { entry } = request.judgement.lookup.host;
  if (name.endsWith('DoesNotExist') || name === 'CommandError') return null;
  if (entry !== null && /^(?:Http404|NotFound|PermissionDenied)$/.test(name)) return null;
  const title = /^(?:Http404|NotFound)$/.test(name) ? 'Answer 404' : `Raise ${name}`;
  return raisingAs(request, { text, imports: [] }, title, null);
}

/** `raise Missing`, without a word. */
function raisedBare(request: FixRequest, fn: FunctionDef, stmt: Stmt): Branch | null {
  const exc = stmt.kind === 'Raise' ? stmt.exc : null;
  const type = exc?.kind === 'Call' && exc.args.length === 0 ? exc.func : exc;
  const text = type === null || type === undefined ? null : dottedName(type);
  if (exc === null || type === null || text === null || !usable(request, fn, exc)) return null;
  const name = text.split('.').at(-1) ?? text;
  return /^[A-Z]/.test(name) && !OTHERWISE.test(name) ? bare(request, exc, text) : null;
}

/** Exceptions that have better words of their own, or that leave the row missing. */
const OTHERWISE =
  /^(?:Http404|NotFound|CommandError|DoesNotExist|ObjectDoesNotExist|MultipleObjectsReturned)$/;

function bare({ source, judgement }: FixRequest, exc: Expr, name: string): Branch {
  return {
    missing: {
      leave: { kind: 'statement', text: `raise ${source.text.slice(exc.start, exc.end)}` },
      log: false,
      imports: [],
      doubts: hazardDoubts(judgement.lookup.host.hazards, 'raise'),
      title: `Raise ${name}`,
    },
  };
}

/** An error of Python's own, which only a helper's callers can know what to do with. */
function raisesOwn({ facts, judgement }: FixRequest, name: string): boolean {
  const { entry } = judgement.lookup.host;
  return entry === null && /^(?:ValueError|LookupError|KeyError|RuntimeError|TypeError)$/.test(name)
    ? !moduleNames(facts).has(name)
    : false;
}

/** True for `Refused("what is wrong")`, translated or not. */
function isMessage({ args }: Call): boolean {
  const [only, ...rest] = args;
  if (only === undefined || rest.length > 0 || only.name !== null || only.star !== 0) return false;
  const { value } = only;
  const inner = value.kind === 'Call' && value.args.length === 1 ? value.args[0]?.value : value;
  return inner?.kind === 'Constant' && inner.type === 'str';
}

function returned(request: FixRequest, fn: FunctionDef, stmt: Stmt): Branch | null {
  const { source, facts, settings, judgement } = request;
  const value = stmt.kind === 'Return' ? stmt.value : null;
  if (value?.kind !== 'Call' || !usable(request, fn, value)) return null;
  const text = source.text.slice(stmt.start, stmt.end);
  if (/[\r\n]/.test(text) || !/404|NOT_FOUND|NotFound/.test(text)) return null;
  const messages = sentences(value);
  const [message] = messages;
  if (messages.length > 1) return null;
  const { quote } = styleOf(source, facts, settings.lineLength);
  const edit =
    message === undefined
      ? null
      : replacement(
          message.start - stmt.start,
          message.end - stmt.start,
          quote + notFoundText(judgement.lookup.label).replaceAll(quote, `\\${quote}`) + quote,
        );
  const leave = edit === null ? text : text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  return {
    missing: {
      leave: { kind: 'statement', text: leave },
      log: false,
      imports: [],
      doubts: hazardDoubts(judgement.lookup.host.hazards, 'jump'),
      title: 'Answer 404',
    },
  };
}

/** Strings that read as what is told to somebody. */
function sentences(value: Expr): readonly Expr[] {
  const found: Expr[] = [];
  walkExpr(value, (part) => {
    if (part.kind === 'Constant' && part.type === 'str' && / |not_?found/i.test(part.value)) found.push(part);
    if (part.kind === 'Other' || part.kind === 'JoinedStr') found.push(part, part);
  });
  return found;
}

/** True when all names of an expression mean the same everywhere in the function. */
function usable({ facts }: FixRequest, fn: FunctionDef, value: Expr): boolean {
  let fine = true;
  walkExpr(value, (part) => {
    if (part.kind === 'Name') fine &&= isBound(facts, [], part.id) && !bindsName(fn, part.id);
    if (part.kind === 'Lambda' || part.kind === 'Await' || part.kind === 'Yield') fine = false;
  });
  return fine;
}
