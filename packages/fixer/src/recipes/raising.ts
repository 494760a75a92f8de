import type { EntryKind, FixRequest, Host, ImportRequest } from '@danglint/core';
import { spell, type Spelling } from '../build/bindings.ts';
import { type Branch, hazardDoubts } from './branch.ts';
import type { Place } from './place.ts';

/** The answer 404: `NotFound` where the file speaks Django REST framework, else `Http404`. */
export function notFound(
  request: FixRequest,
  place: Place,
  entry: EntryKind | 'rest' | null = request.judgement.lookup.host.entry,
): Branch {
  const { host } = request.judgement.lookup;
  const rest = (entry === 'api' || entry === 'rest') && importsRestFramework(request);
  const wanted = rest
    ? { module: 'rest_framework.exceptions', name: 'NotFound' }
    : { module: 'django.http', name: 'Http404' };
  return raising(request, place, wanted, 'plain', 'Answer 404', outside(host, entry));
}

/** Why 404 may be the wrong answer of a function. */
function outside({ function: name }: Host, entry: EntryKind | 'rest' | null): string | null {
  if (entry === 'view' || entry === 'api') return null;
  if (entry === 'middleware') return 'every page would answer 404 while the row is missing';
  return `\`${name}\` may also run outside a request`;
}

function importsRestFramework({ facts }: FixRequest): boolean {
  return facts.body.some(
    (stmt) =>
      (stmt.kind === 'ImportFrom' && stmt.module.startsWith('rest_framework')) ||
      (stmt.kind === 'Import' && stmt.names.some(({ name }) => name.startsWith('rest_framework'))),
  );
}

/** A management command fails with a message instead of a traceback. */
export function commandError(request: FixRequest, place: Place): Branch {
  const wanted = { module: 'django.core.management.base', name: 'CommandError' };
  const short = spell(request.facts, place.functions, {
    module: 'django.core.management',
    name: 'CommandError',
  });
  const known =
    short !== null && short.imports.length === 0
      ? { module: 'django.core.management', name: 'CommandError' }
      : wanted;
  return raising(request, place, known, 'with-key', 'Raise CommandError', null);
}

/** A branch that raises what the function raises already; `doubt` is why that is not proven right. */
export function raisingAs(
  request: FixRequest,
  exception: Spelling,
  title: string,
  doubt: string | null,
  message: 'plain' | 'with-key' = 'plain',
): Branch {
  const doubts = [
    ...(doubt === null ? [] : [doubt]),
    ...hazardDoubts(request.judgement.lookup.host.hazards, 'raise'),
  ];
  return {
    missing: {
      leave: { kind: 'raise', exception: exception.text, message },
      log: false,
      imports: exception.imports,
      doubts,
      title,
    },
  };
}

/** A branch that raises an exception of a framework. */
export function raising(
  request: FixRequest,
  place: Place,
  wanted: ImportRequest,
  message: 'plain' | 'with-key',
  title: string,
  doubt: string | null,
): Branch {
  const spelling = spell(request.facts, place.functions, wanted);
  if (spelling === null) return { reason: `the name \`${wanted.name}\` means something else here` };
  return raisingAs(request, spelling, title, doubt, message);
}
