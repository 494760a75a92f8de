import type { Expr } from '../syntax/index.ts';

/** What a fix does on the way of a row that exists: facts of `semantics.md` §2 and §3, read from the models. */
export interface Uniqueness {
  readonly proven: boolean;
  /** What proves it ("`id` is the primary key"), or what is missing. */
  readonly why: string;
}

/** Whether `filter(...).first()` gives the same row. `never` = it may raise or give another row even for a unique one. */
export type FirstForm =
  | { readonly kind: 'same' }
  | { readonly kind: 'unproven'; readonly why: string }
  | { readonly kind: 'never'; readonly why: string };

/**
 * Whether the rows of a `for` loop can be loaded before it (`semantics.md` §5). `never`: a row that is there would be
 * treated otherwise. `map`: `in_bulk` gives the rows, `doubts` are the conditions that are not proven.
 */
export type BatchForm =
  | { readonly kind: 'never'; readonly why: string }
  | {
      readonly kind: 'map';
      /** The unique field that the rows are looked up by; null for the primary key. */
      readonly field: string | null;
      /** What gives the id of an item: the lookup's argument, or the value that the loop assigned to it. */
      readonly key: Expr;
      /** True when ids are of the column's own type: they come from a column like it. Others need its `to_python`. */
      readonly typed: boolean;
      /** True when the items can be read twice: a sequence, a set, a queryset. Others are to be kept in a list first. */
      readonly again: boolean;
      readonly doubts: readonly string[];
    };

/** A function or method of the project that gives a row or None, read from its body: `get_or_none` and the like. */
export interface RowHelper {
  readonly name: string;
  readonly module: string;
  /** True when its name already stands for it in the lookup's file. */
  readonly bound: boolean;
  /** `self`: a method of the lookup's own manager or queryset. Else a function whose first argument is a model, or rows. */
  readonly asks: 'self' | 'model' | 'rows';
  /** `get`: several rows still raise. `first`: it gives the first one. */
  readonly form: 'get' | 'first';
}
