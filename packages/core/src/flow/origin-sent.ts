import type { Param } from '../syntax/index.ts';
import type { Trail, Tracer } from './origin-trail.ts';
import { isTestCode } from './test-code.ts';
import type { EntryKind, Origin } from './verdict.ts';

/** Calls that hand their keywords on to the receivers of a signal. */
const SENDS = ['send', 'send_robust', 'asend', 'asend_robust'];

/**
 * What a receiver finds under a name in its `**kwargs`: what the signals of the program are sent with under that name. Empty where
 * nobody sends it.
 */
export function sentOrigins(t: Tracer, entry: EntryKind | null, { star }: Param, trail: Trail): Origin[] {
  const [name, ...rest] = trail.path;
  if (entry !== 'receiver' || star !== 2 || typeof name !== 'string') return [];
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
