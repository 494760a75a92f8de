import { dottedName, type Edit, type Recipe, type Span } from '@danglint/core';
import { spell } from '../../build/bindings.ts';
import { replacement } from '../../build/edit.ts';
import { flatten } from '../../build/flatten.ts';
import { layout } from '../../build/layout.ts';
import { placeAt } from '../place.ts';
import { fixOf, refuse } from '../result.ts';
import { replaceInStatement } from '../write/replace.ts';
import { commentWidth, roomAt, type Site, siteOf } from '../write/site.ts';
import { finished } from '../write/written.ts';
import { asLookup } from './as-lookup.ts';

const NAME = { name: 'on-commit', pattern: 'A' };

/**
 * `task.delay(row.pk)` inside a transaction becomes `transaction.on_commit(partial(task.delay, row.pk))`. The arguments are
 * read now, as before: a lambda would read them late, and in a loop the last ones.
 */
export const onCommit: Recipe = {
  ...NAME,
  build: () => refuse(NAME, 'no task is sent here'),
  observe(request) {
    const { observation, source, facts } = request;
    if (observation.kind !== 'task-before-commit') return refuse(NAME, 'no task is sent here');
    const { call } = observation;
    const found = placeAt(request, call, true);
    if ('reason' in found) return refuse(NAME, found.reason);
    const { place } = found;
    if (place.position.kind !== 'statement') return refuse(NAME, 'the result of sending the task is used');
    const task = dottedName(call.func);
    const partial = spell(facts, place.functions, { module: 'functools', name: 'partial' });
    const transaction = spell(facts, place.functions, { module: 'django.db', name: 'transaction' });
    const open = source.text.indexOf('(', call.func.end);
    const args = flatten(source.text, open + 1, call.end - 1)?.replace(/,\s*$/, '') ?? null;
    if (task === null || args === null || open < 0)
      return refuse(NAME, 'the call is not written in a way that can be wrapped');
    if (partial === null || transaction === null)
      return refuse(NAME, 'the names `partial` and `transaction` mean something else here');
    const inner = asLookup(request, { at: call, model: null, keys: [] });
    const text = `${transaction.text}.on_commit(${partial.text}(${[task, ...(args === '' ? [] : [args])].join(', ')}))`;
    const edits = sent(siteOf(inner, place), call, text);
    const written = finished(edits, [...partial.imports, ...transaction.imports]);
    const why = 'the task is sent after the commit, and not at all when the transaction is rolled back';
    return fixOf(inner, NAME, `Send \`${observation.task}\` after the commit`, written, [why]);
  },
};

/** A call over several lines is laid out anew: its lines belong to other brackets now. */
function sent(site: Site, call: Span, text: string): readonly Edit[] {
  const original = site.request.source.text.slice(call.start, call.end);
  if (!/[\r\n]/.test(original)) return replaceInStatement(site, [call], text);
  const room = { ...roomAt(site), reserve: commentWidth(site) };
  return [
    replacement(call.start, call.end, layout({ prefix: '', value: text }, room).join(site.style.newline)),
  ];
}
