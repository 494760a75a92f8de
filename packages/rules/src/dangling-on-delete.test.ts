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
    'app/a.py': `from app.models import Customer, Environment, Monitor, Payment, Shelf, Store\n\n\ndef f(env: Environment, store: Store, customer: Customer, pk):\n${body}\n`,
  };
}

const FOUND: Readonly<Record<string, string>> = {
  'a row': 'env.delete()',
  'rows by id': 'Environment.objects.filter(pk=pk).delete()',
  'rows by anything': 'Environment.objects.filter(name="x").exclude(pk=1).delete()',
  'a foreign key that the database does not keep': 'store.delete()',
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
  ],
  invalid: Object.entries(FOUND).map(([name, lines]) => ({
    name,
    code: code(lines),
    errors: [{ path: 'app/a.py', line: 5, severity: 'info' }],
  })),
});
