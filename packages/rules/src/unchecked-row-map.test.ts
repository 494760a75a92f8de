import { RuleTester, type Source } from '@danglint/testing';
import { describe, it } from 'vitest';
import { uncheckedRowMap } from './unchecked-row-map.ts';

const MODELS = `from django.db import models


class Row(models.Model):
    name = models.CharField(max_length=20)


class Item(models.Model):
    row = models.ForeignKey(Row, on_delete=models.CASCADE)
    other_id = models.BigIntegerField()
`;

/** A task that has a map of rows, and goes on with these lines. */
function task(lines: string, built = 'Row.objects.in_bulk(ids)'): Source {
  const body = lines
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  const head = `from app.models import Item, Row\nfrom celery import shared_task\n\n\n@shared_task\ndef f(ids):\n    rows = ${built}\n`;
  return { 'app/models.py': MODELS, 'app/tasks.py': `${head}${body}\n` };
}

/** A function that nobody calls, with a map of rows. */
function plain(
  lines: string,
  more: Readonly<Record<string, string>> = {},
  built = '{row.id: row for row in Row.objects.filter(id__in={item.row_id for item in items})}',
): Source {
  const body = lines.replaceAll('\n', '\n    ');
  const code = `from app.lib import wrap\nfrom app.models import Item, Row\n\n\ndef f(items):\n    rows = ${built}\n    ${body}\n`;
  return { 'app/models.py': MODELS, 'app/a.py': code, ...more };
}

const SILENT: Readonly<Record<string, string>> = {
  get: 'return [rows.get(pk) for pk in ids]',
  'an `in` check': 'return [rows[pk] for pk in ids if pk in rows]',
  'a `not in` check': 'for pk in ids:\n    if pk not in rows:\n        continue\n    rows[pk].save()',
  and: 'return [pk in rows and rows[pk].name for pk in ids]',
  'a conditional expression': 'return [rows[pk].name if pk in rows else "" for pk in ids]',
  'an assert': 'for pk in ids:\n    assert pk in rows\n    rows[pk].save()',
  'the sizes are compared': 'if len(rows) != len(ids):\n    return\nfor pk in ids:\n    rows[pk].save()',
  'try KeyError': 'for pk in ids:\n    try:\n        rows[pk].save()\n    except KeyError:\n        continue',
  'try LookupError':
    'for pk in ids:\n    try:\n        rows[pk].save()\n    except LookupError:\n        continue',
  setdefault: 'for pk in ids:\n    rows.setdefault(pk, Row())\n    rows[pk].save()',
  'the function completes it': 'for pk in ids:\n    rows[pk] = Row()\nreturn rows[ids[0]]',
  'walrus and get': 'return [row.name for pk in ids if (row := rows.get(pk))]',
  'get, checked, then the item':
    'for pk in ids:\n    if rows.get(pk) is None:\n        continue\n    rows[pk].save()',
  'falsy get, then the item':
    'for pk in ids:\n    if not rows.get(pk):\n        continue\n    rows[pk].save()',
  'in its keys': 'for pk in ids:\n    if pk in rows.keys():\n        rows[pk].save()',
  'what is missing was looked for':
    'missing = set(ids) - rows.keys()\nif missing:\n    return\nfor pk in ids:\n    rows[pk].save()',
  'what is missing, in a walrus':
    'if missing := set(ids) - set(rows):\n    raise ValueError(missing)\nfor pk in ids:\n    rows[pk].save()',
  'every key is there':
    'if not all(pk in rows for pk in ids):\n    return\nfor pk in ids:\n    rows[pk].save()',
  'only the keys that are there':
    'present = [pk for pk in ids if pk in rows]\nfor pk in present:\n    rows[pk].save()',
  'the check in a loop, with break':
    'for pk in ids:\n    if pk not in rows:\n        break\n    rows[pk].save()',
  'not in, raise':
    'for pk in ids:\n    if pk not in rows:\n        raise ValueError(pk)\n    rows[pk].save()',
  or: 'return [pk not in rows or rows[pk].name for pk in ids]',
  suppress:
    'from contextlib import suppress\nfor pk in ids:\n    with suppress(KeyError):\n        rows[pk].save()',
  while: 'while ids and ids[-1] in rows:\n    rows[ids[-1]].save()\n    ids.pop()',
  match:
    'for pk in ids:\n    match rows.get(pk):\n        case None:\n            continue\n    rows[pk].save()',
  'its own keys': 'for pk in rows:\n    rows[pk].save()',
  'its own keys, sorted': 'for pk in sorted(rows.keys()):\n    rows[pk].save()',
  'a key with a constraint': 'for item in Item.objects.all():\n    rows[item.row_id].save()',
  'a row at hand': 'for row in Row.objects.all():\n    rows[row.id].save()',
  'a row that was found before':
    'from django.db import transaction\nfor pk in ids:\n    with transaction.atomic():\n        row = Row.objects.get(id=pk)\n        row.save()\n    rows[pk].save()',
  'a column of what was found by the map':
    'item = Item.objects.filter(other_id__in=rows.keys()).first()\nrows[item.other_id].save()',
  'a literal': 'return rows[1]',
};

const FOUND: Readonly<Record<string, string>> = {
  'in a loop': 'for pk in ids:\n    rows[pk].save()',
  'in a comprehension': 'return [rows[pk].name for pk in ids]',
  'a soft reference': 'for item in Item.objects.all():\n    rows[item.other_id].save()',
  'an assertion of the sizes crashes itself':
    'assert len(rows) == len(ids)\nfor pk in ids:\n    rows[pk].save()',
  'a check of another map': 'other = {}\nfor pk in ids:\n    if pk in other:\n        rows[pk].save()',
  'the check on one path only':
    'for pk in ids:\n    if len(ids) > 3:\n        if pk not in rows:\n            continue\n    rows[pk].save()',
  'another handler':
    'for pk in ids:\n    try:\n        rows[pk].save()\n    except Row.DoesNotExist:\n        continue',
};

const COMPREHENSION = '{row.id: row for row in Row.objects.filter(id__in=ids)}';

const FILLED = 'for row in Row.objects.filter(id__in=ids):\n    rows[row.id] = row\n';

/** One map of rows under each kind. */
const NESTED =
  'for kind in ("a", "b"):\n    rows[kind] = {row.id: row for row in Row.objects.filter(id__in=ids, name=kind)}\n';

new RuleTester([uncheckedRowMap], { describe, it }, { recipes: new Map() }).run({
  valid: [
    ...Object.entries(SILENT).map(([name, lines]) => ({ name, code: task(lines) })),
    {
      name: 'a loop fills it, and so does something else',
      code: task(
        'for row in Row.objects.filter(id__in=ids):\n    rows[row.id] = row\nfor pk in ids:\n    rows.setdefault(pk, None)\nreturn [rows[pk] for pk in ids]',
        '{}',
      ),
    },
    {
      name: 'a loop fills it by something else',
      code: task(
        'for row in Row.objects.filter(id__in=ids):\n    rows[row.name] = row\nreturn [rows[pk] for pk in ids]',
        '{}',
      ),
    },
    {
      name: 'a loop fills it, and it is asked',
      code: task(
        'for row in Row.objects.filter(id__in=ids):\n    rows[row.id] = row\nreturn [rows[pk] for pk in ids if pk in rows]',
        '{}',
      ),
    },
    {
      name: 'a map by something else',
      code: task(
        'return [rows[pk] for pk in ids]',
        '{row.name: row for row in Row.objects.filter(id__in=ids)}',
      ),
    },
    {
      name: 'a map of a whole table',
      code: task('return [rows[pk] for pk in ids]', '{row.id: row for row in Row.objects.all()}'),
    },
    {
      name: 'pairs by something else',
      code: task(
        'return [rows[pk] for pk in ids]',
        'dict(Row.objects.filter(id__in=ids).values_list("name", "id"))',
      ),
    },
    {
      name: 'pairs of a whole table',
      code: task('return [rows[pk] for pk in ids]', 'dict(Row.objects.values_list("id", "name"))'),
    },
    {
      name: 'a map of other things',
      code: task('return [rows[pk] for pk in ids]', '{pk: pk for pk in ids}'),
    },
    {
      name: 'a map of what rows have in common, which a loop fills',
      code: plain(
        'groups = {}\n    for owner, name in Item.objects.filter(other_id__in=items, row__in=rows.values()).values_list("row_id", "other_id"):\n        if owner not in groups:\n            groups[owner] = []\n        if name not in groups[owner]:\n            groups[owner].append(name)\n    return groups'.replaceAll(
          '\n    ',
          '\n',
        ),
      ),
    },
    {
      name: 'a map of rows that were written before it',
      code: task(
        'return [rows[pk] for pk in ids]',
        'None\n    Row.objects.bulk_create([Row(id=pk) for pk in ids], ignore_conflicts=True)\n    rows = Row.objects.in_bulk(ids)',
      ),
    },
    {
      name: 'a column of rows that were asked for by what the map holds',
      code: task(
        'wanted = [row.name for row in rows.values()]\nitems = Item.objects.filter(row__name__in=wanted)\nfor item in items:\n    rows[item.other_id].save()',
      ),
    },
    {
      name: 'a map of the rows that a constrained foreign key names',
      code: plain(
        'for item in wrap(Item.objects.values("row")):\n    rows[item.row].save()',
        {},
        '{row.id: row for row in Row.objects.filter(pk__in=[item["row"] for item in Item.objects.values("row")])}',
      ),
    },
    {
      name: 'the caller answers the KeyError',
      code: {
        'app/models.py': MODELS,
        'app/a.py':
          'from app.models import Row\n\n\ndef f(ids):\n    rows = Row.objects.in_bulk(ids)\n    return [rows[pk] for pk in ids]\n\n\ndef g(ids):\n    try:\n        return f(ids)\n    except KeyError:\n        return []\n',
      },
    },
  ],
  invalid: [
    ...[
      'dict(Row.objects.filter(id__in=ids).values_list("id", "name"))',
      '{pk: name for pk, name in Row.objects.filter(id__in=ids).values_list("id", "name")}',
      '{name: pk for pk, name in Row.objects.filter(id__in=ids).values_list("name", "id")}',
    ].map((built) => ({
      name: `pairs: ${built}`,
      code: task('return [rows[pk] for pk in ids]', built),
      errors: [{ path: 'app/tasks.py', line: 8 }],
    })),
    {
      name: 'a map that a loop fills',
      code: task(`${FILLED}return [rows[pk] for pk in ids]`, '{}'),
      errors: [{ path: 'app/tasks.py', line: 10, labels: [/still there/] }],
    },
    {
      name: 'a map under each kind',
      code: task(`${NESTED}return [rows["a"][pk] for pk in ids]`, '{}'),
      errors: [{ path: 'app/tasks.py', line: 10, labels: [/still there/] }],
    },
    {
      name: 'a map by the column that the rows are asked by',
      code: task(
        'return [rows[pk] for pk in ids]',
        '{item.row_id: item for item in Item.objects.filter(row__in=ids)}',
      ),
      errors: [{ path: 'app/tasks.py', line: 8 }],
    },
    ...Object.entries(FOUND).flatMap(([name, lines]) => [
      { name, code: task(lines), errors: [{ path: 'app/tasks.py', labels: [/leaves missing rows out/] }] },
      {
        name: `${name}: a comprehension`,
        code: task(lines, COMPREHENSION),
        errors: [{ path: 'app/tasks.py', labels: [/still there/] }],
      },
    ]),
    {
      name: 'a key with the name of a constrained foreign key',
      code: plain('for item in items:\n    rows[item.row_id].save()'),
      errors: [{ path: 'app/a.py', severity: 'info' }],
    },
    {
      name: 'a key with the name of a constrained foreign key, of a page whose number comes from a request',
      code: {
        'app/models.py': MODELS,
        'app/pages.py':
          'def page_of(request, rows):\n    number = request.GET.get("page")\n    return {"page": Pages(rows).page(number), "number": number}\n',
        'app/views.py':
          'from app.models import Item, Row\nfrom app.pages import page_of\nfrom django.views import View\n\n\nclass Page(View):\n    def get(self, request):\n        page = page_of(request, Item.objects.all())["page"]\n        rows = {row.id: row for row in Row.objects.filter(id__in=[item.row_id for item in page])}\n        return [rows[item.row_id] for item in page]\n',
      },
      errors: [{ path: 'app/views.py', line: 10, severity: 'info' }],
    },
    {
      name: 'a key with the name of a column without a constraint',
      code: plain('for item in items:\n    rows[item.other_id].save()'),
      errors: [{ path: 'app/a.py', severity: 'warning' }],
    },
    {
      name: 'a key that another model keeps without a constraint',
      code: plain('for item in items:\n    rows[item.row_id].save()', {
        'app/models.py': `${MODELS}\n\nclass Copy(models.Model):\n    row_id = models.IntegerField()\n`,
      }),
      errors: [{ path: 'app/a.py', severity: 'warning' }],
    },
    {
      name: 'at once',
      code: task('return Row.objects.in_bulk(ids)[ids[0]]'),
      errors: [{ path: 'app/tasks.py', line: 8 }],
    },
  ],
});
