import { RuleTester } from '@danglint/testing';
import { describe, it } from 'vitest';
import { taskBeforeCommit } from './task-before-commit.ts';

type Files = Readonly<Record<string, string>>;

const FILES = {
  'app/models.py':
    'from django.db import models\n\n\nclass Owner(models.Model):\n    name = models.CharField(max_length=20)\n\n\nclass Row(models.Model):\n    name = models.CharField(max_length=20)\n    owner = models.ForeignKey(Owner, on_delete=models.CASCADE)\n',
  'app/tasks.py': `from celery import Task, shared_task
from django.db import transaction


class PatientTask(Task):
    def apply_async(self, *args, **kwargs):
        transaction.on_commit(lambda: super(PatientTask, self).apply_async(*args, **kwargs))


@shared_task
def touch(pk):
    print(pk)


@shared_task(base=PatientTask)
def patient(pk):
    print(pk)
`,
};

function code(lines: string, decorator = ''): Files {
  const body = lines
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  return {
    ...FILES,
    'app/a.py': `from functools import partial\n\nfrom app.models import Row\nfrom app.tasks import patient, touch\nfrom django.db import transaction\n\n\n${decorator}def f(name, row: Row, mail):\n${body}\n`,
  };
}

const SILENT: Readonly<Record<string, string>> = {
  'no transaction': 'row = Row.objects.create(name=name)\ntouch.delay(row.pk)',
  'after the block':
    'with transaction.atomic():\n    row = Row.objects.create(name=name)\ntouch.delay(row.pk)',
  'on commit, partial':
    'with transaction.atomic():\n    row = Row.objects.create(name=name)\n    transaction.on_commit(partial(touch.delay, row.pk))',
  'on commit, lambda':
    'with transaction.atomic():\n    row = Row.objects.create(name=name)\n    transaction.on_commit(lambda: touch.delay(row.pk))',
  delay_on_commit:
    'with transaction.atomic():\n    row = Row.objects.create(name=name)\n    touch.delay_on_commit(row.pk)',
  'nothing of a row': 'with transaction.atomic():\n    touch.delay(name)',
  'no task': 'with transaction.atomic():\n    mail.send(row.pk)',
  'a task that waits by itself':
    'with transaction.atomic():\n    row = Row.objects.create(name=name)\n    patient.delay(row.pk)',
};

const CREATED = 'row = Row.objects.create(name=name)\n';

/** A function that writes a row and sends a task about it, without a transaction of its own; and who calls it, or what the settings say. */
const called = (callers: string, more: Files = {}): Files => ({
  ...code(`${CREATED}touch.delay(row.pk)`),
  'app/b.py': `from app.a import f\nfrom django.db import transaction\n\n\n${callers}`,
  ...more,
});

/** A receiver that sends a task about what was saved, and code that writes rows. */
const saved = (signal: string, send: string, writer: string, more: Files = {}): Files => ({
  ...FILES,
  'app/signals.py': `from app.models import Row\nfrom app.tasks import touch\nfrom django.db import transaction\nfrom django.db.models.signals import post_delete, post_save\nfrom django.dispatch import receiver\n\n\n@receiver(${signal}, sender=Row)\ndef on_row(sender, instance, **kwargs):\n    ${send}\n`,
  'app/b.py': `from app.models import Row\nfrom django.db import transaction\n\n\n${writer}`,
  ...more,
});
const IN_BLOCK = 'def g(name):\n    with transaction.atomic():\n        Row.objects.create(name=name)\n';
const BARE = 'def g(name):\n    Row.objects.create(name=name)\n';

const SETTINGS: Files = { 'site/settings.py': 'DATABASES = {"default": {"ATOMIC_REQUESTS": True}}\n' };
const VIEW = 'def page(request):\n    f(request.POST["name"], None, None)\n';
const ROUTE: Files = {
  'app/urls.py': 'from app.b import page\nfrom django.urls import path\n\nurlpatterns = [path("x/", page)]\n',
};

new RuleTester([taskBeforeCommit], { describe, it }, { recipes: new Map() }).run({
  valid: [
    { name: 'a caller without a transaction', code: called('def g(name):\n    f(name, None, None)\n') },
    {
      name: 'a caller whose transaction is over',
      code: called('def g(name):\n    with transaction.atomic():\n        pass\n    f(name, None, None)\n'),
    },
    {
      name: 'a caller that waits for the commit',
      code: called(
        'def g(name):\n    with transaction.atomic():\n        transaction.on_commit(lambda: f(name, None, None))\n',
      ),
    },
    {
      name: 'a row that the function only reads',
      code: {
        ...called('def g(row):\n    with transaction.atomic():\n        f("", row, None)\n'),
        ...code('touch.delay(row.pk)'),
      },
    },
    { name: 'requests without transactions', code: called(VIEW, ROUTE) },
    {
      name: 'a view that asks for none',
      code: called(`@transaction.non_atomic_requests\n${VIEW}`, { ...ROUTE, ...SETTINGS }),
    },
    {
      name: 'a receiver of rows that no transaction writes',
      code: saved('post_save', 'touch.delay(instance.pk)', BARE),
    },
    {
      name: 'a receiver that waits for the commit',
      code: saved('post_save', 'transaction.on_commit(lambda: touch.delay(instance.pk))', IN_BLOCK),
    },
    {
      name: 'a receiver of new rows, where a transaction only changes some',
      code: saved(
        'post_save',
        'if kwargs["created"]:\n        pass\n    created = kwargs["created"]\n    if created:\n        touch.delay(instance.pk)',
        'def g(row: Row):\n    with transaction.atomic():\n        row.save()\n',
      ),
    },
    { name: 'a receiver of deletions', code: saved('post_delete', 'touch.delay(instance.pk)', IN_BLOCK) },
    ...['row.owner_id', 'row.owner.name', '[row.owner.id]'].map((key) => ({
      name: `a row that the new one belongs to, ${key}`,
      code: {
        ...called('def g(name):\n    with transaction.atomic():\n        f(name, None, None)\n'),
        ...code(`${CREATED}touch.delay(${key})`),
      },
    })),
    { name: 'no request', code: called('def g(name):\n    f(name, None, None)\n', SETTINGS) },
  ],
  invalid: [
    {
      name: 'a row by a column of its own',
      code: {
        ...called('def g(name):\n    with transaction.atomic():\n        f(name, None, None)\n'),
        ...code(`${CREATED}touch.delay(row.name)`),
      },
      errors: [{ path: 'app/a.py', line: 10, severity: 'warning' as const }],
    },
    {
      name: "a caller's transaction",
      code: called('def g(name):\n    with transaction.atomic():\n        f(name, None, None)\n'),
      errors: [
        {
          path: 'app/a.py',
          line: 10,
          severity: 'warning' as const,
          labels: [/the transaction that `g` has open/],
        },
      ],
    },
    {
      name: "a command's transaction",
      code: called('', {
        'app/management/commands/run.py':
          'from app.a import f\nfrom django.db import transaction\n\n\ndef g(name):\n    with transaction.atomic():\n        f(name, None, None)\n',
      }),
      errors: [{ path: 'app/a.py', line: 10, severity: 'info' as const, labels: [/that `g` has open/] }],
    },
    {
      name: "a command's transaction, and that of another caller",
      code: called('def h(name):\n    with transaction.atomic():\n        f(name, None, None)\n', {
        'app/management/commands/run.py':
          'from app.a import f\nfrom django.db import transaction\n\n\ndef g(name):\n    with transaction.atomic():\n        f(name, None, None)\n',
      }),
      errors: [{ path: 'app/a.py', line: 10, severity: 'warning' as const, labels: [/that `h` has open/] }],
    },
    {
      name: "a caller's caller's",
      code: called(
        'def g(name):\n    f(name, None, None)\n\n\n@transaction.atomic\ndef h(name):\n    g(name)\n',
      ),
      errors: [{ path: 'app/a.py', line: 10, labels: [/the transaction that `h` has open/] }],
    },
    {
      name: 'a receiver of rows that a transaction writes',
      code: saved('post_save', 'touch.delay(instance.pk)', IN_BLOCK),
      errors: [
        { path: 'app/signals.py', line: 10, severity: 'warning' as const, labels: [/that `g` has open/] },
      ],
    },
    {
      name: 'a receiver of rows that transactions only change',
      code: saved(
        'post_save',
        'touch.delay(instance.pk)',
        'def g(name):\n    with transaction.atomic():\n        row = Row.objects.get(name=name)\n        row.save()\n',
      ),
      errors: [{ path: 'app/signals.py', line: 10, severity: 'info' as const }],
    },
    {
      name: 'a receiver of old rows, beside what it does for new ones',
      code: saved(
        'post_save',
        'created = kwargs["created"]\n    if created:\n        pass\n    elif instance.name:\n        touch.delay(instance.pk)',
        `${IN_BLOCK}\n\ndef h(row: Row):\n    with transaction.atomic():\n        row.save()\n`,
      ),
      errors: [
        { path: 'app/signals.py', line: 14, severity: 'info' as const, labels: [/that `h` has open/] },
      ],
    },
    {
      name: 'a receiver, with requests that are transactions',
      code: saved('post_save', 'touch.delay(instance.pk)', BARE, SETTINGS),
      errors: [{ path: 'app/signals.py', line: 10, labels: [/around every request/] }],
    },
    {
      name: 'of every request',
      code: called(VIEW, { ...ROUTE, ...SETTINGS }),
      errors: [
        {
          path: 'app/a.py',
          line: 10,
          labels: [/the transaction that is open around every request/],
        },
      ],
    },
  ],
});

new RuleTester([taskBeforeCommit], { describe, it }, { recipes: new Map() }).run({
  valid: Object.entries(SILENT).map(([name, lines]) => ({ name, code: code(lines) })),
  invalid: [
    {
      name: 'delay',
      code: code(`with transaction.atomic():\n    ${CREATED}    touch.delay(row.pk)`),
      errors: [{ path: 'app/a.py', line: 11, severity: 'warning', labels: [/still open/] }],
    },
    {
      name: 'apply_async',
      code: code(`with transaction.atomic():\n    ${CREATED}    touch.apply_async(kwargs={"pk": row.id})`),
      errors: [{ path: 'app/a.py', line: 11, severity: 'warning' }],
    },
    {
      name: 'a saved row',
      code: code('with transaction.atomic():\n    row.save()\n    touch.delay(row.pk)'),
      errors: [{ path: 'app/a.py', severity: 'warning' }],
    },
    {
      name: 'a row that was there before',
      code: code(
        'with transaction.atomic():\n    row = Row.objects.get(name=name)\n    row.save()\n    touch.delay(row.pk)',
      ),
      errors: [{ path: 'app/a.py', severity: 'info' }],
    },
    {
      name: 'a row that was there before, or is made',
      code: code(
        'with transaction.atomic():\n    try:\n        row = Row.objects.get(name=name)\n    except Row.DoesNotExist:\n        row = Row(name=name)\n    row.save()\n    touch.delay(row.pk)',
      ),
      errors: [{ path: 'app/a.py', severity: 'warning' }],
    },
    {
      name: 'a row behind a relation of what nothing is known of',
      code: {
        ...code('with transaction.atomic():\n    row = mail.row\n    row.save()\n    touch.delay(row.pk)'),
        'app/models.py': `${FILES['app/models.py']}\n\nclass Mail(models.Model):\n    row = models.ForeignKey(Row, on_delete=models.CASCADE)\n`,
      },
      errors: [{ path: 'app/a.py', severity: 'info' }],
    },
    {
      name: 'some columns of a row',
      code: code('with transaction.atomic():\n    row.save(update_fields=["name"])\n    touch.delay(row.pk)'),
      errors: [{ path: 'app/a.py', severity: 'info' }],
    },
    {
      name: 'a loop over rows',
      code: code(
        'with transaction.atomic():\n    for row in Row.objects.all():\n        row.save()\n        touch.delay(row.pk)',
      ),
      errors: [{ path: 'app/a.py', severity: 'info' }],
    },
    {
      name: 'a task that is put off',
      code: code(`with transaction.atomic():\n    ${CREATED}    touch.apply_async((row.pk,), countdown=30)`),
      errors: [{ path: 'app/a.py', severity: 'info' }],
    },
    {
      name: 'a decorator',
      code: code(`${CREATED}touch.delay(row.pk)`, '@transaction.atomic\n'),
      errors: [{ path: 'app/a.py', severity: 'warning' }],
    },
    {
      name: 'a row of another loop was saved',
      code: code(
        'with transaction.atomic():\n    for row in Row.objects.all():\n        row.save()\n    for row in Row.objects.all():\n        touch.delay(row.pk)',
      ),
      errors: [{ path: 'app/a.py', line: 13, severity: 'info' }],
    },
    {
      name: 'a row that was there before',
      code: code('with transaction.atomic():\n    touch.delay(row.pk)'),
      errors: [{ path: 'app/a.py', severity: 'info' }],
    },
  ],
});
