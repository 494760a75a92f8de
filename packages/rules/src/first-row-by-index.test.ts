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
  'a list of it, in a loop over that': 'found = list(rows)\nfor row in found:\n    row.follow(found[0])',
  'a list of it that is filled': 'found = list(rows)\nfound.append(flag)\nreturn found[0]',
  'a list of it, counted': 'found = list(rows)\nif len(found) != 1:\n    return None\nreturn found[0]',
  'a count under an attribute': 'flag.total = rows.count()\nif flag.total:\n    return rows[0]',
  'unpacked after a test': 'if not rows:\n    return None\n[row] = rows\nreturn row',
  'unpacked in a try': 'try:\n    (row,) = rows\nexcept ValueError:\n    return None\nreturn row',
  'unpacked into many': '[row, *others] = rows\nreturn others',
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
  'a list of it': 'return list(rows)[0]',
  'a list of it under a name': 'found = list(rows)\nreturn found[0].name',
  'a count of other rows': 'flag.total = qs.count()\nif flag.total:\n    return rows[0]',
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

new RuleTester([firstRowByIndex], { describe, it }, { recipes: new Map() }).run({
  valid: [],
  invalid: ['[row] = rows', '(row,) = rows', 'row, = list(rows)'].map((lines) => ({
    name: lines,
    code: after(`${lines}\nreturn row.name`),
    errors: [{ path: 'app/a.py', message: /cannot be unpacked and raises `ValueError`/ }],
  })),
});

/** Orders with lines, and code about them. */
function shop(code: string): Source {
  return {
    'shop/models.py': `from django.db import models


class Order(models.Model):
    number = models.CharField(max_length=20)


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    product = models.CharField(max_length=20)


class Team(models.Model):
    orders = models.ManyToManyField(Order, related_name="teams")


class Gift(Line):
    class Meta:
        proxy = True
`,
    'shop/a.py': `from shop.models import Gift, Line, Order, Team\n\n\n${code}`,
  };
}

/** A class that takes the first of its orders with a number, \`callers\` aside. */
const page = (callers: string): string =>
  `class Page:\n    def first(self, number):\n        return Order.objects.filter(number=number)[0]\n${callers}`;

const THERE: Readonly<Record<string, string>> = {
  'every caller has found several': page(
    '\n    def one(self, number):\n        try:\n            return Order.objects.get(number=number)\n        except Order.MultipleObjectsReturned:\n            return self.first(number)\n',
  ),
  'a property counts them, under a name':
    'class Cart:\n    @property\n    def total(self):\n        return Line.objects.filter(order=self.order).count()\n\n    def first(self):\n        total = self.total\n        if not total:\n            return None\n        return Line.objects.filter(order=self.order)[0]\n',
  'the row at hand is one of them':
    'def first(line: Line):\n    return line.order.lines.order_by("product")[0]\n',
  'rows that share values of rows':
    'def first():\n    for item in Line.objects.values("order", "product").distinct():\n        Line.objects.filter(order=item["order"], product=item["product"]).order_by("id")[0].delete()\n',
  'a row by the key of what it hangs on, from the other end':
    'def last(line: Line):\n    return Line.objects.filter(order_id=line.order.pk).order_by("id").reverse()[0]\n',
  'a count of what a call gives':
    'class Cart:\n    def lines(self):\n        return Line.objects.all()\n\n    def first(self):\n        if self.lines().count() == 1:\n            return self.lines()[0]\n',
  'a count of the model behind a proxy':
    'def first(order):\n    if Line.objects.filter(order=order).count() == 1:\n        return Gift.objects.filter(order=order)[0]\n',
  'a length of an item':
    'def first(order):\n    data = {"lines": Line.objects.filter(order=order)}\n    if len(data["lines"]) == 1:\n        return data["lines"][0]\n',
  'callers that ask':
    'class Cart:\n    @property\n    def lines(self):\n        return Line.objects.all()\n\n    def show(self):\n        if self.lines:\n            return self.first()\n\n    def first(self):\n        return self.lines[0]\n',
  'callers that count':
    'def delete_oldest(order):\n    Line.objects.filter(order=order).order_by("id")[0].delete()\n\n\ndef add(order):\n    count = Line.objects.filter(order=order).count()\n    if count >= 10:\n        delete_oldest(order)\n    Line.objects.create(order=order)\n',
  'the row at hand itself':
    'def lock(order):\n    row, _ = Order.objects.get_or_create(number=order)\n    return Order.objects.filter(pk=row.pk).select_for_update()[0]\n',
  'the row at hand itself, with something more about it':
    'def product(line: Line):\n    return Line.objects.filter(id=line.id).values_list("product", flat=True)[0]\n',
  'rows that share a column with the row at hand':
    'def first(line: Line):\n    return line.order.lines.filter(product=line.product).order_by("-id")[0]\n',
  'under a name':
    'def first(line: Line):\n    lines = line.order.lines.filter(product=line.product)\n    same = Line.objects.filter(product=line.product)\n    return lines[0], same[0]\n',
  'rows of the table that share a column with it':
    'def first(line: Line):\n    return Line.objects.filter(product=line.product).order_by("-id")[0]\n',
  'a loop over the same rows':
    'def names(order):\n    lines = Line.objects.filter(order=order)\n    for i, line in enumerate(lines):\n        print(lines[0].product, line)\n',
  'a function that asks before it gives the rows':
    'def lines_of(order):\n    lines = Line.objects.filter(order=order)\n    if not lines.exists():\n        return []\n    return lines\n\n\ndef first(order):\n    return lines_of(order).values_list("product", flat=True)[0]\n',
};

const NOT_THERE: Readonly<Record<string, string>> = {
  'a caller that has found several of others': page(
    '\n    def one(self, name):\n        try:\n            return Order.objects.get(pk=name)\n        except Order.MultipleObjectsReturned:\n            return self.first(name)\n',
  ),
  'some of the rows beside it':
    'def first(line: Line):\n    return line.order.lines.filter(product="tea")[0]\n',
  'of a many-to-many relation, whose rows belong to no single row':
    'def first(team: Team):\n    return team.orders.all()[0]\n',
  'of a many-to-many relation, from its other side':
    'def first(order: Order):\n    return order.teams.all()[0]\n',
  'some rows of another relation':
    'def first(order: Order):\n    return order.lines.filter(product="tea").order_by("product")[0]\n',
  'values that are asked for under another name':
    'def first():\n    for item in Line.objects.values("order"):\n        Line.objects.filter(product=item["order"])[0].delete()\n',
  'the key of what another row hangs on':
    'def last(line: Line):\n    return Gift.objects.filter(product=line.order.pk)[0]\n',
  'values of another model':
    'def first():\n    for item in Order.objects.values("number"):\n        Line.objects.filter(number=item["number"])[0].delete()\n',
  'a row of the key of another model':
    'def first(order: Order):\n    return Line.objects.filter(pk=order.pk)[0]\n',
  'rows that share a column with it, and more':
    'def first(line: Line):\n    return Line.objects.filter(product=line.product, order__number="a")[0]\n',
  'behind a loop over the same rows':
    'def names(order):\n    lines = Line.objects.filter(order=order)\n    for line in lines:\n        print(line)\n    return lines[0]\n',
  'a test for None':
    'class Cart:\n    def lines(self):\n        return Line.objects.all().order_by("id")\n\n    def first(self):\n        if self.lines() is None:\n            return None\n        return self.lines()[0]\n',
  'a caller that does not ask':
    'def first(order):\n    return Line.objects.filter(order=order)[0]\n\n\ndef show(order):\n    if Line.objects.filter(order=order).exists():\n        return first(order)\n\n\ndef other(order):\n    return first(order)\n',
  'callers that ask for the opposite':
    'def first(order):\n    return Line.objects.filter(order=order)[0]\n\n\ndef show(order):\n    if not Line.objects.filter(order=order).exists():\n        return first(order)\n',
  'callers that ask for another model':
    'def first(order):\n    return Line.objects.filter(order=order)[0]\n\n\ndef show(order):\n    if Order.objects.exists():\n        return first(order)\n',
};

new RuleTester([firstRowByIndex], { describe, it }, { recipes: new Map() }).run({
  valid: Object.entries(THERE).map(([name, code]) => ({ name, code: shop(code) })),
  invalid: [
    ...Object.entries(NOT_THERE).map(([name, code]) => ({
      name,
      code: shop(code),
      errors: [{ path: 'shop/a.py', message: /IndexError/, severity: 'warning' as const }],
    })),
    {
      name: 'the rows of another row, chosen by nothing else',
      code: shop('def first(order: Order):\n    return order.lines.order_by("product")[0]\n'),
      errors: [{ path: 'shop/a.py', severity: 'info' as const }],
    },
    {
      name: 'asked by nothing but constants',
      code: shop('def first():\n    return Order.objects.filter(number="a").order_by("pk")[0]\n'),
      errors: [{ path: 'shop/a.py', severity: 'info' as const }],
    },
    {
      name: 'a whole table, in no order',
      code: shop('def first():\n    return Order.objects.all()[0]\n'),
      errors: [{ path: 'shop/a.py', severity: 'info' as const }],
    },
    {
      name: 'a whole table, in an order',
      code: shop('def first():\n    return Order.objects.all().order_by("number")[0]\n'),
      errors: [{ path: 'shop/a.py', severity: 'warning' as const }],
    },
  ],
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
