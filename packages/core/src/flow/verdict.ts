import type { Domain } from '../django/index.ts';
import type { Call, Expr } from '../syntax/index.ts';
import type { Span } from '../text/index.ts';
import type { BatchForm, FirstForm, RowHelper, Uniqueness } from './fix-facts.ts';

/** How a lookup asks for its row. `method` forms carry the method's name in `Lookup.method`. */
export type LookupForm =
  | 'get' // .get(...), .aget(...)
  | 'ordered' // .latest(...), .earliest(...) and their async forms
  | 'cached' // get_from_cache(...) and configured cached getters
  | 'refresh' // refresh_from_db()
  | 'raising-call' // a function or method known, by data, to raise for a missing row
  | 'relation' // a foreign-key descriptor that can dangle
  | 'reverse-one-to-one'; // reverse one-to-one descriptor

/** A place in a file. `path` is relative to the project root. */
export interface Site {
  readonly path: string;
  readonly span: Span;
}

/** Where the key of a lookup came from, most dangerous kinds first in `ORIGIN_ORDER`. */
export type OriginKind =
  | 'task-argument'
  | 'message'
  | 'search-index'
  | 'cache'
  | 'cross-silo'
  | 'soft-reference'
  | 'json'
  | 'request'
  | 'argument' // a parameter whose callers say nothing more
  | 'row' // read from a row at hand
  | 'constrained-key' // a foreign key with a constraint, read from a row at hand
  | 'choice' // a value that a form or serializer checked against the rows there are, or that shows one of them
  | 'natural-key'
  | 'settings'
  | 'literal'
  | 'unknown';

export interface Origin extends Site {
  readonly kind: OriginKind;
  /** What was seen, in words for a label: "argument `detector_id` of task `process`". */
  readonly detail: string;
}

export type EntryKind =
  | 'task'
  | 'consumer'
  | 'receiver'
  | 'view'
  | 'api'
  | 'graphql'
  | 'rpc'
  | 'serializer'
  | 'command'
  | 'admin'
  | 'template-tag'
  | 'middleware'
  | 'hook' // what Django runs because a setting names it or a field is given it
  | 'thread' // a callback that runs elsewhere: on_commit, thread, future
  | 'script' // module level
  | 'uncalled'; // nobody in this tree calls it

/** Where a path starts. */
export interface EntryPoint extends Site {
  readonly kind: EntryKind;
  /** Qualified name in its module: `Class.method`. */
  readonly function: string;
}

/** One step of the exception's way up: `function` (at `path`) is entered from `span` in the caller's file. */
export interface Hop extends Site {
  /** The function that holds this place. */
  readonly function: string;
  /** What happens here, in words: "`send` calls `get_environment`", "re-raised here". */
  readonly note: string;
  /** A handler around this place that waits for the missing row of another model. */
  readonly missedBy?: MissedBy;
  /** What a handler raises anew here: a missing row, the same with words of its own, or an error of another kind. */
  readonly raisedAs?: 'missing-row' | 'worded-missing-row' | 'other';
}

/** The classes of a handler that an exception passes. */
export interface MissedBy extends Site {
  /** `Order.DoesNotExist`: what it does not catch. */
  readonly exception: string;
}

/** Who answers a missing row, or why it cannot be missing. */
export interface Guard extends Site {
  readonly kind:
    | 'except'
    | 'suppress'
    | 'context-manager'
    | 'decorator'
    | 'framework'
    | 'base-class'
    | 'converted' // raised again as another exception that somebody answers
    | 'created'
    | 'loaded'
    | 'constrained-parent'
    | 'request-user'
    | 'insert-or-fetch'
    | 'natural-key'
    | 'declared'; // configuration says so
  readonly detail: string;
}

/** What becomes of the exception when the row is missing, always with its evidence. */
export type Verdict =
  | { readonly kind: 'handled'; readonly by: Guard; readonly path: readonly Hop[] }
  | { readonly kind: 'contained'; readonly by: Guard; readonly path: readonly Hop[] }
  | { readonly kind: 'guaranteed'; readonly by: Guard }
  /** `path` is the shortest way to the most exposed entry point; `callers` are all direct callers that do not answer themselves, `beyond` the callers of those that only hand the row on. */
  | {
      readonly kind: 'escapes';
      readonly entry: EntryPoint;
      readonly path: readonly Hop[];
      readonly otherPaths: number;
      readonly callers: readonly Hop[];
      readonly beyond: readonly Hop[];
    };

/** The function around a lookup, seen from the fixer: what a missing branch may do there. */
export interface Host {
  /** Qualified name in its module; `<module>` at module level. */
  readonly function: string;
  readonly span: Span;
  readonly async: boolean;
  readonly generator: boolean;
  /** What this very function is to a framework; null for a plain helper. */
  readonly entry: EntryKind | null;
  /** True in code that never serves: of tests, a factory of rows, or under `if settings.DEBUG`. */
  readonly inTests: boolean;
  /** True when the lookup stands in a `for`/`while` body or a comprehension of this function. */
  readonly inLoop: boolean;
  readonly loop: Span | null;
  /** True when the return annotation allows None, there is none and some path returns nothing, or every caller accepts None. */
  readonly returnsOptional: boolean;
  /** The method of a base that promises a value for this one, `Base.method`; null when None breaks no promise. */
  readonly promise: string | null;
  /** True when the program shows a caller. */
  readonly called: boolean;
  /** Last names of functions that it calls for nothing but the exception that they may raise. */
  readonly raisingCalls: readonly string[];
  /** True when every caller is a task or the like that calls it last: nothing goes on behind it. */
  readonly calledLast: boolean;
  /** True when no caller in the program uses the returned value. */
  readonly resultUnused: boolean;
  /** The caller-side facts that make an early return unsafe; empty when there are none. */
  readonly hazards: readonly Hazard[];
}

/** Why turning the exception into a return is not proven harmless; `why` is one line for `Fix.why`. */
export interface Hazard {
  readonly kind:
    | 'write-before'
    | 'atomic'
    | 'retry'
    | 'failure-hook'
    | 'caller-catches'
    | 'caller-goes-on'
    | 'argument-raises'
    | 'dynamic';
  readonly why: string;
}

/** An expression that raises a subclass of `ObjectDoesNotExist` when its row is missing. */
export interface Lookup extends Site {
  /** Stable within one run: path and offset. */
  readonly id: string;
  readonly form: LookupForm;
  /** `get`, `aget`, `latest`, `get_from_cache`, ...; the attribute's name for relations. */
  readonly method: string;
  /** Name of the model's class; null for a dynamic model whose class the program does not name. */
  readonly model: string | null;
  /** What people call a row: `Order position`; null where no model is known, or it has no rows of its own. */
  readonly label: string | null;
  /** Source of the exception class as the file can spell it: `Detector.DoesNotExist`. */
  readonly exception: string;
  /** The receiver in words: `objects`, `objects.filter.select_related`, `related manager`, ... */
  readonly receiver: string;
  /** True where the receiver is the model's default manager, so that the model alone may stand for it. */
  readonly ofModel: boolean;
  /** Keyword names of the lookup, `pk` normalised to nothing; empty when there are none. */
  readonly keys: readonly string[];
  /** The expression that is looked up by, when there is exactly one. */
  readonly key: Expr | null;
  /** The lookup's own call; null for descriptors. */
  readonly call: Call | null;
  readonly uniqueness: Uniqueness;
  readonly first: FirstForm;
  /** Null outside the body of a `for` loop. */
  readonly batch: BatchForm | null;
  /** The project's own helper that could ask for the row; null when there is none. */
  readonly helper: RowHelper | null;
  /** The column behind a relation, where it holds the primary key of the row, and that key's name; null for other forms. */
  readonly column: { readonly name: string; readonly nullable: boolean; readonly key: string | null } | null;
  /** Last names of what the function calls that may assign the relation, or one on the way to it; empty for other lookups. */
  readonly setters: readonly string[];
  readonly host: Host;
}

/** A lookup with everything that the program says about it. */
export interface Judgement {
  readonly lookup: Lookup;
  readonly verdict: Verdict;
  /** Most dangerous first; never empty. */
  readonly origins: readonly Origin[];
  /** How sure the receiver and the path are. */
  readonly confidence: Confidence;
  /** The part of the program that presets or configuration put the lookup in; null for most. */
  readonly domain: Domain | null;
  /** Tags that rules ask for: defects seen around the lookup. */
  readonly defects: readonly Defect[];
}

export type Confidence = 'high' | 'medium' | 'low';

/** Something wrong in the code around a lookup, beside its verdict. */
export type Defect =
  | { readonly kind: 'reraised'; readonly at: Span; readonly handler: Span; readonly logged: boolean }
  | { readonly kind: 'wrong-model'; readonly at: Span; readonly named: string }
  | { readonly kind: 'dead-none-check'; readonly at: Span; readonly name: string }
  | { readonly kind: 'runs-later'; readonly at: Span; readonly what: string }
  | { readonly kind: 'in-loop'; readonly at: Span; readonly what: string; readonly item: boolean }
  /** `overridden`: whether the model or its queryset has a method of that name of its own; undefined when not all bases are read. */
  | {
      readonly kind: 'then-delete';
      readonly at: Span;
      readonly method: string;
      /** The statement that deletes, when it is the one after the lookup's own. */
      readonly next: Span | null;
      readonly overridden?: boolean;
      /** It goes with a row at hand, by which it is looked up, and more is done after it: nobody asked for this very row. */
      readonly beside: boolean;
    }
  | { readonly kind: 'exists-check'; readonly at: Span }
  /** A reverse one-to-one that the program reads as if its row were always there; what is deleted along with the row that a `post_delete` receiver is told of. */
  | { readonly kind: 'relied-on' | 'deleted-together'; readonly at: Span }
  /** The key is that of a row which its own `save` or `clean` may find before it is written for the first time. */
  | { readonly kind: 'unsaved'; readonly at: Span }
  /** The docstring of a function that nobody here calls tells of the exception. */
  | { readonly kind: 'documented'; readonly at: Span }
  /** The key comes out of `**kwargs` of a function that nobody here calls; nobody calls what the exception comes out of, and its name stands nowhere else. */
  | { readonly kind: 'loose-key' | 'unnamed'; readonly at: Span }
  /** The function around it does nothing but give the row to its callers. */
  | { readonly kind: 'wrapper'; readonly at: Span; readonly function: string }
  | { readonly kind: 'chained'; readonly at: Span; readonly first: string };
