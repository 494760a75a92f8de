/** What generated cases are put together from: positions of a result, lookups, surroundings. Lines carry no indentation of their own. */

/**
 * What a statement does with the row; `GET` stands for the lookup. All of them show the row, so that another row would be seen.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const POSITIONS = {
  assigned: ['row = GET', 'seen(row.pk)'],
  annotated: ['row: Row = GET', 'seen(row.pk)'],
  attribute: ['box = Box()', 'box.row = GET', 'seen(box.row.pk)'],
  item: ['rows = {}', 'rows[key] = GET', 'seen(rows[key].pk)'],
  chain: ['first = second = GET', 'seen(first.pk, second.pk)'],
  tuple: ['row, other = GET, key', 'seen(row.pk, other)'],
  starred: ['row, *others = [GET, key]', 'seen(row.pk, others)'],
  augmented: ['rows = []', 'rows += [GET]', 'seen(rows[0].pk)'],
  read: ['name = GET.name', 'seen(name)'],
  method: ['seen(GET.run())'],
  argument: ['seen(GET.pk, key)'],
  'second argument': ['seen(len("ab"), GET.pk)'],
  'after effects': ['seen(seen("effect"), GET.pk)'],
  keyword: ['seen(*[GET.pk], *[key])'],
  with: ['with GET.lock() as lock:', '    seen(lock)'],
  'two withs': ['with Row(pk=1).lock() as one, GET.lock() as two:', '    seen(one, two)'],
  'comprehension source': ['seen([name.upper() for name in GET.names()])'],
  comprehension: ['seen([GET.pk for _ in "ab"])'],
  generator: ['seen(max(GET.pk for _ in "ab"))'],
  'loop source': ['for name in GET.names():', '    seen(name)'],
  'condition test': ['seen(1 if GET.name else 2)'],
  'condition branch': ['row = GET if key else None', 'seen(row)'],
  'left of or': ['name = GET.name or key', 'seen(name)'],
  'right of or': ['row = None or GET', 'seen(row.pk)'],
  'right of and': ['name = key and GET.name', 'seen(name)'],
  walrus: ['if (row := GET).name:', '    seen(row.pk)'],
  'if test': ['if GET.name:', '    seen("named")'],
  'elif test': ['if not key:', '    seen("none")', 'elif GET.name:', '    seen("named")'],
  'while test': ['while GET.name == "?":', '    seen("asked")'],
  assertion: ['assert GET.name', 'seen("named")'],
  'f-string': ['seen(f"{GET.name}")'],
  dictionary: ['seen({"row": GET.pk, "key": key})'],
  compared: ['seen(0 < GET.pk < 99)'],
  'compared last': ['seen(0 < key <= GET.pk)'],
  slice: ['seen("abcdefghi"[GET.pk :])'],
  raised: ['raise ValueError(GET.name)'],
  statement: ['GET', 'seen("there")'],
  lambda: ['ask = lambda: GET', 'seen(ask().pk)'],
  default: ['def inner(row=GET):', '    return row.pk', '', 'seen(inner())'],
  'one line': ['if key: seen(GET.pk)'],
  lines: ['row = (', '    GET  # the one', ')', 'seen(row.pk)'],
};

/**
 * @typedef {object} LookupPart
 * @property {string} get
 * @property {readonly string[]} before statements before it
 * @property {boolean} many two rows may fit it
 * @property {boolean} [async] it can be awaited
 */

/** @type {Readonly<Record<string, LookupPart>>} */
export const LOOKUPS = {
  pk: { get: 'Row.objects.get(pk=key)', before: [], many: false, async: true },
  slug: { get: 'Row.objects.get(slug=slug)', before: ['slug = str(key)'], many: false, async: true },
  name: { get: 'Row.objects.get(name=name_of)', before: ['name_of = f"n{key}"'], many: true, async: true },
  together: { get: 'Row.objects.get(shelf=1, place=key)', before: [], many: false, async: true },
  'one of two': {
    get: 'Row.objects.get(name=name_of, shelf__gt=0)',
    before: ['name_of = f"n{key}"'],
    many: true,
  },
  filtered: { get: 'Row.objects.filter(shelf__gt=0).get(pk=key)', before: [], many: false },
  joined: { get: 'Row.objects.select_related("owner").get(pk=key)', before: [], many: false, async: true },
  related: { get: 'owner.rows.get(pk=key)', before: ['owner = Owner(pk=1)'], many: false },
  latest: { get: 'Row.objects.filter(pk=key).latest("pk")', before: [], many: false },
  'ignoring case': {
    get: 'Row.objects.get(name__iexact=name_of)',
    before: ['name_of = f"N{key}"'],
    many: true,
  },
  sliced: { get: 'Row.objects.filter(pk=key).order_by("pk")[:3].get()', before: [], many: false },
  nested: { get: 'Row.objects.get(pk=Row.objects.get(pk=key).pk)', before: [], many: false },
};

/**
 * What stands around the statement.
 * @type {Readonly<Record<string, (lines: readonly string[]) => readonly string[]>>}
 */
export const SURROUNDINGS = {
  plain: (lines) => lines,
  'in a transaction': (lines) => ['with transaction.atomic():', ...indented(lines)],
  'after a write in a transaction': (lines) => [
    'with transaction.atomic():',
    ...indented(['Note.objects.create(text="before")', ...lines]),
  ],
  'after a call that writes in a transaction': (lines) => [
    'with transaction.atomic():',
    ...indented(['noted("before")', ...lines]),
  ],
  'in passes of a transaction': (lines) => [
    'with transaction.atomic():',
    '    for key in (3, key):',
    ...indented([...lines, 'Note.objects.create(text=f"pass {key}")'], 2),
  ],
  'in a handler that passes it on': (lines) => [
    'try:',
    ...indented(lines),
    'except Exception:',
    '    seen("undone")',
    '    raise',
  ],
  'after a write': (lines) => ['Note.objects.create(text="before")', ...lines],
  'before a write': (lines) => [...lines, 'Note.objects.create(text="after")'],
  'in a branch': (lines) => ['if key is not None:', ...indented(lines)],
  'with a finally': (lines) => ['try:', ...indented(lines), 'finally:', '    seen("finally")'],
  'with comments': (lines) => [
    '# first',
    ...lines.map((line) => (/[\w)]$/.test(line) ? `${line}  # so` : line)),
    '# last',
  ],
};

/** Surroundings that an `async def` may have without threads. */
export const ASYNC_SURROUNDINGS = [
  'plain',
  'in a branch',
  'in a handler that passes it on',
  'with a finally',
  'with comments',
];

/**
 * @param {readonly string[]} lines
 * @param {number} [levels]
 * @returns {string[]}
 */
export function indented(lines, levels = 1) {
  return lines.map((line) => (line === '' ? '' : `${'    '.repeat(levels)}${line}`));
}
