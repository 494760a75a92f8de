import { RuleTester, type Source } from '@danglint/testing';
import { describe, it } from 'vitest';
import { danglingOnDelete } from './dangling-on-delete.ts';

const MODELS = `from django.db import models


class Environment(models.Model):
    name = models.CharField(max_length=20)


class Monitor(models.Model):
    environment_id = models.BigIntegerField(null=True)


class Customer(models.Model):
    token = models.UUIDField(primary_key=True)


class Payment(models.Model):
    customer_id = models.CharField(max_length=20)


class Note(models.Model):
    about_id = models.BigIntegerField()
    other_id = models.BigIntegerField()


class Tag(models.Model):
    name = models.CharField(max_length=20)


def tag_of(note: Note):
    return Tag.objects.get(pk=note.about_id), Tag.objects.get(pk=note.other_id), Store.objects.get(pk=note.other_id)


class Store(models.Model):
    name = models.CharField(max_length=20)


class Shelf(models.Model):
    store = models.ForeignKey(Store, db_constraint=False, on_delete=models.DO_NOTHING)
    kept = models.ForeignKey(Customer, db_constraint=False, on_delete=models.CASCADE)
`;

function code(lines: string, more = ''): Source {
  const body = lines
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  return {
    'app/models.py': MODELS + more,
    'app/a.py': `from app.models import Customer, Environment, Monitor, Payment, Shelf, Store, Tag\n\n\ndef f(env: Environment, store: Store, customer: Customer, pk):\n${body}\n`,
  };
}

const FOUND: Readonly<Record<string, string>> = {
  'a row': 'env.delete()',
  'rows by id': 'Environment.objects.filter(pk=pk).delete()',
  'rows by anything': 'Environment.objects.filter(name="x").exclude(pk=1).delete()',
  'a foreign key that the database does not keep': 'store.delete()',
  'a column of any name whose values are asked for': 'Tag.objects.filter(pk=pk).delete()',
};

const SILENT: Readonly<Record<string, string>> = {
  'another row of the name': 'env.delete(1)',
  'a model that nothing names': 'Monitor.objects.filter(pk=pk).delete()',
  'a column of another type, and one that Django cascades': 'customer.delete()',
  'a clean-up beside it':
    'env.delete()\nMonitor.objects.filter(environment_id=pk).update(environment_id=None)',
  'a clean-up of many': 'env.delete()\nMonitor.objects.filter(environment_id__in=[pk]).delete()',
  'a clean-up by relation': 'store.delete()\nShelf.objects.filter(store__in=[store]).delete()',
  'no delete of rows': 'pk.delete()',
};

new RuleTester([danglingOnDelete], { describe, it }).run({
  valid: [
    ...Object.entries(SILENT).map(([name, lines]) => ({ name, code: code(lines) })),
    {
      name: 'a receiver that cleans up',
      code: code(
        'env.delete()',
        '\n\ndef forget(sender, instance, **kwargs):\n    Monitor.objects.filter(environment_id=instance.pk).update(environment_id=None)\n',
      ),
    },
    {
      name: 'a table of what goes with what',
      code: code(
        'env.delete()',
        '\n\nclass EnvironmentDeletionTask:\n    def get_child_relations(self, instance):\n        return [ModelRelation(Monitor, {"environment_id": instance.id})]\n',
      ),
    },
    {
      name: 'a nightly task that looks for orphans',
      code: code(
        'env.delete()',
        '\n\ndef nightly():\n    for monitor in Monitor.objects.exclude(environment_id__in=Environment.objects.values("pk")):\n        monitor.delete()\n',
      ),
    },
    {
      name: 'a number of another app that nobody looks rows up by',
      code: {
        'a/models.py':
          'from django.db import models\n\n\nclass Metric(models.Model):\n    name = models.CharField(max_length=9)\n',
        'b/models.py':
          'from django.db import models\n\n\nclass Workspace(models.Model):\n    metric_id = models.IntegerField()\n',
        'a/services.py':
          'from a.models import Metric\n\n\ndef forget(metric: Metric):\n    metric.delete()\n',
      },
    },
  ],
  invalid: [
    ...Object.entries(FOUND).map(([name, lines]) => ({
      name,
      code: code(lines),
      errors: [{ path: 'app/a.py', line: 5, severity: 'info' as const }],
    })),
    {
      name: 'a number of another app that rows are looked up by',
      code: {
        'a/models.py':
          'from django.db import models\n\n\nclass Token(models.Model):\n    id = models.UUIDField(primary_key=True)\n',
        'b/models.py':
          'from django.db import models\n\n\nclass Session(models.Model):\n    token_id = models.UUIDField()\n',
        'b/views.py':
          'from a.models import Token\n\n\ndef tokens(sessions):\n    return Token.objects.filter(pk__in=[session.token_id for session in sessions])\n',
        'a/views.py':
          'from a.models import Token\n\n\nasync def revoke(request, pk):\n    await Token.objects.filter(pk=pk).adelete()\n',
      },
      errors: [
        {
          path: 'a/views.py',
          line: 5,
          labels: ['`Session.token_id` has no constraint', 'rows are looked up by `token_id` here'],
        },
      ],
    },
    {
      name: 'functions of one file do not speak for each other',
      code: code(
        'env.delete()',
        '\n\ndef monitors(environment_id):\n    return Monitor.objects.filter(environment_id=environment_id)\n\n\ndef rename(env):\n    env.save()\n',
      ),
      errors: [{ path: 'app/a.py', line: 5 }],
    },
  ],
});
