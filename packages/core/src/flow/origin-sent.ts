import type { Param } from '../syntax/index.ts';
import type { Trail, Tracer } from './origin-trail.ts';
import { isTestCode } from './test-code.ts';
import type { EntryKind, Origin } from './verdict.ts';

/** Calls that hand their keywords on to the receivers of a signal. */
const SENDS = ['send', 'send_robust', 'asend', 'asend_robust'];

/** Parameters that receivers of Django's own signals have. */
const OWN =
  /^(sender|signal|instance|created|raw|using|update_fields|action|reverse|model|pk_set|request|user)$/;

/**
 * What a receiver finds under a name in its `**kwargs`, or as a parameter of that name: what the signals of the program are sent with under
 * it. Empty where nobody sends it.
 */
export function sentOrigins(t: Tracer, entry: EntryKind | null, param: Param, trail: Trail): Origin[] {
  const [name, ...rest] =
    param.star === 2 ? trail.path : param.star === 0 ? [param.name, ...trail.path] : [null];
  if (entry !== 'receiver' || typeof name !== 'string' || (param.star === 0 && OWN.test(name))) return [];
  const sends = SENDS.flatMap((method) => t.program.calls.of(method)).filter(
    ({ place }) => !isTestCode(place.fn.path),
  );
  const sent = { ...trail, calls: [], below: true, entered: null };
  const found = sends.flatMap(({ expr: { args }, place: { fn } }) => {
    const named = args.find((arg) => arg.name === name);
    if (named !== undefined) return t.trace(named.value, fn, { ...sent, path: rest });
    const all = args.find((arg) => arg.star === 2);
    return all === undefined ? [] : t.trace(all.value, fn, sent);
  });
  return found.filter(({ kind }) => kind !== 'argument');
}
