import type { EntryKind, Judgement, Lookup } from '@danglint/core';
import { code } from './words.ts';

/** What a missing row should lead to at a place: recipes to try, best first, and the same advice in words. */
export interface Remedy {
  readonly recipes: readonly string[];
  readonly help: string;
}

/** Places whose result nobody waits for: they can stop without telling anybody. */
const SKIPPERS: ReadonlySet<EntryKind> = new Set(['task', 'consumer', 'receiver', 'thread']);

/** Places that answer a person or another program. */
const ANSWERERS: ReadonlySet<EntryKind> = new Set(['view', 'api']);

/** The remedy that fits the function around a lookup. */
export function remedyOf({ lookup, defects }: Judgement): Remedy {
  if (defects.some(({ kind }) => kind === 'unsaved')) return unsavedRemedy(lookup);
  const { inLoop, entry, resultUnused } = lookup.host;
  if (inLoop) return inLoopRemedy(lookup);
  if (entry !== null && ANSWERERS.has(entry)) return answerRemedy(lookup);
  if ((entry !== null && SKIPPERS.has(entry)) || (entry === null && resultUnused)) return skipRemedy(lookup);
  const helper = helperRemedy(lookup);
  return entry === 'hook' && lookup.host.promise !== null
    ? { ...helper, help: hookHelp(lookup, lookup.host.promise) }
    : helper;
}

/** Django takes what it is given: None in a column that is NOT NULL, or for a dictionary, is an error of its own. */
function hookHelp({ exception }: Lookup, promise: string): string {
  return `${code(promise)} needs a value: make the row where there is none, or answer ${code(exception)} with something else than ${code('None')}`;
}

/** No code that exists says what a new row should do here. */
function unsavedRemedy({ exception }: Lookup): Remedy {
  return {
    recipes: [],
    help: `ask only for rows that are stored, where ${code('self._state.adding')} is false, or catch ${code(exception)}`,
  };
}

function inLoopRemedy({ exception }: Lookup): Remedy {
  return {
    recipes: ['continue', 'batch'],
    help: `answer ${code(exception)} inside the loop: log it and go on with the next item, or load all rows before the loop`,
  };
}

function skipRemedy({ exception }: Lookup): Remedy {
  return {
    recipes: ['skip', 'try-except'],
    help: `a row that is gone leaves nothing to do here: answer ${code(exception)}, log it at info and return`,
  };
}

/** Methods of forms, fields and serializers that say what is wrong with the input. */
const VALIDATORS =
  /\.(?:clean|clean_\w+|to_python|compress|validate|validate_\w+|to_internal_value|run_validation)$/;

function answerRemedy({ exception, host }: Lookup): Remedy {
  if (VALIDATORS.test(host.function)) {
    return {
      recipes: ['http-404', 'try-except'],
      help: `tell the user what is wrong with the input: catch ${code(exception)} and raise ${code('ValidationError')}`,
    };
  }
  return {
    recipes: ['http-404', 'try-except'],
    help: `answer 404 instead of 500: use ${code('get_object_or_404')}, or raise the API's own not-found error on ${code(exception)}`,
  };
}

function helperRemedy({ form, exception, first }: Lookup): Remedy {
  if (form === 'cached') {
    return {
      recipes: ['getter-none', 'try-except'],
      help: `catch ${code(exception)}: unlike ${code('.filter(...).first()')} that keeps the cache in use`,
    };
  }
  if ((form !== 'get' && form !== 'ordered') || first.kind === 'never') {
    return {
      recipes: ['getter-none', 'try-except'],
      help: `catch ${code(exception)}, and let the callers know that the row may be gone`,
    };
  }
  return {
    recipes: ['getter-none', 'first', 'try-except'],
    help: `use ${code('.filter(...).first()')} and answer ${code('None')}, or catch ${code(exception)}; callers must expect a missing row`,
  };
}
