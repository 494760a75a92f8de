import { type Source, RuleTester } from '@danglint/testing';
import { describe, it } from 'vitest';
import { uncheckedOptionalRow } from './unchecked-optional-row.ts';

const MODELS = `from django.db import models


class Owner(models.Model):
    name = models.CharField(max_length=20)


class Row(models.Model):
    name = models.CharField(max_length=20)
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE)


class Badge(models.Model):
    owner = models.OneToOneField(Owner, on_delete=models.CASCADE)
    text = models.CharField(max_length=20)
`;

function indented(lines: string): string {
  return lines
    .trim()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
}

/** A function with these lines. */
function body(lines: string, head = 'def f(self, pk, flag, items, form, errors):'): Source {
  const imports =
    'import sys\nfrom contextlib import suppress\nfrom django.core.exceptions import ObjectDoesNotExist\nfrom app.models import Badge, Owner, Row\n';
  return {
    'app/models.py': MODELS,
    'app/a.py': `${imports}\n\ndef get_row(pk):\n    return Row.objects.get(pk=pk)\n\n\n${head}\n${indented(lines)}\n`,
  };
}

/** A lookup whose handler has these lines, and what follows. */
function handled(handler: string, after: string): string {
  return `try:\n    x = Row.objects.get(pk=pk)\nexcept Row.DoesNotExist:\n${indented(handler)}\n${after}`;
}

const FOUND: Readonly<Record<string, string>> = {
  'set in the handler': handled('x = None', 'return x.name'),
  'set before, the handler passes': `x = None\n${handled('pass', 'return x.name')}`,
  'set before, the handler logs': `x = None\n${handled('logger.warning("gone %s", pk)', 'return x.name')}`,
  'declared before': `x: Row | None = None\n${handled('pass', 'return x.name')}`,
  'set before in another branch': `if flag:\n    x = None\n    ${handled('pass', 'print(x.name)').replaceAll('\n', '\n    ')}`,
  'set after a log': handled('logger.warning("gone")\nx = None', 'return x.name'),
  'two names at once': handled('x = y = None', 'return x.name'),
  'several exceptions':
    'try:\n    x = Row.objects.get(pk=pk)\nexcept (Row.DoesNotExist, ValueError):\n    x = None\nreturn x.name',
  'the exception of any row':
    'try:\n    x = Row.objects.get(pk=pk)\nexcept ObjectDoesNotExist:\n    x = None\nreturn x.name',
  'another handler leaves':
    'try:\n    x = Row.objects.get(pk=pk)\nexcept ValueError:\n    return None\nexcept Row.DoesNotExist:\n    x = None\nreturn x.name',
  'every exception': 'try:\n    x = Row.objects.get(pk=pk)\nexcept Exception:\n    x = None\nreturn x.name',
  'more in the try':
    'try:\n    x = Row.objects.get(pk=pk)\n    y = x.name\nexcept Row.DoesNotExist:\n    x = None\nprint(x.name)',
  'a value of the row':
    'try:\n    x = Row.objects.get(pk=pk).owner\nexcept Row.DoesNotExist:\n    x = None\nreturn x.name',
  'a reverse one-to-one':
    'owner = Owner.objects.get(pk=pk)\ntry:\n    x = owner.badge\nexcept Badge.DoesNotExist:\n    x = None\nreturn x.text',
  'a helper that raises': 'try:\n    x = get_row(pk)\nexcept Row.DoesNotExist:\n    x = None\nreturn x.name',
  'an else that does something else':
    'try:\n    x = Row.objects.get(pk=pk)\nexcept Row.DoesNotExist:\n    x = None\nelse:\n    print(x.name)\nreturn x.name',
  suppressed: 'x = None\nwith suppress(Row.DoesNotExist):\n    x = Row.objects.get(pk=pk)\nreturn x.name',
  'suppressed, of any row':
    'x = None\nwith suppress(ObjectDoesNotExist, ValueError):\n    print(pk)\n    x = get_row(pk)\nreturn x.name',
  'in finally':
    'try:\n    x = Row.objects.get(pk=pk)\nexcept Row.DoesNotExist:\n    x = None\nfinally:\n    print(x.name)',
  'in the handler itself': `x = None\n${handled('print(x.name)', 'return None')}`,
  'a loop': `for pk in items:\n    ${handled('x = None', 'x.save()').replaceAll('\n', '\n    ')}`,
  'a later loop': handled('x = None', 'for item in items:\n    x.save()'),
  'an attribute of self': handled('x = None', 'return x.name')
    .replaceAll('x', 'self.row')
    .replaceAll('eself.rowcept', 'except')
    .replace('Eself.row', 'Ex'),
  'only one branch leaves': handled('if flag:\n    return None\nx = None', 'return x.name'),
  'tested on one path': handled('x = None', 'if flag and x is None:\n    return None\nreturn x.name'),
  'a test of what the handler does not set': handled('x = None', 'if flag:\n    return x.name'),
  'in a handler that tries again':
    'x = None\ntry:\n    x = Row.objects.get(pk=pk)\n    print(x.name)\nexcept Exception as exc:\n    print(x.name)\n    raise self.retry(exc=exc)',
  'another optional row that the handler sets':
    'row = Row.objects.filter(name="a").first()\nx = None\ntry:\n    x = Row.objects.get(pk=pk)\nexcept Row.DoesNotExist:\n    row = Row.objects.filter(name="b").first()\nif row.name:\n    return None',
  'an item': handled('x = None', 'return x["name"]'),
  'a write': handled('x = None', 'x.name = "a"'),
  'told to the user': handled(
    'messages.error(self.request, "gone")\nx = None',
    'if self.request.user:\n    return x.name',
  ),
};

const SILENT: Readonly<Record<string, string>> = {
  'suppressed, another exception':
    'x = None\nwith suppress(ValueError):\n    x = Row.objects.get(pk=pk)\nreturn x.name',
  'suppressed and checked':
    'x = None\nwith suppress(Row.DoesNotExist):\n    x = Row.objects.get(pk=pk)\nif x is None:\n    return None\nreturn x.name',
  'suppressed, used inside alone':
    'x = None\nwith suppress(Row.DoesNotExist):\n    x = Row.objects.get(pk=pk)\n    print(x.name)',
  'suppressed, set to something else before':
    'x = Row()\nwith suppress(Row.DoesNotExist):\n    x = Row.objects.get(pk=pk)\nreturn x.name',
  'suppressed, with a word set beside it':
    'x = None\nfound = False\nwith suppress(Row.DoesNotExist):\n    x = Row.objects.get(pk=pk)\n    found = True\nif found:\n    print(x.name)',
  'if x': handled('x = None', 'if x:\n    return x.name'),
  'is None': handled('x = None', 'if x is None:\n    return None\nreturn x.name'),
  'the handler returns': handled('x = None\nreturn x', 'return x.name'),
  'the handler raises': handled('x = None\nraise ValueError', 'return x.name'),
  'the handler goes on with the next': `for pk in items:\n    ${handled('x = None\ncontinue', 'x.save()').replaceAll('\n', '\n    ')}`,
  assert: handled('x = None', 'assert x\nreturn x.name'),
  walrus: handled('x = None', 'if (y := x) is not None:\n    return x.name'),
  'another row in the handler': handled('x = Row.objects.create(name="a")', 'return x.name'),
  'another row after': handled('x = None', 'x = x or Row()\nreturn x.name'),
  'a flag': handled('x = None\nfound = False', 'if found:\n    return x.name').replace(
    'try:',
    'found = True\ntry:',
  ),
  'a flag of the else':
    'found = False\ntry:\n    x = Row.objects.get(pk=pk)\nexcept Row.DoesNotExist:\n    x = None\nelse:\n    found = True\nif found:\n    return x.name',
  'a list of errors': handled(
    'x = None\nerrors.append("gone")',
    'if errors:\n    return None\nreturn x.name',
  ),
  'a list of errors that a function looks at': handled(
    'x = None\nerrors.append("gone")',
    'self.finish(errors)\nreturn x.name',
  ),
  'an error of a form': handled(
    'x = None\nform.add_error(None, "gone")',
    'if form.is_valid():\n    return x.name',
  ),
  'errors of self': handled('x = None\nself.errors["x"] = "gone"', 'if self.is_valid():\n    return x.name'),
  'another name of the same handler':
    'try:\n    x = Row.objects.get(pk=pk)\n    y = x.owner\nexcept Row.DoesNotExist:\n    x = y = None\nif y is None:\n    return None\nreturn x.name',
  'a text that the row gave': handled('x = None', 'name = x.name if x else ""\nreturn x.name'),
  'what a test of it set': handled(
    'x = None',
    'name = "a"\nif x is None or flag:\n    name = None\nif name:\n    return x.name',
  ),
  'one of two rows':
    'x = None\ny = None\ntry:\n    y = Row.objects.get(name="a")\nexcept Row.DoesNotExist:\n    try:\n        x = Row.objects.get(pk=pk)\n    except Row.DoesNotExist:\n        pass\nif not x and not y:\n    return None\nif y:\n    return y.name\nreturn x.name',
  'replaced where there is none, on every path that there is': handled(
    'x = None',
    'if x is None:\n    if len(items) > 0:\n        x = items[0]\n    elif len(items) == 0:\n        x = Row()\nreturn x.name',
  ),
  'never comes back': handled('x = None\nsys.exit(1)', 'return x.name'),
  'a test fails': handled('x = None\nself.fail("gone")', 'return x.name'),
  getattr: handled('x = None', 'return getattr(x, "name", "")'),
  'in a try for it': handled('x = None', 'try:\n    return x.name\nexcept AttributeError:\n    return None'),
  'given away': handled('x = None', 'return print(x)'),
  'a lambda': handled('x = None', 'return lambda: x.name'),
  'a function inside': handled('x = None', 'def g():\n    return x.name\nreturn g'),
  'the handler of something else':
    'try:\n    x = Row.objects.get(pk=pk)\nexcept ValueError:\n    x = None\nreturn x.name',
  'the handler of another row':
    'try:\n    x = Row.objects.get(pk=pk)\nexcept Owner.DoesNotExist:\n    x = None\nreturn x.name',
  'nothing is looked up': 'try:\n    x = int(pk)\nexcept Exception:\n    x = None\nreturn x.real',
  'the row was asked for before':
    'if Row.objects.filter(pk=pk).exists():\n    try:\n        x = Row.objects.get(pk=pk)\n    except Row.DoesNotExist:\n        x = None\n    return x.name',
  'bound before another lookup fails':
    'x = None\ntry:\n    x = Row()\n    y = Row.objects.get(pk=pk)\nexcept Row.DoesNotExist:\n    pass\nreturn x.name',
  'made a moment ago':
    'row = Row.objects.create(name="a")\ntry:\n    x = Row.objects.get(pk=row.pk)\nexcept Row.DoesNotExist:\n    x = None\nreturn x.name',
  'made where there is none': handled(
    'x = None',
    'if not x:\n    x = Row.objects.create(name="a")\nreturn x.name',
  ),
  'a method that knows': handled('x = None', 'if self.has_row():\n    return x.name')
    .replaceAll('x =', 'self.x =')
    .replace('x.name', 'self.x.name'),
};

new RuleTester([uncheckedOptionalRow], { describe, it }, { recipes: new Map() }).run({
  valid: [
    ...Object.entries(SILENT).map(([name, lines]) => ({ name, code: body(lines) })),
    {
      name: 'a function that takes the first of two rows',
      code: body(
        'return find(pk).name',
        `def find(pk):\n${indented('try:\n    x = Row.objects.get(name=pk)\nexcept Row.MultipleObjectsReturned:\n    x = Row.objects.filter(name=pk).first()\nreturn x')}\n\n\ndef f(pk):`,
      ),
    },
    {
      name: 'a helper that always raises',
      code: body(
        handled('x = None\ngone(pk)', 'return x.name'),
        'def gone(pk):\n    raise LookupError(pk)\n\n\ndef f(pk):',
      ),
    },
  ],
  invalid: [
    ...Object.entries(FOUND).map(([name, lines]) => ({
      name,
      code: body(lines),
      errors: [{ path: 'app/a.py' }],
    })),
    {
      name: 'awaited',
      code: body(
        'try:\n    x = await Row.objects.aget(pk=pk)\nexcept Row.DoesNotExist:\n    x = None\nreturn x.name',
        'async def f(pk):',
      ),
      errors: [
        {
          path: 'app/a.py',
          line: 16,
          message: /^`x` may be `None`: the handler of a missing row leaves it at `None` and an attribute/,
          labels: [/`aget` finds no row here/, /this handler goes on with `None`/, /nobody here calls/],
        },
      ],
    },
    {
      name: 'a function that takes the first of two rows, or of all',
      code: body(
        'return find(pk).name',
        `def find(pk):\n${indented('try:\n    x = Row.objects.get(name=pk)\nexcept Row.DoesNotExist:\n    x = Row.objects.filter(owner=pk).first()\nexcept Row.MultipleObjectsReturned:\n    x = Row.objects.filter(name=pk).first()\nreturn x')}\n\n\ndef f(pk):`,
      ),
      errors: [{ path: 'app/a.py', message: /`find` gives `None`/ }],
    },
    {
      name: 'suppressed, in words',
      code: body(
        'x = None\nwith suppress(Row.DoesNotExist):\n    x = Row.objects.get(name="a")\nprint(x.name)',
      ),
      errors: [
        {
          path: 'app/a.py',
          message: /^`x` may be `None`: `suppress\(...\)` of a missing row leaves it at `None`/,
          labels: [/`get` finds no row here/, /^this goes on with `None`/, /nobody here calls/],
        },
      ],
    },
    {
      name: 'each of two rows',
      code: body(
        `${handled('x = None', '')}try:\n    y = Row.objects.get(name="b")\nexcept Row.DoesNotExist:\n    y = None\nprint(x.name)\nprint(y.name)`,
      ),
      errors: [
        { path: 'app/a.py', line: 20 },
        { path: 'app/a.py', line: 21 },
      ],
    },
  ],
});
