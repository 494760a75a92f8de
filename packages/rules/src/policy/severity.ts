import type {
  Defect,
  EntryKind,
  EntryPoint,
  Judgement,
  Lookup,
  Origin,
  OriginKind,
  Severity,
  Verdict,
} from '@danglint/core';

/** Where a person reads the traceback and tries again: nobody is woken up by it. */
const ATTENDED: ReadonlySet<EntryKind> = new Set(['command', 'admin']);

/** Code that carries one version's data over to the next one's, or fills an empty database, once, under a person's eyes. */
const UPGRADES = /(^|\/)(migration|(\w+_)?migrations(_\w+)?|upgrades?|fixtures)(\/|\.py$)/;

/** Files of management commands: what nobody calls there is called by a name that the command makes, and its threads are a part of it. */
const COMMANDS = /(^|\/)management\/commands\//;

/** Files that a person runs by hand, some with a name that no import can spell. What stands at the module level of any other file runs when a server starts. */
const BY_HAND = /(^|\/)(scripts?|bin|tools)\/|(^|\/)(manage|setup|conf|fabfile)\.py$|(^|\/)[^/]*-[^/]*\.py$/;

/** Folders of scripts, and tasks of Fabric and, beside the program, of Invoke: what nobody calls there is started by its name. */
const SCRIPTS = /(^|\/)(scripts?|bin)\/|(^|\/)fabfile\.py$|^tasks\.py$/;

/**
 * Keys of rows that are part of a deployment (a default plan, a settings singleton): without them a crash is wanted. And
 * choices of a form that was checked a moment before.
 */
const CONFIGURED: ReadonlySet<OriginKind> = new Set(['literal', 'settings', 'natural-key', 'choice']);

const PAGES: ReadonlySet<EntryKind> = new Set(['view', 'api', 'graphql']);

/** What says that the row was there a moment ago or is there for all the program knows, or that the exception is part of what a function promises. */
const EXPECTED: ReadonlySet<Defect['kind']> = new Set([
  'exists-check',
  'documented',
  'relied-on',
  'loose-key',
  'unnamed',
]);

/** The severity below the rule's own that a harmless place asks for; null when the rule's own holds. */
export function loweredSeverity(judgement: Judgement): Severity | null {
  const { lookup, verdict, origins, defects } = judgement;
  if (lookup.host.inTests || lookup.form === 'refresh' || defects.some(({ kind }) => EXPECTED.has(kind)))
    return 'info';
  if (verdict.kind === 'escapes' && (isAttended(verdict.entry) || isOwnScript(verdict.entry, lookup.path)))
    return 'info';
  if (UPGRADES.test(lookup.path)) return 'info';
  if (isMeant(verdict) || isUnlikely(judgement)) return 'info';
  return isConfigured(origins) && !pageByConstant(lookup, origins) ? 'info' : null;
}

/**
 * True where a page itself looks up a row by a constant: without the row, which nothing but a person's hand keeps there, every
 * visit is an error. A constant of a class (`SystemUser.ID`) names one of the program's own rows, which comes with it.
 */
function pageByConstant({ host, key }: Lookup, origins: readonly Origin[]): boolean {
  return (
    key?.kind !== 'Attribute' &&
    host.entry !== null &&
    PAGES.has(host.entry) &&
    origins.every(({ kind }) => kind === 'literal')
  );
}

/** True for a key that a deployment brings along. */
export function isConfigured(origins: readonly Origin[]): boolean {
  return origins.length > 0 && origins.every(({ kind }) => CONFIGURED.has(kind));
}

/** Values that code which takes rows of any model has read off a row. */
const OF_ROWS: ReadonlySet<OriginKind> = new Set(['row', 'constrained-key']);

/**
 * True where the database itself keeps the key from naming a row that is gone, and nobody here calls the code. Where somebody does,
 * a row that hangs on the one at hand may never have been written: a page shows that at once, elsewhere it is a possibility. The
 * key of the row itself may be NULL, and what another lookup found before may have been chosen by a key that is gone.
 */
function isUnlikely({ lookup, verdict, origins, defects }: Judgement): boolean {
  if (verdict.kind !== 'escapes' || !isAll(origins, 'constrained-key')) return false;
  if (isUncalled(verdict)) return true;
  const isChild = !lookup.keys.some((name) => /^(pk|id)(__exact)?$/.test(name));
  return isChild && !isPage(verdict.entry) && !defects.some(({ kind }) => kind === 'chained');
}

/**
 * True where nothing tells who calls the code, nor where that comes from by which it asks, which is no id. The newest of another
 * row's rows is asked for by that row, and `**filters` that others put together may hold an id.
 */
export function isUntold({ lookup, verdict, origins }: Judgement): boolean {
  if (lookup.form === 'ordered' && lookup.receiver.startsWith('related manager')) return false;
  const byId = lookup.keys.some(isId);
  const handed = lookup.call?.args.some(({ star }) => star === 2) === true;
  return isUncalled(verdict) && isAll(origins, 'unknown') && !byId && !handed;
}

/**
 * True for the newest or oldest of another row's rows, chosen by nothing else: `order.lines.latest()`. Programs mostly see to it that there
 * is one.
 */
export function isEndOfRows({ lookup }: Judgement): boolean {
  return lookup.form === 'ordered' && OWN_ROWS.test(lookup.receiver);
}

const OWN_ROWS = /^related manager \w+(\.(all|order_by|select_related|prefetch_related|only|defer))*$/;

/** Names of functions that say what they give and by what: `get_order`, `order_by_number`. */
const GETTER = /^(get|find|fetch|load)_|_(by|for|from)_/;

/**
 * True for a getter that nobody here calls, and that does nothing but give the row which it is told to: whoever calls it knows
 * what was asked for.
 */
export function isUnusedGetter({ verdict, origins, defects }: Judgement): boolean {
  const wrapper = defects.find(({ kind }) => kind === 'wrapper');
  const name =
    wrapper?.kind === 'wrapper' ? wrapper.function.slice(wrapper.function.lastIndexOf('.') + 1) : '';
  return (
    GETTER.test(name) &&
    !/^get_(object|queryset)$/.test(name) &&
    isAll(origins, 'argument') &&
    verdict.kind === 'escapes' &&
    isUncalled(verdict) &&
    verdict.callers.length === 0
  );
}

/**
 * True where a serializer asks by an id that stands in the dictionary it shows, `obj["order_id"]`: what a query has read a moment ago.
 */
export function isShownItem({ lookup, verdict, origins }: Judgement): boolean {
  const { key, keys } = lookup;
  const item =
    key?.kind === 'Subscript'
      ? key.value
      : key?.kind === 'Call' && key.func.kind === 'Attribute' && key.func.attr === 'get'
        ? key.func.value
        : null;
  return (
    item?.kind === 'Name' &&
    keys.every((name) => /^(pk|id)(__exact)?$/.test(name)) &&
    verdict.kind === 'escapes' &&
    verdict.entry.kind === 'serializer' &&
    isAll(origins, 'row')
  );
}

/**
 * True for one of a row's own rows that a constant picks, in code that nobody here calls: `self.versions.get(latest=True)`. What writes the
 * row sees to it that there is one.
 */
export function isOwnByConstant({ verdict, origins }: Judgement): boolean {
  return (
    isUncalled(verdict) && isAll(origins, 'row') && origins.every(({ detail }) => OF_ANOTHER.test(detail))
  );
}

const OF_ANOTHER = /^a constant, which picks one of the rows of another row/;

/** True where a page asks by what its form starts with: what the row that is edited has said a moment ago. */
export function isFormStart({ verdict, origins }: Judgement): boolean {
  return (
    verdict.kind === 'escapes' &&
    isPage(verdict.entry) &&
    origins.length > 0 &&
    origins.every(
      ({ kind, detail }) => kind === 'argument' && detail === 'what the form of a row starts with',
    )
  );
}

/** What works on rows at hand by itself: nobody names a row to it. */
const AT_WORK: ReadonlySet<EntryKind> = new Set(['receiver', 'task', 'middleware']);

/**
 * True where such code asks by a column, which is no id, for what it has read off a row: rows that belong together are written
 * together.
 */
export function isBesideRow({ lookup, verdict, origins }: Judgement): boolean {
  return (
    verdict.kind === 'escapes' &&
    AT_WORK.has(verdict.entry.kind) &&
    lookup.keys.length > 0 &&
    !lookup.keys.some(isId) &&
    isOfRows(origins)
  );
}

function isId(name: string): boolean {
  return /^(pk|id|uuid)(__exact)?$|_id$/.test(name);
}

/** True for values that were read off rows. */
export function isOfRows(origins: readonly Origin[]): boolean {
  return origins.length > 0 && origins.every(({ kind }) => OF_ROWS.has(kind));
}

export function isUncalled(verdict: Verdict): boolean {
  return verdict.kind === 'escapes' && verdict.entry.kind === 'uncalled';
}

function isAll(origins: readonly Origin[], wanted: OriginKind): boolean {
  return origins.length > 0 && origins.every(({ kind }) => kind === wanted);
}

/** Steps of the way up within which a handler has the lookup in mind: farther up it is one of all there is. */
const NEAR = 3;

/**
 * True where a handler around the lookup makes an error of the program's own out of whatever fails: that is the answer it means to
 * give. So is the same exception with words of its own, but not as a page's answer.
 */
function isMeant(verdict: Verdict): boolean {
  if (verdict.kind !== 'escapes') return false;
  return verdict.path
    .slice(0, NEAR)
    .some(
      ({ raisedAs }) => raisedAs === 'other' || (raisedAs === 'worded-missing-row' && !isPage(verdict.entry)),
    );
}

/** True where a person sees the traceback. */
export function isAttended({ kind, path }: EntryPoint): boolean {
  return (
    ATTENDED.has(kind) ||
    (kind === 'script' && BY_HAND.test(path)) ||
    ((kind === 'uncalled' || kind === 'thread') && COMMANDS.test(path))
  );
}

/** True for what nobody calls in a file that a person runs by hand: a task of `fabfile.py`, `run()` of a script. */
export function isOwnScript({ kind, path }: EntryPoint, at: string): boolean {
  return kind === 'uncalled' && path === at && SCRIPTS.test(path);
}

/** True for a file of management commands. */
export function isCommandFile(path: string): boolean {
  return COMMANDS.test(path);
}

/** True where whoever made the request sees the error, and nothing that was begun is lost in silence. */
export function isPage({ kind }: EntryPoint): boolean {
  return PAGES.has(kind);
}
