import type { Call, Expr } from '../syntax/index.ts';
import type { Span } from '../text/index.ts';
import type { OpenTransaction } from './open-transaction.ts';
import type { Confidence, Host, MissedBy, Origin, Site, Verdict } from './verdict.ts';
import type { Inside } from './used-inside.ts';

/**
 * A finding's material that is not one lookup: a row that may be None, a map or a queryset that may lack it, a handler that
 * catches nothing, a task that is sent too early. Rules word it in `observe`.
 */
export type Observation =
  | OptionalRow
  | RowMap
  | RowIndex
  | ServiceItem
  | DeadHandler
  | AbstractHandler
  | RaisedMiss
  | TaskBeforeCommit
  | UncleanDelete;

interface Observed extends Site {
  /** Where the finding stands. */
  readonly span: Span;
  readonly host: Host;
  readonly confidence: Confidence;
}

/** What a use that dies for a missing row knows beside its place. */
interface Dangling extends Observed {
  /** Name of the model's class; null when the program does not name it. */
  readonly model: string | null;
  /** What becomes of the `AttributeError`, `TypeError`, `KeyError` or `IndexError`. */
  readonly verdict: Extract<Verdict, { kind: 'escapes' }>;
  /** Where the key comes from, most dangerous first; empty when there is no single key. */
  readonly origins: readonly Origin[];
  /** A handler around the use that waits for a `DoesNotExist`. */
  readonly missedBy?: MissedBy;
}

/** A value that may be None because its row is gone, used as if it were there. */
export interface OptionalRow extends Dangling {
  readonly kind: 'optional-row';
  /** How it is used: `name` where the name alone is read, which is not bound; `x.name`, `x["name"]`, `x()`, `a, b = x`, `for item in x`; or given away as what is declared to be there. */
  readonly use: 'attribute' | 'item' | 'call' | 'unpack' | 'iterate' | 'promise' | 'name';
  /** The function that it is handed to, and where that uses it; null where it is used on the spot. */
  readonly inside: Inside | null;
  /** The expression that may give None. */
  readonly fetched: Span;
  /** What gives it: `query` = `first()` and the like, `getter` = a function of the project, `service` = another system's answer, `caught` = a lookup whose missing row a handler answers, `suppressed` = one in a `with suppress(...)`, `unbound` = one whose name is not bound at all then, `relation` = a generic foreign key, `nulled` = a foreign key that is set to NULL when its row is deleted. */
  readonly by: 'query' | 'getter' | 'service' | 'caught' | 'suppressed' | 'unbound' | 'relation' | 'nulled';
  /** Last name of what was called: `first`, `get_environment`. */
  readonly method: string;
  /** The name that holds it; null when it is used at once. */
  readonly name: string | null;
  /** The key it was fetched by, when there is exactly one. */
  readonly key: Expr | null;
  /** The call that fetched it; null for a property. */
  readonly call: Call | null;
  /** Where a getter decides for None, or the handler or `suppress(...)` that leaves it; null for Django's own methods. */
  readonly decided: Site | null;
  /** Where another function checks the foreign key that is `nulled`; null for all others. */
  readonly checked: Site | null;
  /** True when the rows are those of another row at hand, chosen by nothing else: it may have none; and where something that runs before asked for the row, the row is at hand, or nothing in the program names the code. */
  readonly ofParent: boolean;
}

/** `rows[key]` of a map that was built from rows. */
export interface RowMap extends Dangling {
  readonly kind: 'row-map';
  /** The name of the map; null when it is indexed at once. */
  readonly name: string | null;
  readonly built: Span;
  readonly key: Expr;
  /** True for `in_bulk(...)`, false for a map that is written out. */
  readonly bulk: boolean;
  /** The key has the name of a constrained foreign key, of a row as far as anybody can tell. */
  readonly ofParents: boolean;
  /** False where the map holds something of the rows (`dict(rows.values_list("pk", "name"))`), which may be None itself. */
  readonly ofRows: boolean;
}

/** `qs[0]` of a queryset that may be empty. */
export interface RowIndex extends Dangling {
  readonly kind: 'row-index';
  /** `qs[0]`, `list(qs)[0]`, `[row] = qs`. */
  readonly how: 'index' | 'list' | 'unpack';
  /** The queryset. */
  readonly rows: Expr;
  /** True when the queryset has an order of its own: `.first()` then gives the same row. */
  readonly ordered: boolean;
  /** True when the rows are those of another row, chosen by nothing else: it may have none. */
  readonly ofParent: boolean;
}

/** One item of what a remote method gives, taken as if there were one: `(user,) = user_service.get_many(...)`, `[0]`. */
export interface ServiceItem extends Dangling {
  readonly kind: 'service-item';
  readonly how: 'unpack' | 'index';
  /** `user_service.get_many`. */
  readonly method: string;
  readonly call: Call;
}

/** `except X.DoesNotExist` of a `try` in which nothing raises it. */
export interface DeadHandler extends Observed {
  readonly kind: 'dead-handler';
  readonly model: string | null;
  /** Source of the exception class: `Order.DoesNotExist`. */
  readonly exception: string;
  /** The whole handler. */
  readonly handler: Span;
  /** What its author took for a lookup: `first`, `filter`, ... */
  readonly method: string;
  readonly call: Span;
}

/** `except AbstractBase.DoesNotExist`: the attribute does not exist, the handler itself dies. */
export interface AbstractHandler extends Observed {
  readonly kind: 'abstract-handler';
  /** As the handler spells the class: `Record`, `models.Model`. */
  readonly named: string;
  readonly handler: Span;
  /** The code whose exceptions it was meant to answer. */
  readonly tried: Span;
}

/** `raise Order.DoesNotExist` in a function whose callers do not all answer it. */
export interface RaisedMiss extends Observed {
  readonly kind: 'raised-miss';
  /** Name of the model's class; null for the model of a manager. */
  readonly model: string | null;
  /** `Order.DoesNotExist`; as the statement spells it where the model has no name. */
  readonly exception: string;
  /** Qualified name of the function that raises it. */
  readonly getter: string;
  readonly verdict: Extract<Verdict, { kind: 'escapes' | 'contained' }>;
  /** Where the key comes from is not asked: the function decides by more than a key. */
  readonly origins: readonly Origin[];
}

/** `task.delay(obj.pk)` inside a transaction, of the function itself or of a caller. */
export interface TaskBeforeCommit extends Observed {
  readonly kind: 'task-before-commit';
  readonly task: string;
  /** `delay`, `apply_async`, `send`, ... */
  readonly method: string;
  readonly call: Call;
  readonly open: OpenTransaction;
  /** The argument that names the row. */
  readonly row: Expr;
  /** True when the function itself writes that row in the transaction: before the commit there is none. */
  readonly written: boolean;
}

/** Rows are deleted while columns of other models go on naming them, and no query of the program cleans these up. */
export interface UncleanDelete extends Observed {
  readonly kind: 'unclean-delete';
  readonly model: string;
  readonly call: Call;
  /** `row`: `row.delete()`; `rows`: a queryset's `delete()`. */
  readonly deleted: 'row' | 'rows';
  readonly receiver: Expr;
  /** The id, where the rows are asked for by it and nothing else. */
  readonly id: Expr | null;
  readonly references: readonly StaleReference[];
}

/** A column that keeps ids of a model without a constraint. */
export interface StaleReference extends Site {
  /** Class name of the model that has the column, and the module it is defined in. */
  readonly model: string;
  readonly module: string;
  readonly column: string;
  readonly nullable: boolean;
  /** A place that looks rows up by its value; null where none is known. */
  readonly use: Site | null;
}
