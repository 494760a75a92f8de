import { Fields } from './fields.ts';
import { type Frame, type Issue, isMissingRow, modelOf, titleOf } from './issue.ts';

/** Frames that are kept of a stack trace, counted from the crash. */
const FRAMES = 12;

export type Kind = 'issue' | 'event';

/** What an object is by the fields that only it has; null for neither. */
export function kindOf(data: unknown): Kind | null {
  const fields = new Fields(data);
  if (fields.has('entries', 'exception', 'eventID', 'event_id', 'groupID', 'group_id')) return 'event';
  if (fields.has('shortId', 'short_id', 'culprit', 'userCount', 'user_count')) return 'issue';
  return null;
}

/** An item of an issue list; null when it is not about a missing row. */
export function issueOf(data: unknown): Issue | null {
  const fields = new Fields(data);
  const metadata = fields.fields('metadata');
  const title = fields.text('title') ?? '';
  const type = metadata.text('type') ?? /^[\w.]+/.exec(title)?.[0] ?? '';
  if (!isMissingRow(type)) return null;
  const id = fields.text('id') ?? fields.text('shortId', 'short_id') ?? title;
  const lifetime = fields.fields('lifetime');
  return {
    id,
    shortId: fields.text('shortId', 'short_id') ?? id,
    title: titleOf(type, metadata.text('value') ?? title),
    model: modelOf(metadata.text('value') ?? title),
    events: fields.number('count') ?? lifetime.number('count') ?? 0,
    users: fields.number('userCount', 'user_count') ?? lifetime.number('userCount', 'user_count') ?? 0,
    lastSeen: fields.text('lastSeen', 'last_seen'),
    permalink: fields.text('permalink'),
    frames: [],
    filename: metadata.text('filename'),
    function: metadata.text('function'),
  };
}

/** An event as an issue of its own with a count of one; null when it is not about a missing row. */
export function issueOfEvent(data: unknown): Issue | null {
  const fields = new Fields(data);
  const exception = exceptions(fields).findLast((value) => isMissingRow(value.text('type') ?? ''));
  if (exception === undefined) return null;
  const id = fields.text('groupID', 'group_id') ?? fields.text('eventID', 'event_id') ?? '';
  const message = exception.text('value') ?? '';
  const metadata = fields.fields('metadata');
  return {
    id,
    shortId: id,
    title: titleOf(exception.text('type') ?? '', message),
    model: modelOf(message),
    events: 1,
    users: 0,
    lastSeen: fields.text('dateCreated', 'date_created', 'datetime', 'timestamp'),
    permalink: null,
    frames: ownFrames(exception),
    filename: metadata.text('filename'),
    function: metadata.text('function'),
  };
}

/** The API wraps the exception into `entries`; what an SDK sends has it at the top. */
function exceptions(event: Fields): readonly Fields[] {
  const entries = event.list('entries').map((entry) => new Fields(entry));
  const wrapped = entries
    .filter((entry) => entry.text('type') === 'exception')
    .flatMap((entry) => entry.fields('data').list('values'));
  return [...wrapped, ...event.fields('exception').list('values')].map((value) => new Fields(value));
}

/** The project's own frames, oldest call first; all frames when the SDK marks none as its own. */
function ownFrames(exception: Fields): readonly Frame[] {
  const all = exception
    .fields('stacktrace', 'rawStacktrace', 'raw_stacktrace')
    .list('frames')
    .map((frame) => new Fields(frame));
  const own = all.filter((frame) => frame.flag('inApp', 'in_app') === true);
  const marked = all.some((frame) => frame.flag('inApp', 'in_app') !== null);
  return (marked ? own : all).slice(-FRAMES).map(frameOf);
}

function frameOf(frame: Fields): Frame {
  const line = frame.number('lineNo', 'lineno', 'line_no');
  const around = frame.list('context').find((pair) => Array.isArray(pair) && pair[0] === line);
  const text: unknown = Array.isArray(around) ? around[1] : null;
  return {
    filename: frame.text('filename', 'absPath', 'abs_path'),
    module: frame.text('module'),
    function: frame.text('function'),
    line,
    context:
      typeof text === 'string' ? text.trim() : (frame.text('contextLine', 'context_line')?.trim() ?? null),
  };
}
