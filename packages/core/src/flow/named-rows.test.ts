import { describe, expect, test } from 'vitest';
import { judgementOf } from '../session/testing/program.ts';

const shows = (title: string, program: string, expected: string): void =>
  test.each([{ title, program, expected }])('$title', async ({ program, expected }) =>
    expect((await judgementOf(program)).origins.map(({ kind }) => kind).join(' ')).toBe(expected),
  );

/** A page that asks for a row by a constant, and what else the program has. */
const page = (more: string, asked = 'name="host"'): string => `
  #### shop/models.py
  from django.db import models

  class Role(models.Model):
      name = models.CharField(max_length=20)

  class Task(models.Model):
      role = models.ForeignKey(Role, on_delete=models.CASCADE)
  #### shop/constants.py
  HOST = "host"
  #### shop/views.py
  from shop.constants import HOST
  from shop.models import Role

  def overview(request):
      return Role.objects.get(${asked}) #!
${more}`;

const migration = (path: string, name: string, model = 'Role'): string => `
  #### ${path}
  from django.db import migrations

  def fill(apps, schema_editor):
      Role = apps.get_model("shop", "${model}")
      ${model}.objects.bulk_create([${model}(name="${name}")])
`;

describe('a row that a constant names', () => {
  shows('nothing makes', page(''), 'literal');
  shows('a migration writes', page(migration('shop/migrations/0002_roles.py', 'host')), 'natural-key');
  shows('a command writes', page(migration('shop/management/commands/fill.py', 'host')), 'natural-key');
  shows(
    'a script that fills a new shop writes',
    page(migration('scripts/initialize.py', 'host')),
    'natural-key',
  );
  shows('a script of another kind writes', page(migration('scripts/report.py', 'host')), 'literal');
  shows(
    'a migration writes, under the name of a constant',
    page(migration('shop/migrations/0002_roles.py', 'host'), 'name=HOST'),
    'natural-key',
  );
  shows(
    'a migration writes another, under the name of a constant',
    page(migration('shop/migrations/0002_roles.py', 'guest'), 'name=HOST'),
    'literal',
  );
  shows('tests write', page(migration('shop/tests/fill.py', 'host')), 'literal');
  shows('a migration writes another', page(migration('shop/migrations/0002_roles.py', 'guest')), 'literal');

  const made = (call: string): string => `
  #### shop/roles.py
  from shop.constants import HOST
  from shop.models import Role, Task

  def host():
      return ${call}
`;
  shows(
    'the program makes where it is missing',
    page(made('Role.objects.get_or_create(name="host")')),
    'natural-key',
  );
  shows(
    'the program makes by the same constant',
    page(made('Role.objects.create(name=HOST)'), 'name=HOST'),
    'natural-key',
  );
  shows(
    'the program makes by another column',
    page(made('Role.objects.update_or_create(pk=1, defaults={"name": "host"})')),
    'natural-key',
  );
  shows('the program makes another', page(made('Role.objects.create(name="guest")')), 'literal');

  const used = (...calls: readonly string[]): string => `
  #### shop/work.py
  from shop.models import Role, Task
${calls.map((call, at) => `\n  def run_${String(at)}():\n      return ${call}\n`).join('')}`;
  shows(
    'several functions name',
    page(used('Task.objects.filter(role__name="host")', 'Role.objects.filter(name="host").count()')),
    'natural-key',
  );
  shows('one other function names', page(used('Task.objects.filter(role__name="host")')), 'literal');
  shows(
    'several functions name by a relation to something else',
    page(used('Task.objects.filter(place__name="host")', 'Task.objects.filter(item__name="host")')),
    'literal',
  );
});
