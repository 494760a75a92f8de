import { RuleTester, type Source } from '@danglint/testing';
import { describe, it } from 'vitest';
import { firstRowByIndex } from './first-row-by-index.ts';

const MODELS = `from django.db import models


class Row(models.Model):
    name = models.CharField(max_length=20)
`;

function after(lines: string): Source {
  const body = lines
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  return {
    'app/models.py': MODELS,
    'app/a.py': `from app.models import Row\n\n\ndef f(name, flag, qs: list):\n    rows = Row.objects.filter(name=name)\n${body}\n`,
  };
}

const SILENT: Readonly<Record<string, string>> = {
  'a slice': 'return rows[:1]',
  first: 'return rows.first()',
  'a list': 'return qs[0]',
  exists: 'if rows.exists():\n    return rows[0]',
  'not exists': 'if not rows.exists():\n    return None\nreturn rows[0]',
  'truth of the queryset': 'if rows:\n    return rows[0]',
  'falsy queryset': 'if not rows:\n    return None\nreturn rows[0]',
  len: 'if len(rows) == 1:\n    return rows[0]',
  'a remembered count': 'count = rows.count()\nif count == 0:\n    return None\nreturn rows[0]',
  'len in a negated test': 'if len(rows) < 1:\n    return None\nreturn rows[0]',
  'a count that is not zero': 'if not rows.count():\n    return None\nreturn rows[0]',
  walrus: 'if (n := rows.count()) > 0:\n    return rows[0]',
  while: 'while rows.exists():\n    rows[0].delete()',
  'match of the length': 'match len(rows):\n    case 0:\n        return None\nreturn rows[0]',
  'a list of it, checked': 'found = list(rows)\nif not found:\n    return None\nreturn found[0]',
  continue:
    'for item in qs:\n    some = Row.objects.filter(name=item)\n    if not some:\n        continue\n    some[0].save()',
  or: 'return not rows or rows[0]',
  suppress: 'from contextlib import suppress\nwith suppress(IndexError):\n    return rows[0]',
  'try LookupError': 'try:\n    return rows[0]\nexcept LookupError:\n    return None',
  and: 'return rows and rows[0]',
  'a conditional expression': 'return rows[0] if rows else None',
  assert: 'assert rows.exists()\nreturn rows[0]',
  'try IndexError': 'try:\n    return rows[0]\nexcept IndexError:\n    return None',
  'several rows':
    'try:\n    return Row.objects.get(name=name)\nexcept Row.MultipleObjectsReturned:\n    return rows[0]',
};

const FOUND: Readonly<Record<string, string>> = {
  'a name': 'return rows[0]',
  'a chain': 'return Row.objects.filter(name=name).order_by("-id")[0].name',
  all: 'return Row.objects.all()[0]',
  'another handler': 'try:\n    return rows[0]\nexcept Row.DoesNotExist:\n    return None',
  'another condition': 'if flag:\n    return rows[0]',
};

new RuleTester([firstRowByIndex], { describe, it }, { recipes: new Map() }).run({
  valid: Object.entries(SILENT).map(([name, lines]) => ({ name, code: after(lines) })),
  invalid: Object.entries(FOUND).map(([name, lines]) => ({
    name,
    code: after(lines),
    errors: [{ path: 'app/a.py', message: /IndexError/ }],
  })),
});

/** A service of another system, and a function that asks it. */
function remote(lines: string, gives = 'list[RpcUser]'): Source {
  const body = lines.replaceAll('\n', '\n    ');
  return {
    'app/services.py': `class RpcUser:\n    id: int\n\n\nclass UserService:\n    def get_many(self, *, ids) -> ${gives}:\n        ...\n\n    def first(self, ids):\n        return self.get_many(ids=ids)[0]\n\n\nuser_service = UserService()\n`,
    'app/a.py': `from app.services import user_service\n\n\ndef f(ids):\n    ${body}\n`,
  };
}

new RuleTester([firstRowByIndex], { describe, it }, { recipes: new Map() }).run({
  valid: [
    {
      name: 'an answer that was looked at',
      code: remote('users = user_service.get_many(ids=ids)\nif users:\n    (user,) = users'),
    },
    { name: 'two items', code: remote('one, two = user_service.get_many(ids=ids)') },
    { name: 'all items', code: remote('[*users] = user_service.get_many(ids=ids)') },
    {
      name: 'a handler',
      code: remote('try:\n    (user,) = user_service.get_many(ids=ids)\nexcept ValueError:\n    return None'),
    },
    {
      name: 'a method that gives no list',
      code: remote('(user,) = user_service.get_many(ids=ids)', 'tuple[RpcUser]'),
    },
  ],
  invalid: [
    {
      name: 'unpacked',
      code: remote('(user,) = user_service.get_many(ids=ids)\nreturn user'),
      errors: [
        {
          path: 'app/a.py',
          line: 5,
          message: /`user_service.get_many` .* the one item of an empty answer raises `ValueError`/,
        },
      ],
    },
    {
      name: 'by index',
      code: remote('return user_service.get_many(ids=ids)[0]'),
      errors: [{ path: 'app/a.py', line: 5, message: /`\[0\]` of an empty answer raises `IndexError`/ }],
    },
    {
      name: 'another handler',
      code: remote('try:\n    [user] = user_service.get_many(ids=ids)\nexcept IndexError:\n    return None'),
      errors: [{ path: 'app/a.py', message: /ValueError/ }],
    },
  ],
});
