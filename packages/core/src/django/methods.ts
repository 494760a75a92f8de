/** Methods of managers and querysets that raise for a missing row (`semantics.md` §4), with the form they take. */
export const LOOKUP_METHODS: ReadonlyMap<string, 'get' | 'ordered' | 'cached'> = new Map([
  ['get', 'get'],
  ['aget', 'get'],
  ['get_by_natural_key', 'get'],
  ['get_for_id', 'get'],
  ['latest', 'ordered'],
  ['alatest', 'ordered'],
  ['earliest', 'ordered'],
  ['aearliest', 'ordered'],
  ['get_from_cache', 'cached'],
]);

/** Chain methods after which `filter(...).first()` gives the row that `get` gives (`semantics.md` §2.1). */
export const PLAIN_CHAIN: ReadonlySet<string> = new Set([
  'all',
  'filter',
  'exclude',
  'select_related',
  'prefetch_related',
  'only',
  'defer',
  'using',
  'select_for_update',
  'get_queryset',
]);

/** Methods that give a queryset of the same model back. Those beyond `PLAIN_CHAIN` change what `first()` would do. */
export const QUERYSET_METHODS: ReadonlySet<string> = new Set([
  ...PLAIN_CHAIN,
  'annotate',
  'alias',
  'distinct',
  'order_by',
  'reverse',
  'none',
  'extra',
  'complex_filter',
  'db_manager',
  'union',
  'intersection',
  'difference',
  'raw',
  'non_polymorphic',
  'instance_of',
  'not_instance_of',
  'select_subclasses',
  'get_query_set',
  'fetch_mode',
  'cache',
  'language',
  'translated',
  'nocache',
]);

export const VALUES_METHODS: ReadonlySet<string> = new Set(['values', 'values_list', 'dates', 'datetimes']);

/** Methods that give a row or None. */
export const OPTIONAL_METHODS: ReadonlySet<string> = new Set([
  'first',
  'last',
  'afirst',
  'alast',
  'get_or_none',
  'get_one_or_none',
]);

/** Methods that give a row that is there. */
export const ROW_METHODS: ReadonlySet<string> = new Set([
  'create',
  'acreate',
  'create_user',
  'create_superuser',
]);

/** Methods that give `(row, created)`. */
export const UPSERT_METHODS: ReadonlySet<string> = new Set([
  'get_or_create',
  'update_or_create',
  'aget_or_create',
  'aupdate_or_create',
]);

/** Methods that give rows as a sequence. */
export const ROWS_METHODS: ReadonlySet<string> = new Set([
  'iterator',
  'bulk_create',
  'abulk_create',
  'aiterator',
  'get_many_from_cache',
]);

export const ROW_MAP_METHODS: ReadonlySet<string> = new Set(['in_bulk', 'ain_bulk']);

/** Methods that write rows: what comes before an early return in a transaction. */
export const WRITE_METHODS: ReadonlySet<string> = new Set([
  'save',
  'asave',
  'delete',
  'adelete',
  'create',
  'acreate',
  'update',
  'aupdate',
  'bulk_create',
  'abulk_create',
  'bulk_update',
  'abulk_update',
  'get_or_create',
  'aget_or_create',
  'update_or_create',
  'aupdate_or_create',
  'add',
  'remove',
  'clear',
  'set',
  'create_or_update',
]);
