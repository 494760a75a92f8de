import type { FunctionInfo, Program } from '../project/index.ts';
import { type Expr, walkStmts } from '../syntax/index.ts';
import type { Part, Step } from './origin-steps.ts';
import type { EntryKind, OriginKind } from './verdict.ts';

const PAYLOAD =
  /(^|_)(event|message|msg|payload|body|record|envelope|notification)(_data|_payload)?$|^event_data$/;

/**
 * Parameters that carry a decoded message where nobody in the tree calls the function. `event` of a file that works with the model
 * `Event` is one of its rows, or the key of one.
 */
export function isPayload({ models }: Program, name: string, { module }: FunctionInfo): boolean {
  if (!PAYLOAD.test(name)) return false;
  const model = name.replace(/(^|_)(\w)/g, (_all, _bar, letter: string) => letter.toUpperCase());
  return !(module.top.scope.bindings.has(model) && models.byName.has(model));
}

/** What the parameters of an entry point hold. */
export function entryOrigin(entry: EntryKind, name: string, fn: FunctionInfo): OriginKind | null {
  switch (entry) {
    case 'task':
      return 'task-argument';
    case 'consumer':
      return 'message';
    case 'view':
    case 'graphql':
      return 'request';
    case 'api':
      return name === 'queryset' ? 'unknown' : 'request';
    case 'serializer':
      if (isFilter(fn) && name !== 'value') return name === 'name' ? 'literal' : 'unknown';
      return name === 'instance' || name === 'obj' || isShown(name, fn) ? 'row' : 'request';
    case 'receiver':
      return name === 'instance' || name === 'sender' ? 'row' : 'argument';
    default:
      return 'argument';
  }
}

/** `by_owner(self, queryset, name, value)` of a filter set: `name` is that of the field. */
function isFilter({ params, cls }: FunctionInfo): boolean {
  return cls !== null && params.map(({ name }) => name).join() === 'self,queryset,name,value';
}

/** `get_total(self, order)` and `to_representation(self, order)` of a serializer are given what it shows. */
function isShown(name: string, fn: FunctionInfo): boolean {
  const [, shown, other] = fn.params;
  return (
    fn.cls !== null &&
    shown?.name === name &&
    other === undefined &&
    /^(get_\w+|to_representation)$/.test(fn.name)
  );
}

/** The same in words, for a label. */
export function entryDetail(kind: OriginKind, name: string, fn: FunctionInfo): string {
  if (kind === 'task-argument') return `argument \`${name}\` of task \`${fn.qualname}\``;
  if (kind === 'message') return `\`${name}\`, a message of consumer \`${fn.qualname}\``;
  if (kind === 'request') return `\`${name}\` of the request that \`${fn.qualname}\` serves`;
  return `argument \`${name}\` of \`${fn.qualname}\``;
}

/** The expressions that a function returns, the first few; constants say nothing. */
export function returnValues(fn: FunctionInfo): Expr[] {
  const out: Expr[] = [];
  walkStmts(
    fn.body,
    (stmt) => {
      if (stmt.kind === 'Return' && stmt.value !== null && stmt.value.kind !== 'Constant')
        out.push(stmt.value);
    },
    (stmt) => stmt.kind !== 'FunctionDef' && stmt.kind !== 'ClassDef',
  );
  return out.slice(0, 4);
}

/** What a generator yields, the first few: an item of it, whichever is asked for. */
export function yieldedParts(fn: FunctionInfo, path: readonly Step[]): readonly Part[] {
  return fn.sites.sites
    .flatMap((site): Part[] => {
      if (site.kind !== 'yield' || site.expr.kind !== 'Yield') return [];
      const { value, from } = site.expr;
      if (value === null || value.kind === 'Constant') return [];
      return [{ expr: value, path: from ? path : path.slice(1) }];
    })
    .slice(0, 4);
}
