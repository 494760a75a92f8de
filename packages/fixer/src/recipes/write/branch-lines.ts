import type { Edit, FileFacts, ImportRequest } from '@danglint/core';
import { layout, type Room } from '../../build/layout.ts';
import { loggerFor } from '../../build/logging.ts';
import { logEvent, type Missing, notFoundText } from '../branch.ts';
import { logKeys } from '../log-keys.ts';
import type { Place } from '../place.ts';
import { optionalReturn } from './optional-return.ts';
import type { Site } from './site.ts';

/** The branch of a missing row as text, with its indentation. */
export interface BranchLines {
  readonly lines: readonly string[];
  readonly imports: readonly ImportRequest[];
  /** Edits elsewhere in the file: the declaration of a logger, the return annotation of the function. */
  readonly edits: readonly Edit[];
}

/** Writes the branch. `handler` is true inside an `except`, where a new exception hides the old one on purpose. */
export function branchLines(site: Site, missing: Missing, room: Room, handler: boolean): BranchLines {
  const log = missing.log ? logLines(site, room) : { lines: [], imports: [], edits: [] };
  const leave = leaveLines(site, missing, room, handler || inHandler(site.place));
  const annotation = optionalReturn(site, missing);
  return {
    lines: [...log.lines, ...(missing.first === undefined ? [] : [room.indent + missing.first]), ...leave],
    imports: [...log.imports, ...missing.imports, ...annotation.imports],
    edits: [...log.edits, ...annotation.edits],
  };
}

/** The log line alone, without values whose reading needs a name of `unbound`. Empty when no logger can be had. */
export function logLines(
  { request, place, style: { quote } }: Site,
  room: Room,
  unbound: ReadonlySet<string> = new Set(),
): BranchLines {
  const { source, facts, settings } = request;
  const logger = loggerFor(source, facts, place.functions, settings.logger, place.stmt.start);
  if (logger === null) return { lines: [], imports: [], edits: [] };
  const quoted = (text: string): string => quote + text + quote;
  const keys = logKeys(request).filter(({ source: value }) => !unbound.has(value.split(/\W/, 1)[0] ?? ''));
  const pairs = keys.map(({ name, source: value }) =>
    logger.style === 'extra' ? `${quoted(name)}: ${value}` : `${name}=${value}`,
  );
  const extra = pairs.length === 0 ? [] : logger.style === 'extra' ? [`extra={${pairs.join(', ')}}`] : pairs;
  const value = `${logger.name}.${settings.logLevel}(${[quoted(logEvent(request)), ...extra].join(', ')})`;
  return {
    lines: indented(layout({ prefix: '', value }, room), room),
    imports: logger.imports,
    edits: logger.edits,
  };
}

/** True inside an `except` of the same function: an exception raised there hides the one that is handled. */
function inHandler({ around, stmt }: Place): boolean {
  const own = around.slice(around.findLastIndex(({ kind }) => kind === 'FunctionDef') + 1);
  return own.some(
    (outer) =>
      outer.kind === 'Try' && outer.handlers.some(({ start, end }) => start <= stmt.start && stmt.end <= end),
  );
}

function leaveLines(site: Site, { leave }: Missing, room: Room, handler: boolean): readonly string[] {
  switch (leave.kind) {
    case 'continue':
      return [`${room.indent}continue`];
    case 'return':
    case 'statement':
      return [room.indent + leave.text];
    case 'raise': {
      const suffix = handler && !runsOnPython2(site.request.facts) ? ' from None' : '';
      return indented(
        layout(
          { prefix: 'raise ', value: `${leave.exception}(${message(site, leave.message)})`, suffix },
          room,
        ),
        room,
      );
    }
  }
}

/** `f"Detector {detector_id} does not exist"` where the key can stand in an f-string of any Python, else without it. */
function message({ request, style: { quote } }: Site, kind: 'plain' | 'with-key'): string {
  const { label } = request.judgement.lookup;
  const quoted = (text: string): string => quote + text.replaceAll(quote, `\\${quote}`) + quote;
  if (kind === 'plain') return quoted(notFoundText(label));
  const row = label ?? 'Row';
  const [key] = logKeys(request);
  if (
    key === undefined ||
    !PLAIN_KEY.test(key.source) ||
    /[{}"'\\]/.test(row) ||
    runsOnPython2(request.facts)
  )
    return quoted(`${row} does not exist`);
  return `f${quote}${row} {${key.source.replace(/["']/g, quote === '"' ? "'" : '"')}} does not exist${quote}`;
}

const OLD_FUTURES = new Set([
  'absolute_import',
  'print_function',
  'unicode_literals',
  'division',
  'with_statement',
]);

/** A file that asks for Python 3's ways still runs on Python 2, which has no `from None` and no f-strings. */
function runsOnPython2({ body }: FileFacts): boolean {
  return body.some(
    (stmt) =>
      stmt.kind === 'ImportFrom' &&
      stmt.module === '__future__' &&
      stmt.names.some(({ name }) => OLD_FUTURES.has(name)),
  );
}

/** Names, attributes, and items whose keys are words: in other quotes they can stand in an f-string. */
const PLAIN_KEY = /^[^"'\\{}]*(?:(["'])\w+\1[^"'\\{}]*)*$/;

function indented([first = '', ...rest]: readonly string[], { indent }: Room): readonly string[] {
  return [indent + first, ...rest];
}
