import { type Source, RuleTester } from '@danglint/testing';
import { describe, it } from 'vitest';
import { uncheckedOptionalRow } from './unchecked-optional-row.ts';

const MODELS = `from django.db import models


class Owner(models.Model):
    name = models.CharField(max_length=20)


class Row(models.Model):
    name = models.CharField(max_length=20)
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE)

    def get_owner_or_none(self):
        try:
            return Owner.objects.get(pk=self.owner_id)
        except Owner.DoesNotExist:
            return None

    @property
    def twin(self):
        return Row.objects.filter(name=self.name).exclude(pk=self.pk).first()
`;

/** A function that fetches \`x\`, and goes on with these lines. */
function after(lines: string): Source {
  const body = lines
    .trim()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  const head =
    'from app.models import Owner, Row\n\n\ndef f(pk, flag, items):\n    x = Row.objects.filter(pk=pk).first()\n';
  return { 'app/models.py': MODELS, 'app/a.py': `${head}${body}\n` };
}

const SILENT: Readonly<Record<string, string>> = {
  'is None, return': 'if x is None:\n    return None\nreturn x.name',
  'is None, raise': 'if x is None:\n    raise ValueError\nreturn x.name',
  '== None': 'if x == None:\n    return None\nreturn x.name',
  'not x': 'if not x:\n    return None\nreturn x.name',
  'if x': 'if x:\n    x.save()',
  'if x is not None': 'if x is not None:\n    x.save()',
  'else of is None': 'if x is None:\n    pass\nelse:\n    x.save()',
  elif: 'if flag:\n    return None\nelif x:\n    return x.name',
  'replaced when None': 'if x is None:\n    x = Row.objects.create(name="a")\nreturn x.name',
  assert: 'assert x\nreturn x.name',
  'assert is not None': 'assert x is not None, "gone"\nreturn x.name',
  and: 'return x and x.name',
  or: 'return not x or x.name == "a"',
  'is None or': 'if x is None or x.name == "":\n    return None\nreturn x.name',
  'conditional expression': 'return x.name if x else None',
  'negated conditional expression': 'return None if x is None else x.name',
  'in the test of a comprehension': 'return [x.name for item in items if x]',
  default: 'y = x or Row()\nreturn y.name',
  getattr: 'return getattr(x, "name", None)',
  hasattr: 'if hasattr(x, "name"):\n    return x.name',
  'a list of errors that is empty':
    'errors = []\nif x is None:\n    errors.append("gone")\nelif x.name:\n    errors.append("named")\nif errors:\n    return errors\nreturn x.name',
  'a check whose answer has a name': 'if errors := checked(x):\n    return errors\nreturn x.name',
  'the answer of a check': 'errors = flag.validate(x)\nif errors:\n    return errors\nreturn x.name',
  isinstance: 'if isinstance(x, Row):\n    return x.name',
  'a predicate of the project': 'if usable(x):\n    return x.name',
  'a check by name': 'ensure_row(x)\nreturn x.name',
  'a remembered test': 'found = x is not None\nif found:\n    return x.name',
  'try AttributeError': 'try:\n    return x.name\nexcept AttributeError:\n    return None',
  'try Exception': 'try:\n    return x.name\nexcept Exception:\n    return None',
  suppress: 'with suppress(AttributeError):\n    x.save()',
  'match None': 'match x:\n    case None:\n        return None\n    case _:\n        return x.name',
  'match class': 'match x:\n    case Row():\n        return x.name',
  while: 'while x:\n    x.save()\n    x = Row.objects.filter(name="a").first()',
  'while True with break': 'while True:\n    if x is None:\n        break\n    x.save()',
  continue:
    'for item in items:\n    y = Row.objects.filter(pk=item).last()\n    if y is None:\n        continue\n    y.save()',
  'for-else':
    'for item in items:\n    y = Row.objects.filter(pk=item).first()\n    if y:\n        break\nelse:\n    return None\nreturn y.name',
  walrus: 'if (y := Row.objects.filter(pk=pk).first()) is not None:\n    y.save()',
  'negated walrus': 'if not (y := Row.objects.filter(pk=pk).first()):\n    return\ny.save()',
  alias: 'y = x\nif y is None:\n    return\nx.save()',
  'two values, one test':
    'y = Row.objects.filter(name="b").first()\nif x and y:\n    return 1\nelif y:\n    return 2\nreturn x.name',
  'asked before': 'if Row.objects.filter(pk=pk).exists():\n    return Row.objects.filter(pk=pk).first().name',
  'bound again': 'x = Row.objects.get(pk=pk)\nreturn x.name',
  'in a lambda': 'return lambda: x.name',
  deleted: 'del x',
  'never comes back': 'if x is None:\n    sys.exit(1)\nreturn x.name',
  'after an insert that failed':
    'try:\n    Row.objects.create(name="a")\nexcept IntegrityError:\n    Row.objects.filter(name="a").first().save()',
  'a dotted name': 'pk.row = x\nif pk.row is None:\n    return\npk.row.save()',
  'a guard of a match case': 'match x:\n    case row if row is not None:\n        return row.name',
  'match with None among others': 'match x:\n    case None | False:\n        return None\nreturn x.name',
  'match of an attribute':
    'match x:\n    case Row(name="a"):\n        return x.name\n    case _:\n        return None',
  'and in a condition': 'if flag and x:\n    return x.name',
  'not both': 'if not (x and flag):\n    return None\nreturn x.name',
  'either is missing': 'if flag is None or x is None:\n    return None\nreturn x.name',
  'a chain of and': 'return flag and x is not None and x.owner and x.owner.name',
  'short-circuit in an argument': 'return print(x and x.name)',
  'walrus of a while loop': 'while (y := Row.objects.filter(name="a").first()) is not None:\n    y.save()',
  'walrus in a comprehension':
    'return [y.name for item in items if (y := Row.objects.filter(pk=item).first())]',
  'walrus in and': 'return (y := Row.objects.filter(pk=pk).first()) and y.name',
  'early break':
    'for item in items:\n    y = Row.objects.filter(pk=item).first()\n    if not y:\n        break\n    y.save()',
  'continue inside try':
    'for item in items:\n    try:\n        y = Row.objects.filter(pk=item).first()\n        if y is None:\n            continue\n        y.save()\n    finally:\n        print(item)',
  'the else of a try':
    'try:\n    assert x\nexcept AssertionError:\n    return None\nelse:\n    return x.name',
  'return inside with': 'with open("a"):\n    if x is None:\n        return None\nreturn x.name',
  'raised by a helper in every branch':
    'if x is None:\n    if flag:\n        raise ValueError\n    else:\n        return None\nreturn x.name',
  'nested checks': 'if flag:\n    if x:\n        for item in items:\n            x.save()',
  'an assertion of the class': 'assert isinstance(x, Row)\nreturn x.name',
  'compared from the left': 'if None is x:\n    return None\nreturn x.name',
  'compared with is not, and left': 'if not x is not None:\n    return None\nreturn x.name',
  'bool()': 'if not bool(x):\n    return None\nreturn x.name',
  'replaced in a loop until found':
    'while x is None:\n    x = Row.objects.filter(name="a").first()\nreturn x.name',
  'filtered by None': 'return [row.name for row in filter(None, [x])]',
  'type narrowing by all()':
    'y = Row.objects.filter(name="b").first()\nif all([x, y]):\n    return x.name + y.name',
  'a conditional expression as a test': 'if x.name if x else False:\n    return x.name\nreturn None',
  'a conditional expression as a test, from the other side':
    'if True if x is None else x.name == "a":\n    return None\nreturn x.name',
  'either of two, and a default':
    'y = Row.objects.filter(name="b").first() if flag else Row()\nreturn (y or Row()).name',
  'next with another default': 'y = next(iter(Row.objects.filter(pk=pk)), Row())\nreturn y.name',
  'next of what is no queryset': 'y = next(iter(items), None)\nreturn y.name',
  'a default by or in place': 'return (x or Row()).name',
  'the key that it was asked by, or its own': 'return pk or x.pk',
  'a property that was read before':
    'row = Row.objects.get(pk=pk)\ntwin = row.twin\nif twin is None:\n    return\nreturn row.twin.name',
};

const FOUND: Readonly<Record<string, string>> = {
  'the same words twice':
    'a = Row.objects.filter(name="a").first().name\nreturn Row.objects.filter(name="a").first().owner',
  'another key, or its own': 'return flag or x.pk',
  'or instead of and': 'if flag or x:\n    return x.name',
  'the check of another loop item':
    'for item in items:\n    if item is None:\n        continue\n    x.save()',
  'a check that another loop pass made':
    'for item in items:\n    y = Row.objects.filter(pk=item).first()\n    if flag:\n        if y is None:\n            continue\n    y.save()',
  'in the None case of a match': 'match x:\n    case None:\n        return x.name',
  'a check that is swallowed': 'try:\n    assert x\nexcept AssertionError:\n    pass\nreturn x.name',
  'an attribute': 'return x.name',
  'a write': 'x.name = "a"',
  'an item': 'return x["name"]',
  unpacking: '(a, b) = x',
  'at once': 'return Row.objects.filter(pk=pk).last().name',
  'only logged': 'if x is None:\n    log("gone")\nreturn x.name',
  'checked on one path': 'if flag:\n    assert x\nreturn x.name',
  'in the wrong branch': 'if x is None:\n    return x.name',
  'the check comes later': 'name = x.name\nif x is None:\n    return None\nreturn name',
  'another value is checked': 'if not flag:\n    return\nreturn x.name',
  'an f-string': 'return f"{x.name}"',
  'an argument': 'return log(x.name)',
  'an unrelated handler': 'try:\n    return x.name\nexcept ValueError:\n    return None',
  'a comprehension': 'return [x.name for item in items]',
  'a loop': 'for item in items:\n    x.save()',
  'a getter': 'row = Row.objects.get(pk=pk)\nreturn row.get_owner_or_none().name',
  'a property': 'row = Row.objects.get(pk=pk)\nreturn row.twin.name',
  'a dotted name': 'pk.row = x\nreturn pk.row.name',
  'a conditional expression as a test': 'if x.name if flag else False:\n    return None\nreturn x',
  'one side of a conditional expression':
    'y = None if flag else Row.objects.filter(name="b").first()\nreturn y.name',
  and: 'y = flag and Row.objects.filter(name="b").first()\nreturn y.name',
  'or None': 'y = Row.objects.filter(name="b").first() or None\nreturn y.name',
  next: 'y = next(iter(Row.objects.filter(pk=pk)), None)\nreturn y.name',
  'next of an iterator': 'y = next(Row.objects.filter(pk=pk).iterator(), None)\nreturn y.name',
  'a key, and a constant': 'return Row.objects.filter(pk=pk).filter(name="a").first().name',
};

const FILES = {
  'app/models.py': MODELS,
  'app/getters.py': `
from typing import NoReturn

from app.models import Row


def first_row(name):
    return Row.objects.filter(name=name).first()


def any_row(name):
    return first_row(name)


def completed(name, row=None):
    row = row or first_row(name)
    return row


def gone(name) -> NoReturn:
    raise LookupError(name)


def row_or_none(pk):
    try:
        return Row.objects.get(pk=pk)
    except Row.DoesNotExist:
        return None


def twin_of(name, pk):
    try:
        return made(name, Row.objects.get(pk=pk))
    except Row.DoesNotExist:
        return None


class RowService:
    def get_row(self, pk: int) -> Row | None:
        pass

    def get_action(self) -> Callable | None:
        return ACTIONS.get(self.action)


row_service = RowService.create()
`,
};

new RuleTester([uncheckedOptionalRow], { describe, it }, { recipes: new Map() }).run({
  valid: [
    ...Object.entries(SILENT).map(([name, lines]) => ({ name, code: after(lines) })),
    {
      name: 'what callers gave comes back',
      code: {
        ...FILES,
        'app/b.py':
          'from app.getters import completed\n\n\ndef f(row):\n    return completed("a", row).name\n',
      },
    },
    {
      name: 'a service gives a function, no row',
      code: {
        ...FILES,
        'app/b.py':
          'from app.getters import row_service\n\n\ndef f():\n    action = row_service.get_action()\n    return action()\n',
      },
    },
    {
      name: 'every caller gives the row',
      code: {
        ...FILES,
        'app/b.py':
          'from app.getters import first_row\n\n\ndef f(name, row=None):\n    row = row or first_row(name)\n    return row.name\n',
        'app/c.py':
          'from app.b import f\nfrom app.models import Row\n\n\ndef g():\n    for row in Row.objects.all():\n        f(row.name, row=row)\n',
      },
    },
    {
      name: 'a flag from the callers says that there are rows',
      code: {
        ...FILES,
        'app/b.py': 'def f(rows, found):\n    return rows.first().name if found else None\n',
        'app/c.py':
          'from app.b import f\nfrom app.models import Row\n\n\ndef g(name):\n    rows = Row.objects.filter(name=name)\n    found = rows.exists()\n    return f(rows, found)\n',
      },
    },
    {
      name: 'a class asks its own helper, without a key',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Row\n\n\nclass Page:\n    def _first(self):\n        return Row.objects.filter(owner=self.owner).first()\n\n    def name(self):\n        return self._first().name\n',
      },
    },
    {
      name: 'a property asks whether there are rows',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Row\n\n\nclass Page:\n    @property\n    def has_rows(self):\n        return Row.objects.filter(name="a").exists()\n\n    def name(self):\n        if self.has_rows:\n            return Row.objects.filter(name="a").first().name\n        return None\n',
      },
    },
    {
      name: 'a function asks whether there are rows',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Row\n\n\ndef has_rows(name):\n    return Row.objects.filter(name=name).exists()\n\n\ndef f(name):\n    if has_rows(name):\n        return Row.objects.filter(name=name).first().name\n    return None\n',
      },
    },
    {
      name: 'a getter is asked by the own key of a row that is at hand',
      code: {
        ...FILES,
        'app/b.py':
          'from app.getters import row_or_none\nfrom app.models import Row\n\n\ndef f(pk):\n    row = Row.objects.get(pk=pk)\n    return row_or_none(row.pk).name\n',
      },
    },
    {
      name: 'a getter misses nothing but a row that is at hand',
      code: {
        ...FILES,
        'app/b.py':
          'from app.getters import twin_of\nfrom app.models import Row\n\n\ndef f(pk):\n    row = Row.objects.get(pk=pk)\n    return twin_of("a", row.pk).name\n',
      },
    },
    {
      name: 'the view asked before anything else ran',
      code: {
        ...FILES,
        'app/views.py':
          'from app.models import Row\nfrom django.views import View\n\n\nclass Page(View):\n    def dispatch(self, request):\n        if not self.row():\n            return None\n        return super().dispatch(request)\n\n    def row(self):\n        return Row.objects.filter(name=self.kwargs["name"]).first()\n\n    def get(self, request):\n        return self.row().name\n',
      },
    },
    {
      name: 'the row that the parent was read off',
      code: {
        ...FILES,
        'app/models.py':
          'from django.db import models\n\n\nclass Order(models.Model):\n    @property\n    def invoice_or_none(self):\n        try:\n            return self.invoice\n        except Invoice.DoesNotExist:\n            return None\n\n\nclass Invoice(models.Model):\n    number = models.CharField(max_length=20)\n    order = models.OneToOneField(Order, on_delete=models.CASCADE)\n',
        'app/getters.py': '',
        'app/b.py':
          'from app.models import Invoice\n\n\ndef f(number):\n    for invoice in Invoice.objects.filter(number=number):\n        order = invoice.order\n        print(order.invoice_or_none.number)\n',
      },
    },
    {
      name: 'a helper of another file that always raises',
      code: {
        ...FILES,
        'app/b.py':
          'from app.getters import first_row, gone\n\n\ndef f(name):\n    row = first_row(name)\n    if row is None:\n        gone(name)\n    return row.name\n',
      },
    },
    {
      name: 'the view has just saved one',
      code: {
        ...FILES,
        'app/views.py':
          'from app.models import Row\nfrom django.views.generic.edit import CreateView\n\n\nclass Page(CreateView):\n    model = Row\n\n    def get_success_url(self):\n        return Row.objects.order_by("id").last().name\n',
      },
    },
    {
      name: 'the view has just saved one with what was posted',
      code: {
        ...FILES,
        'app/views.py':
          'from app.models import Row\nfrom django.views.generic.edit import CreateView\n\n\nclass Page(CreateView):\n    model = Row\n\n    def get_success_url(self):\n        return Row.objects.filter(name=self.request.POST["name"]).first().name\n',
      },
    },
    {
      name: 'every caller gives a row, not its name',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Row\n\n\ndef f(row):\n    if not isinstance(row, Row):\n        row = Row.objects.filter(name=row).first()\n    return row.name\n',
        'app/c.py':
          'from app.b import f\nfrom app.models import Row\n\n\ndef g():\n    return [f(row) for row in Row.objects.all()]\n',
      },
    },
    {
      name: 'the caller answers the AttributeError',
      code: {
        ...FILES,
        'app/b.py':
          'from app.getters import first_row\n\n\ndef f(name):\n    return first_row(name).name\n\n\ndef g(name):\n    try:\n        return f(name)\n    except AttributeError:\n        return None\n',
      },
    },
  ],
  invalid: [
    ...Object.entries(FOUND).map(([name, lines]) => ({
      name,
      code: after(lines),
      errors: [{ path: 'app/a.py' }],
    })),
    {
      name: 'the same words on another path',
      code: after(
        'if flag:\n    print(Row.objects.filter(name="a").first().name)\nelse:\n    return Row.objects.filter(name="a").first().owner',
      ),
      errors: [
        { path: 'app/a.py', line: 7 },
        { path: 'app/a.py', line: 9 },
      ],
    },
    {
      name: 'a class asks its own helper for the row of a key',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Row\n\n\nclass Page:\n    def _row(self, pk):\n        return Row.objects.filter(pk=pk).first()\n\n    def name(self, pk):\n        return self._row(pk).name\n',
      },
      errors: [{ path: 'app/b.py', line: 9 }],
    },
    {
      name: 'a caller leaves the row out',
      code: {
        ...FILES,
        'app/b.py':
          'from app.getters import first_row\n\n\ndef f(name, row=None):\n    row = row or first_row(name)\n    return row.name\n',
        'app/c.py':
          'from app.b import f\nfrom app.models import Row\n\n\ndef g():\n    f("a")\n    for row in Row.objects.all():\n        f(row.name, row=row)\n',
      },
      errors: [{ path: 'app/b.py', line: 6 }],
    },
    {
      name: 'a flag from the callers says something else',
      code: {
        ...FILES,
        'app/b.py': 'def f(rows, found):\n    return rows.first().name if found else None\n',
        'app/c.py':
          'from app.b import f\nfrom app.models import Owner, Row\n\n\ndef g(name):\n    rows = Row.objects.filter(name=name)\n    f(rows, rows.exists())\n    return f(rows, Owner.objects.filter(name=name).exists())\n',
      },
      errors: [{ path: 'app/b.py', line: 2 }],
    },
    {
      name: 'the view has just saved one with something else',
      code: {
        ...FILES,
        'app/views.py':
          'from app.models import Row\nfrom django.views.generic.edit import CreateView\n\n\nclass Page(CreateView):\n    model = Row\n\n    def get_success_url(self):\n        return Row.objects.filter(name=self.request.POST["old"]).first().name\n',
      },
      errors: [{ path: 'app/views.py', line: 9 }],
    },
    {
      name: 'the view has just saved another row',
      code: {
        ...FILES,
        'app/views.py':
          'from app.models import Owner, Row\nfrom django.views.generic.edit import CreateView\n\n\nclass Page(CreateView):\n    model = Owner\n\n    def get_success_url(self):\n        return Row.objects.order_by("id").last().name\n',
      },
      errors: [{ path: 'app/views.py', line: 9 }],
    },
    {
      name: 'some caller gives a name',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Row\n\n\ndef f(row):\n    if not isinstance(row, Row):\n        row = Row.objects.filter(name=row).first()\n    return row.name\n',
        'app/c.py':
          'from app.b import f\nfrom app.models import Row\n\n\ndef g(name: str):\n    f(name)\n    return [f(row) for row in Row.objects.all()]\n',
      },
      errors: [{ path: 'app/b.py', line: 7 }],
    },
    {
      name: 'the row at hand has what is asked for',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Row\n\n\ndef f(row: Row):\n    owner = row.owner\n    return Row.objects.filter(owner=owner).order_by("name").first().name\n',
      },
      errors: [{ path: 'app/b.py', line: 6, severity: 'info' }],
    },
    {
      name: 'only where the program is written or tested',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Row\nfrom django.conf import settings\n\n\ndef newest():\n    return Row.objects.order_by("name").first().name\n\n\ndef f():\n    if settings.DEBUG:\n        return newest()\n    if not settings.TESTING:\n        return None\n    return Row.objects.order_by("name").first().name\n',
      },
      errors: [
        { path: 'app/b.py', line: 6, severity: 'info' },
        { path: 'app/b.py', line: 14, severity: 'info' },
      ],
    },
    {
      name: 'in a view that lets people in only where the program is written',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Row\nfrom django.conf import settings\nfrom django.contrib.auth.mixins import UserPassesTestMixin\nfrom django.views.generic import TemplateView\n\n\nclass Named:\n    def name(self):\n        return Row.objects.order_by("name").first().name\n\n\nclass Preview(UserPassesTestMixin, Named, TemplateView):\n    def test_func(self):\n        return settings.DEBUG and self.request.user.is_staff\n',
      },
      errors: [{ path: 'app/b.py', line: 9, severity: 'info' }],
    },
    {
      name: 'in a view that one page lets anybody in to',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Row\nfrom django.conf import settings\nfrom django.contrib.auth.mixins import UserPassesTestMixin\nfrom django.views.generic import TemplateView\n\n\nclass Named:\n    def name(self):\n        return Row.objects.order_by("name").first().name\n\n\nclass Preview(UserPassesTestMixin, Named, TemplateView):\n    def test_func(self):\n        return settings.DEBUG and self.request.user.is_staff\n\n\nclass Page(Named, TemplateView):\n    pass\n',
      },
      errors: [{ path: 'app/b.py', line: 9, severity: 'error' }],
    },
    {
      name: 'a task that is also run where the program is written',
      code: {
        ...FILES,
        'app/tasks.py':
          'from app.models import Row\nfrom celery import shared_task\nfrom django.conf import settings\n\n\n@shared_task\ndef show():\n    return Row.objects.order_by("name").first().name\n\n\ndef f():\n    if settings.DEBUG:\n        show()\n',
      },
      errors: [{ path: 'app/tasks.py', line: 8, severity: 'error' }],
    },
    {
      name: 'where a setting of another kind is on',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Row\nfrom django.conf import settings\n\n\ndef f():\n    if settings.SHOP_OPEN or settings.DEBUG:\n        return Row.objects.order_by("name").first().name\n    return None\n',
      },
      errors: [{ path: 'app/b.py', line: 7, severity: 'error' }],
    },
    {
      name: 'constants, and a key beside constants',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Row\n\n\ndef f(pk):\n    print(Row.objects.filter(name="a", owner=1).order_by("pk").first().name)\n    return Row.objects.filter(pk=pk).filter(name="b", owner=2).first().name\n',
      },
      errors: [
        { path: 'app/b.py', line: 5, severity: 'info' },
        { path: 'app/b.py', line: 6, severity: 'error' },
      ],
    },
    {
      name: 'a getter that gives the next of no rows',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Row\n\n\ndef found(pk):\n    return next(iter(Row.objects.filter(pk=pk)), None)\n\n\ndef f(pk):\n    return found(pk).name\n',
      },
      errors: [{ path: 'app/b.py', line: 9 }],
    },
    {
      name: 'a getter of a getter of another file',
      code: {
        ...FILES,
        'app/b.py': 'from app.getters import any_row\n\n\ndef f(name):\n    return any_row(name).name\n',
      },
      errors: [
        {
          path: 'app/b.py',
          line: 5,
          labels: [/gives `None`/, /decides for `None` here/, /nobody here calls/],
        },
      ],
    },
    {
      name: 'a getter is asked by the key of another row',
      code: {
        ...FILES,
        'app/b.py':
          'from app.getters import row_or_none\nfrom app.models import Owner\n\n\ndef f(pk):\n    owner = Owner.objects.get(pk=pk)\n    return row_or_none(owner.pk).name\n',
      },
      errors: [{ path: 'app/b.py', line: 7 }],
    },
    {
      name: 'the only row of a table, and the first one in some order',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Row\n\n\ndef f():\n    return Row.objects.first().name + Row.objects.order_by("name").first().name\n',
      },
      errors: [
        { path: 'app/b.py', line: 5, severity: 'info' },
        { path: 'app/b.py', line: 5, severity: 'error' },
      ],
    },
    {
      name: 'a list of errors says nothing of the row',
      code: after(
        'errors = []\nif flag:\n    errors.append("gone")\nif errors:\n    return errors\nreturn x.name',
      ),
      errors: [{ path: 'app/a.py' }],
    },
    {
      name: 'the row at hand is asked by its own key',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Row\n\n\ndef f(pk):\n    row = Row.objects.get(pk=pk)\n    return Row.objects.filter(pk=row.owner_id).first().name + Row.objects.filter(pk=row.pk).first().name\n',
      },
      errors: [
        { path: 'app/b.py', line: 6, severity: 'error' },
        { path: 'app/b.py', line: 6, severity: 'info' },
      ],
    },
    {
      name: 'asked by a foreign key with a constraint of a row at hand',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Owner, Row\n\n\ndef f(row: Row, pk):\n    return Owner.objects.filter(pk=row.owner_id).first().name + Owner.objects.filter(pk=row.owner_id, name=pk).first().name\n',
      },
      errors: [
        { path: 'app/b.py', line: 5, severity: 'info' },
        { path: 'app/b.py', line: 5, severity: 'error' },
      ],
    },
    {
      name: 'asked by such a key out of values()',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Owner, Row\n\n\ndef f():\n    for row in Row.objects.values("owner_id", "name"):\n        print(Owner.objects.filter(pk=row["owner_id"]).first().name)\n        print(Owner.objects.filter(name=row["name"]).first().name)\n',
      },
      errors: [
        { path: 'app/b.py', line: 6, severity: 'info' },
        { path: 'app/b.py', line: 7, severity: 'error' },
      ],
    },
    {
      name: 'rows whose first one was read by its index',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Row\n\n\ndef f(name):\n    rows = Row.objects.filter(name=name)\n    oldest = rows.order_by("pk")[0]  # danglint: ignore[DNE006]\n    others = Row.objects.exclude(name=name)\n    return oldest, rows.first().name, others.first().name\n',
      },
      errors: [{ path: 'app/b.py', line: 8, severity: 'error', message: /first/ }],
    },
    {
      name: 'the newest of another row, in another shape',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Owner, Row\n\n\ndef f(owner: Owner, name):\n    newest = owner.row_set.values("name").order_by("-pk").first()\n    named = owner.row_set.filter(name=name).values("name").first()\n    return newest["name"] + named["name"]\n',
      },
      errors: [
        { path: 'app/b.py', line: 7, severity: 'info' },
        { path: 'app/b.py', line: 7, severity: 'error' },
      ],
    },
    {
      name: 'chosen by nothing but the rows of another row',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Owner, Row\n\n\ndef f(owner: Owner):\n    twins = Row.objects.filter(name__in=owner.row_set.values_list("name", flat=True))\n    others = Row.objects.filter(name__in=owner.row_set.filter(name="a").values_list("name", flat=True))\n    return twins.first().name + others.first().name\n',
      },
      errors: [
        { path: 'app/b.py', line: 7, severity: 'info' },
        { path: 'app/b.py', line: 7, severity: 'error' },
      ],
    },
    {
      name: 'a getter counts beside the row that it is told of',
      code: {
        ...FILES,
        'app/b.py':
          'from app.models import Row\nfrom django.db.models import Count\n\n\ndef totals(pk):\n    rows = Row.objects.filter(id=pk).annotate(n=Count("owner"))\n    return rows.first()\n\n\ndef of_owner(pk):\n    rows = Row.objects.filter(owner=pk).annotate(n=Count("owner"))\n    return rows.first()\n\n\ndef f(row: Row):\n    return totals(row.pk).n + of_owner(row.pk).n\n',
      },
      errors: [
        { path: 'app/b.py', line: 16, severity: 'info', message: /totals/ },
        { path: 'app/b.py', line: 16, severity: 'error', message: /of_owner/ },
      ],
    },
    {
      name: 'a permission class asked for the row',
      code: {
        ...FILES,
        'app/views.py':
          'from app.models import Row\nfrom rest_framework.permissions import BasePermission\nfrom rest_framework.views import APIView\n\n\nclass MaySee(BasePermission):\n    def has_permission(self, request, view):\n        return Row.objects.filter(name=view.kwargs["name"]).exists()\n\n\nclass Page(APIView):\n    permission_classes = [MaySee]\n\n    def get(self, request, name):\n        return Row.objects.filter(name=name).first().owner\n',
      },
      errors: [{ path: 'app/views.py', line: 15, severity: 'info' }],
    },
    {
      name: 'the view asked for something else before',
      code: {
        ...FILES,
        'app/views.py':
          'from app.models import Row\nfrom django.views import View\n\n\nclass Page(View):\n    def dispatch(self, request):\n        if not self.kwargs:\n            return None\n        return super().dispatch(request)\n\n    def row(self):\n        return Row.objects.filter(name=self.kwargs["name"]).first()\n\n    def get(self, request):\n        return self.row().name\n',
      },
      errors: [{ path: 'app/views.py', line: 15 }],
    },
    {
      name: 'a remote answer',
      code: {
        ...FILES,
        'app/b.py':
          'from app.getters import row_service\n\n\ndef f(pk):\n    row = row_service.get_row(pk=pk)\n    return row.name\n',
      },
      errors: [{ path: 'app/b.py', line: 6, message: /`get_row` gives `None`/ }],
    },
  ],
});
