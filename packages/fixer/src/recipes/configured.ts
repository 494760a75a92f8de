import type { FixRequest } from '@danglint/core';
import { moduleNames } from '../build/bindings.ts';
import { bindsName, snakeCase } from '../build/names.ts';
import { scan } from '../build/scan.ts';
import { type Branch, hazardDoubts } from './branch.ts';
import type { Place } from './place.ts';
import { raising } from './raising.ts';

/**
 * The branch that the project configured (`not-found`), where it fits; null for the default, `return`, and for `continue`
 * outside a loop.
 */
export function configuredBranch(request: FixRequest, place: Place): Branch | null {
  const { settings, judgement } = request;
  const { host, model } = judgement.lookup;
  const wanted = settings.notFound.trim();
  if (wanted === 'return' || wanted === '' || wanted === 'continue') return null;
  const raises = wanted.startsWith('raise ');
  const doubts = hazardDoubts(host.hazards, raises ? 'raise' : 'jump');
  if (wanted === 'raise Http404') {
    const inside = host.entry === 'view' || host.entry === 'api';
    const outside = inside ? null : `\`${host.function}\` may also run outside a request`;
    return raising(
      request,
      place,
      { module: 'django.http', name: 'Http404' },
      'plain',
      'Answer 404',
      outside,
    );
  }
  const text = wanted.replaceAll('{model}', snakeCase(model));
  const unknown = unknownName(request, place, text);
  const more = [
    ...(unknown === null ? [] : [`\`${unknown}\` is not defined in this file`]),
    ...(host.entry !== null || host.returnsOptional || raises
      ? []
      : [`callers of \`${host.function}\` are not known to accept \`${text}\``]),
  ];
  return {
    missing: {
      leave: { kind: 'statement', text },
      log: false,
      imports: [],
      doubts: [...more, ...doubts],
      title: `Run \`${text}\``,
    },
  };
}

/** The first name of a configured statement that the file does not bind. */
function unknownName({ facts }: FixRequest, { functions }: Place, text: string): string | null {
  for (const { kind, start, end } of scan(text)) {
    const word = kind === 'other' ? (/^[A-Za-z_]\w*/.exec(text.slice(start, end))?.[0] ?? null) : null;
    if (word === null || /^(?:return|raise|None|True|False|not|from)$/.test(word)) continue;
    if (!moduleNames(facts).has(word) && !functions.some((fn) => bindsName(fn, word))) return word;
  }
  return null;
}
