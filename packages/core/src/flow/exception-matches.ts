import { API_ANSWERS, OBJECT_DOES_NOT_EXIST } from '../django/index.ts';
import type { ClassInfo, ModelRef, Program } from '../project/index.ts';
import { type ExceptionRef, lastPart } from './exceptions.ts';

/** How a handler's class relates to an exception. */
export type Match = 'exact' | 'broad' | 'no';

const BROAD = new Set(['Exception', 'BaseException', 'StandardError']);

/** Whether `except <handler>` catches the exception. */
export function matches(program: Program, handler: ExceptionRef, thrown: ExceptionRef): Match {
  if (handler.kind === 'any' || thrown.kind === 'any') return 'exact';
  if (handler.kind === 'external' && BROAD.has(lastPart(handler.name))) return 'broad';
  switch (thrown.kind) {
    case 'missing':
      if (
        thrown.attribute === true &&
        handler.kind === 'external' &&
        lastPart(handler.name) === 'AttributeError'
      )
        return 'exact';
      return missingMatches(program, handler, thrown.model) ? 'exact' : 'no';
    case 'object-missing':
      return handler.kind === 'object-missing' ? 'exact' : 'no';
    case 'class':
      return classMatches(program, handler, thrown.cls) ? 'exact' : 'no';
    case 'external':
      return handler.kind === 'external' && externalMatches(handler.name, thrown.name) ? 'exact' : 'no';
  }
}

/** Models of Django without a table: they have no `DoesNotExist`. */
const ABSTRACT_MODELS =
  /^django\.(contrib\.gis\.)?db\.models\.(base\.)?Model$|\.(AbstractUser|AbstractBaseUser|PermissionsMixin)$/;

/** Models as a migration sees them: classes of their own, which no handler of the real model catches. */
const HISTORICAL = /^historical:/;

function missingMatches(program: Program, handler: ExceptionRef, model: ModelRef | null): boolean {
  if (handler.kind === 'object-missing') return true;
  if (handler.kind !== 'missing') return false;
  const named = handler.model;
  if (named === null || model === null || named.key === model.key) return true;
  if (ABSTRACT_MODELS.test(named.key) || HISTORICAL.test(named.key) || HISTORICAL.test(model.key))
    return false;
  if (named.key.startsWith('self:') || model.key.startsWith('self:')) return true;
  if (named.cls !== null && model.cls !== null) {
    if (program.models.meta(named.cls).abstract) return false;
    return program.hierarchy.mro(model.cls).includes(named.cls);
  }
  if (model.cls !== null && named.cls === null)
    return program.hierarchy.externalBases(model.cls).includes(named.key) || named.name === model.name;
  return named.name === model.name;
}

function classMatches(program: Program, handler: ExceptionRef, cls: ClassInfo): boolean {
  const mro = program.hierarchy.mro(cls);
  if (handler.kind === 'class') return mro.includes(handler.cls);
  const external = mro.filter((base): base is string => typeof base === 'string');
  if (handler.kind === 'object-missing') return external.some((base) => OBJECT_DOES_NOT_EXIST.has(base));
  return handler.kind === 'external' && external.some((base) => externalMatches(handler.name, base));
}

const BUILTIN_PARENTS: Readonly<Record<string, readonly string[]>> = {
  KeyError: ['LookupError'],
  IndexError: ['LookupError'],
  UnicodeDecodeError: ['UnicodeError', 'ValueError'],
  UnicodeEncodeError: ['UnicodeError', 'ValueError'],
  FileNotFoundError: ['OSError', 'IOError', 'EnvironmentError'],
  PermissionError: ['OSError', 'IOError', 'EnvironmentError'],
  ConnectionError: ['OSError', 'IOError'],
  TimeoutError: ['OSError', 'IOError'],
  NotImplementedError: ['RuntimeError'],
  ZeroDivisionError: ['ArithmeticError'],
};

function externalMatches(handler: string, thrown: string): boolean {
  const a = lastPart(handler);
  const b = lastPart(thrown);
  return a === b || (BUILTIN_PARENTS[b]?.includes(a) ?? false);
}

/** True for an exception that a framework turns into an answer: `Http404`, DRF's `NotFound`, a project's subclass of one. */
export function isApiAnswer(program: Program, ref: ExceptionRef): boolean {
  if (ref.kind === 'external') return API_ANSWERS.has(lastPart(ref.name));
  if (ref.kind !== 'class') return false;
  return program.hierarchy
    .mro(ref.cls)
    .some((base) => API_ANSWERS.has(typeof base === 'string' ? lastPart(base) : base.name));
}
