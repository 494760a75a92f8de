/**
 * What is wrong around rows beside a lookup that nobody answers: each shape stands in every host, as the positions of a lookup do.
 * Lines carry no indentation of their own; all of them show the row, so that another row would be seen.
 *
 * @typedef {object} Shape
 * @property {readonly string[]} lines
 * @property {readonly string[]} [awaited] the same in an `async def`; without them it has no such form
 * @property {string} error what a missing row ends in; empty where something answers it
 * @property {readonly string[]} [module] lines before the host
 * @property {readonly string[]} [silences] log lines that a missing row has no more
 * @property {boolean} [later] a log line may come later than it did
 * @property {boolean} [goesOn] the fixed code goes on behind it when the row is missing: a branch of its author's runs, or none is needed
 * @property {boolean} [deletes] it deletes the row
 */

const HELPER = ['def find(key):', '    return Row.objects.get(pk=key)', '', ''];
const ASYNC_HELPER = ['async def afind(key):', '    return await Row.objects.aget(pk=key)', '', ''];
const SENDER = [
  'from celery import shared_task',
  '',
  '',
  '@shared_task',
  'def send(pk):',
  '    seen("sent", pk)',
  '',
  '',
];

/**
 * @param {readonly string[]} lines
 * @param {string} type
 * @param {...string} handler
 */
const tried = (lines, type, ...handler) => [
  'try:',
  ...lines.map((line) => `    ${line}`),
  `except ${type}:`,
  ...handler.map((line) => `    ${line}`),
];

const GET = 'row = Row.objects.get(pk=key)';
const AGET = 'row = await Row.objects.aget(pk=key)';
const FIRST = 'row = Row.objects.filter(pk=key).first()';
const AFIRST = 'row = await Row.objects.filter(pk=key).afirst()';
const SHOW = 'seen(row.pk)';

/** @type {Readonly<Record<string, Shape>>} */
export const SHAPES = {
  'first, unchecked': { lines: [FIRST, SHOW], awaited: [AFIRST, SHOW], error: 'AttributeError' },
  'first, used later': {
    lines: [FIRST, 'seen("between")', 'name = row.name', 'seen(name)'],
    awaited: [AFIRST, 'seen("between")', 'name = row.name', 'seen(name)'],
    error: 'AttributeError',
  },
  'first, used at once': {
    lines: ['seen(Row.objects.filter(pk=key).first().pk, key)'],
    awaited: ['seen((await Row.objects.filter(pk=key).afirst()).pk, key)'],
    error: 'AttributeError',
  },
  'first, iterated': {
    lines: ['for name in Row.objects.filter(pk=key).first().names():', '    seen(name)'],
    error: 'AttributeError',
  },
  'first, given away': {
    module: ['def show(row):', '    seen(row.pk)', '', ''],
    lines: [FIRST, 'show(row)'],
    awaited: [AFIRST, 'show(row)'],
    error: 'AttributeError',
  },
  'caught, gone on with None': {
    lines: [...tried([GET], 'Row.DoesNotExist', 'row = None'), SHOW],
    awaited: [...tried([AGET], 'Row.DoesNotExist', 'row = None'), SHOW],
    error: 'AttributeError',
  },
  'caught, None from before': {
    lines: ['row = None', ...tried([GET], 'Row.DoesNotExist', 'seen("gone")'), 'seen("between")', SHOW],
    awaited: ['row = None', ...tried([AGET], 'Row.DoesNotExist', 'seen("gone")'), 'seen("between")', SHOW],
    error: 'AttributeError',
  },
  'last in order': {
    lines: ['row = Row.objects.filter(pk=key).order_by("place").last()', SHOW],
    error: 'AttributeError',
  },
  'by index': { lines: ['row = Row.objects.filter(pk=key)[0]', SHOW], error: 'IndexError' },
  'by index, ordered': {
    lines: ['seen(Row.objects.filter(pk=key).order_by("place")[0].name)'],
    error: 'IndexError',
  },
  'map in bulk': {
    lines: ['rows = Row.objects.in_bulk([key])', 'row = rows[key]', SHOW],
    awaited: ['rows = await Row.objects.ain_bulk([key])', 'row = rows[key]', SHOW],
    error: 'KeyError',
  },
  'map of a comprehension': {
    lines: ['rows = {row.pk: row for row in Row.objects.filter(pk__in=[key])}', 'seen(rows[key].name)'],
    error: 'KeyError',
  },
  'raising getter': {
    module: HELPER,
    lines: ['row = find(key)', SHOW],
    error: 'DoesNotExist',
  },
  'raising getter, awaited': {
    module: ASYNC_HELPER,
    lines: [GET, SHOW],
    awaited: ['row = await afind(key)', SHOW],
    error: 'DoesNotExist',
  },
  'dead check': {
    goesOn: true,
    lines: [GET, 'if row is None:', '    seen("none")', 'else:', '    seen(row.pk)'],
    awaited: [AGET, 'if row is None:', '    seen("none")', 'else:', '    seen(row.pk)'],
    error: 'DoesNotExist',
  },
  'dead check, negated': { goesOn: true, lines: [GET, 'if row:', '    seen(row.pk)'], error: 'DoesNotExist' },
  'dead handler': {
    goesOn: true,
    lines: tried([FIRST, SHOW], 'Row.DoesNotExist', 'seen("gone")'),
    awaited: tried([AFIRST, SHOW], 'Row.DoesNotExist', 'seen("gone")'),
    error: 'AttributeError',
  },
  'dead handler, assigned only': {
    goesOn: true,
    lines: [...tried([FIRST], 'Row.DoesNotExist', 'row = Row(pk=99)'), SHOW],
    error: 'AttributeError',
  },
  'abstract class': {
    goesOn: true,
    lines: tried([GET, SHOW], 'models.Model.DoesNotExist', 'seen("gone")'),
    awaited: tried([AGET, SHOW], 'models.Model.DoesNotExist', 'seen("gone")'),
    error: 'AttributeError',
  },
  'wrong class': {
    goesOn: true,
    lines: tried([GET, SHOW], 'Owner.DoesNotExist', 'seen("gone")'),
    awaited: tried([AGET, SHOW], 'Owner.DoesNotExist', 'seen("gone")'),
    error: 'DoesNotExist',
  },
  'wrong class of two': {
    goesOn: true,
    lines: tried([GET, SHOW], '(ValueError, Owner.DoesNotExist)', 'seen("gone")'),
    error: 'DoesNotExist',
  },
  'raised again': {
    lines: [...tried([GET], 'Row.DoesNotExist', 'raise'), SHOW],
    awaited: [...tried([AGET], 'Row.DoesNotExist', 'raise'), SHOW],
    error: 'DoesNotExist',
  },
  'logged and raised again': {
    lines: [...tried([GET], 'Row.DoesNotExist', 'seen("gone")', 'raise'), SHOW],
    awaited: [...tried([AGET], 'Row.DoesNotExist', 'seen("gone")', 'raise'), SHOW],
    error: 'DoesNotExist',
  },
  contained: {
    lines: tried([GET], 'Exception', 'logger.exception("failed")'),
    awaited: tried([AGET], 'Exception', 'logger.exception("failed")'),
    error: '',
    silences: ['ERROR failed'],
  },
  'contained with its use': {
    lines: tried([GET, SHOW], 'Exception', 'logger.exception("failed")'),
    error: '',
    silences: ['ERROR failed'],
  },
  'deleted at once': {
    goesOn: true,
    deletes: true,
    lines: ['Row.objects.get(pk=key).delete()', 'seen("deleted")'],
    awaited: ['await (await Row.objects.aget(pk=key)).adelete()', 'seen("deleted")'],
    error: 'DoesNotExist',
  },
  'deleted next': {
    goesOn: true,
    deletes: true,
    lines: [GET, 'row.delete()', 'seen("deleted")'],
    error: 'DoesNotExist',
  },
  'read again': {
    lines: ['row = Row(pk=key)', 'row.refresh_from_db()', 'seen(row.name)'],
    awaited: ['row = Row(pk=key)', 'await row.arefresh_from_db()', 'seen(row.name)'],
    error: 'DoesNotExist',
  },
  'dangling relation': {
    goesOn: true,
    lines: ['for link in Link.objects.filter(pk=1):', '    seen(link.row.name)'],
    error: 'DoesNotExist',
  },
  'key of a dangling relation': {
    goesOn: true,
    lines: ['for link in Link.objects.filter(pk=1):', '    seen(link.row.pk)'],
    error: 'DoesNotExist',
  },
  'reverse side': {
    goesOn: true,
    lines: ['for owner in Owner.objects.filter(pk=1):', '    seen(owner.badge.text)'],
    error: 'DoesNotExist',
  },
  'reverse side, assigned': {
    lines: ['owner = Owner(pk=1)', 'badge = owner.badge', 'seen(badge.text)'],
    error: 'DoesNotExist',
  },
  'sent too early': {
    module: SENDER,
    lines: [
      'with transaction.atomic():',
      '    note = Note.objects.create(text="new")',
      '    send.delay(note.pk)',
    ],
    error: '',
    later: true,
  },
  'sent too early, in a loop': {
    module: SENDER,
    lines: [
      'with transaction.atomic():',
      '    for text in ("one", "two"):',
      '        note = Note.objects.create(text=text)',
      '        send.delay(note.pk)',
    ],
    error: '',
    later: true,
  },
};
