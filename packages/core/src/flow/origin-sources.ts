import { SHARED_SCHEMA } from '../django/index.ts';
import { type FunctionInfo, parts, type Program, type Type } from '../project/index.ts';
import { type Call, dottedName, type Expr } from '../syntax/index.ts';
import { isOwnContainer } from './own-container.ts';
import type { OriginKind } from './verdict.ts';

const SEARCH =
  /(^|[._])(snuba|clickhouse|elasticsearch|elasticsearch_dsl|elasticutils|opensearch|haystack|solr|whoosh|meilisearch|typesense|search_index|discover|eventstore|sphinx)([._]|$)/i;
/** Functions that make what a store is asked with: `get_snuba_query_args`. */
const MAKES_QUERY = /_(args|kwargs|params|parameters|conditions|filters?|url|config|settings|options)$/i;
const CACHES =
  /(^|[._])(cache|caches|redis|redis_client|redis_conn|memcache|session|rds|lock_cache|redis_connection|redis_cluster)([._]|$)/i;
/** Caches that end with the request or the process, by their names. */
const SHORT_LIVED = /(^|[._])(local|request|thread|process|in_?memory)_?cache([._]|$)/i;
const CACHE_READS =
  /^(get|get_many|hget|hgetall|hmget|mget|lrange|lpop|rpop|blpop|smembers|spop|zrange|zrangebyscore|zrevrange|get_hash|get_or_set|pop|getset|srandmember|getex)$/;
const MESSAGES = /(^|[._])(kafka|consumer|pubsub|sqs|amqp|message|msg)([._]|$)/i;
const DECODERS = /(^|\.)(loads|load_json|parse_json|json_loads)$/;
const REQUEST_PARTS =
  /^(GET|POST|data|query_params|body|COOKIES|FILES|META|headers|QUERY_PARAMS|validated_data|cleaned_data|initial_data|resolver_match|path)$/;

/** Django's settings, or those of a class of the program's own that stands in for them. */
export function isSettings(type: Type, { hierarchy }: Program): boolean {
  if (type.t === 'external') return type.name.startsWith('django.conf.settings');
  return type.t === 'instance' && hierarchy.externalBases(type.cls).includes('django.conf.LazySettings');
}

/** True for `request.GET`, `self.kwargs`, `serializer.validated_data`, `form.cleaned_data` and the like. */
export function isRequest(expr: Extract<Expr, { kind: 'Attribute' }>, fn: FunctionInfo, base: Type): boolean {
  if (expr.attr === 'validated_data' || expr.attr === 'cleaned_data') return true;
  if (
    expr.attr === 'kwargs' &&
    expr.value.kind === 'Name' &&
    expr.value.id === fn.params[0]?.name &&
    fn.isMethod
  )
    return true;
  if (!REQUEST_PARTS.test(expr.attr)) return false;
  if (
    parts(base).some(
      (type) => type.t === 'made' && /\.(HttpRequest|Request|WSGIRequest|ASGIRequest)$/.test(type.name),
    )
  )
    return true;
  const name = dottedName(expr.value) ?? '';
  return /(^|\.)request$/.test(name);
}

/** What a call reads from: a cache, a search index, decoded JSON, a request. Null when the call says nothing of itself. */
export function callOrigin(
  program: Program,
  call: Call,
  fn: FunctionInfo,
): { readonly kind: OriginKind; readonly detail: string } | null {
  const written = dottedName(call.func) ?? '';
  const resolved = parts(program.infer.expr(call.func, fn)).map((type) =>
    type.t === 'external'
      ? type.name
      : type.t === 'function'
        ? `${type.fn.module.name}.${type.fn.qualname}`
        : '',
  );
  const names = [written, ...resolved, ...clientNames(program, call, fn)].filter((name) => name !== '');
  if (names.some((name) => SHARED_SCHEMA.test(name)))
    return { kind: 'settings', detail: 'the schema that all tenants share' };
  const last = call.func.kind === 'Attribute' ? call.func.attr : written;
  const owner = call.func.kind === 'Attribute' ? ownerName(call.func.value) : '';
  if (
    CACHE_READS.test(last) &&
    (CACHES.test(owner) || names.some((name) => CACHES.test(name.slice(0, name.lastIndexOf('.'))))) &&
    !isShortLived(program, call, fn)
  ) {
    return /session/i.test(owner)
      ? { kind: 'cache', detail: 'a value kept in the session' }
      : { kind: 'cache', detail: 'a value read from the cache' };
  }
  const stored = names.filter(
    (name) =>
      (SEARCH.test(name) && !MAKES_QUERY.test(name)) ||
      program.options.externalIdSources.some((source) => name.includes(source)),
  );
  if (stored.length > 0) {
    if (stored.some((name) => MESSAGES.test(name)))
      return { kind: 'message', detail: 'a message of a queue' };
    const kind = stored.some((name) => CACHES.test(name)) ? 'cache' : 'search-index';
    return { kind, detail: `the result of \`${written}\`, a store that keeps ids of deleted rows` };
  }
  if (names.some((name) => DECODERS.test(name)) || last === 'json') {
    return MESSAGES.test(owner)
      ? { kind: 'message', detail: 'a decoded message' }
      : { kind: 'json', detail: 'decoded JSON' };
  }
  const received =
    /^(poll|receive|recv|consume|get_message|read_message|fetch_message)$/.test(last) && MESSAGES.test(owner);
  return received || names.some((name) => /(^|\.)\w*Consumer$/.test(name))
    ? { kind: 'message', detail: 'a message of a queue' }
    : null;
}

/** A dictionary of the program's own, and a cache that says so: no row is gone before what they keep of it. */
function isShortLived(program: Program, { func }: Call, fn: FunctionInfo): boolean {
  if (func.kind !== 'Attribute') return false;
  return SHORT_LIVED.test(ownerName(func.value)) || isOwnContainer(program, func.value, fn);
}

/** `redis.Redis.get` for a method of a name that `redis.Redis()`, or a class of the program derived from it, was assigned to. */
function clientNames(program: Program, { func }: Call, fn: FunctionInfo): string[] {
  if (func.kind !== 'Attribute') return [];
  return parts(program.infer.expr(func.value, fn)).flatMap((type) => {
    if (type.t === 'made') return [`${type.name}.${func.attr}`];
    if (type.t !== 'instance') return [];
    return program.hierarchy.externalBases(type.cls).map((base) => `${base}.${func.attr}`);
  });
}

function ownerName(expr: Expr): string {
  if (expr.kind === 'Call') return ownerName(expr.func);
  if (expr.kind === 'Subscript') return ownerName(expr.value);
  return dottedName(expr) ?? '';
}
