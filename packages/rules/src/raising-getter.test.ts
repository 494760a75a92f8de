import { RuleTester, type Source } from '@danglint/testing';
import { describe, it } from 'vitest';
import { raisingGetter } from './raising-getter.ts';

const MODELS = `from django.db import models


class Row(models.Model):
    name = models.CharField(max_length=20)

    @property
    def twin(self):
        return Row.objects.get(name=self.name + "'")
`;

function program(getter: string, caller: string): Source {
  return {
    'app/models.py': MODELS,
    'app/getters.py': `from app.models import Row\n\n\n${getter}\n`,
    'app/a.py': `from app.getters import load\nfrom app.models import Row\n\n\n${caller}\n`,
  };
}

const GETTER = 'def load(name):\n    """Its docstring."""\n    return Row.objects.get(name=name)';
const CARELESS = 'def f(name):\n    return load(name).pk';
const CAREFUL =
  'def f(name):\n    try:\n        return load(name).pk\n    except Row.DoesNotExist:\n        return None';

/** A getter that raises by hand, and a task that calls it. */
function byHand(getter: string, tasks: string): Source {
  return {
    'app/models.py': MODELS,
    'app/getters.py': `from app.models import Row\n\n\n${getter}\n`,
    'app/tasks.py': `from celery import shared_task\n\nfrom app.getters import load\nfrom app.models import Row\n\n\n${tasks}\n`,
  };
}

const RAISING =
  'def load(name):\n    row = Row.objects.filter(name=name).first()\n    if row is None:\n        raise Row.DoesNotExist("no row")\n    return row';
const TASK = `@shared_task\n${CARELESS}`;
const ANSWERING = CAREFUL.replace('def f', 'def g');

new RuleTester([raisingGetter], { describe, it }, { recipes: new Map() }).run({
  valid: [
    { name: 'every caller answers', code: program(GETTER, CAREFUL) },
    { name: 'nobody calls it', code: program(GETTER, '') },
    {
      name: 'it does more than that',
      code: program(
        'def load(name):\n    row = Row.objects.get(name=name)\n    row.save()\n    return row',
        CARELESS,
      ),
    },
    {
      name: 'it answers itself',
      code: program(
        'def load(name):\n    try:\n        return Row.objects.get(name=name)\n    except Row.DoesNotExist:\n        return None',
        CARELESS,
      ),
    },
    { name: 'by hand: every caller answers', code: byHand(RAISING, ANSWERING) },
    { name: 'by hand: nobody calls the caller', code: byHand(RAISING, `${CARELESS}\n\n\n${ANSWERING}`) },
    {
      name: 'by hand: the task itself, which means it',
      code: byHand('', '@shared_task\ndef f(name):\n    if not name:\n        raise Row.DoesNotExist'),
    },
    {
      name: 'by hand: another exception',
      code: byHand(RAISING.replace('Row.DoesNotExist', 'ValueError'), `${TASK}\n\n\n${ANSWERING}`),
    },
    {
      name: 'by hand: in a handler, whose exception is followed itself',
      code: byHand(
        'def load(name):\n    try:\n        return fetch(name)\n    except ValueError:\n        raise Row.DoesNotExist',
        `${TASK}\n\n\n${ANSWERING}`,
      ),
    },
  ],
  invalid: [
    {
      name: 'by hand: one caller answers, a task does not',
      code: byHand(RAISING, `${TASK}\n\n\n${ANSWERING}`),
      errors: [
        {
          path: 'app/getters.py',
          line: 7,
          severity: 'warning',
          message:
            /`Row` row may be gone: `load` then raises `Row.DoesNotExist` and 1 caller does not handle it/,
          labels: [/`f` calls `load`/, /reached from task `f`/],
        },
      ],
    },
    {
      name: 'by hand: twice in one function',
      code: byHand(
        RAISING.replace('    row =', '    if not name:\n        raise Row.DoesNotExist\n    row ='),
        `${TASK}\n\n\n${ANSWERING}`,
      ),
      errors: [{ path: 'app/getters.py', line: 6 }],
    },
    {
      name: 'by hand: nobody answers it anywhere, so that it may be meant',
      code: byHand(RAISING, TASK),
      errors: [{ path: 'app/getters.py', severity: 'info' }],
    },
    {
      name: 'by hand: a method of a manager, for its model',
      code: {
        'app/models.py':
          'from django.db import models\n\n\nclass Rows(models.Manager):\n    def named(self, name):\n        for row in self.all():\n            if row.name == name:\n                return row\n        raise self.model.DoesNotExist\n\n\nclass Row(models.Model):\n    name = models.CharField(max_length=9)\n    objects = Rows()\n',
        'app/tasks.py': `from celery import shared_task\n\nfrom app.models import Row\n\n\n${`${TASK}\n\n\n${ANSWERING}`.replaceAll('load(', 'Row.objects.named(')}\n`,
      },
      errors: [
        {
          path: 'app/models.py',
          message: /`Row` row may be gone: `Rows.named` then raises `Row.DoesNotExist`/,
        },
      ],
    },
    {
      name: 'a function',
      code: program(GETTER, CARELESS),
      errors: [
        { path: 'app/getters.py', line: 6, labels: [/`f` calls `load`/], message: /1 caller does not/ },
      ],
    },
    {
      name: 'over a name',
      code: program('def load(name):\n    row = Row.objects.get(name=name)\n    return row', CARELESS),
      errors: [{ path: 'app/getters.py' }],
    },
    {
      name: 'one caller of two',
      code: program(GETTER, `${CARELESS}\n\n\n${CAREFUL.replace('def f', 'def g')}`),
      errors: [{ path: 'app/getters.py', message: /1 caller does not/ }],
    },
    {
      name: 'a caller that hands the row on',
      code: program(
        GETTER,
        'def f(name):\n    return load(name)\n\n\ndef g(names):\n    f(names[0]).save()\n\n\ndef h(names):\n    g(names)',
      ),
      errors: [
        {
          path: 'app/getters.py',
          message: /1 caller does not/,
          labels: [/`f` calls `load`/, /`g` calls `f`/],
        },
      ],
    },
    {
      name: 'a call deep in its statement',
      code: program(GETTER, 'def f(name):\n    print(\n        1,\n        load(name).pk,\n    )'),
      errors: [
        { path: 'app/getters.py', labels: [/`f` calls `load`/, /^the exception ends this statement$/] },
      ],
    },
    {
      name: 'a property',
      code: {
        'app/models.py': MODELS,
        'app/a.py': 'from app.models import Row\n\n\ndef f(row: Row):\n    return row.twin.pk\n',
      },
      errors: [{ path: 'app/models.py', line: 9, labels: [/`f` reads `twin`/] }],
    },
  ],
});
