import { RuleTester } from '@danglint/testing';
import { describe, it } from 'vitest';
import { rules } from './index.ts';

const MODELS = `from django.db import models


class Settings(models.Model):
    sender = models.CharField(max_length=20)


class Group(models.Model):
    name = models.CharField(max_length=20)


class Order(models.Model):
    pass


class Line(models.Model):
    order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)
    open = models.BooleanField()
    parcel = models.ForeignKey("Parcel", null=True, on_delete=models.CASCADE)


class Parcel(models.Model):
    order = models.OneToOneField(Order, on_delete=models.CASCADE)
`;

type Severity = 'info' | 'warning' | 'error';

/** A file whose only finding has this severity. */
const found = (name: string, path: string, code: string, severity: Severity) => ({
  name,
  code: { 'app/models.py': MODELS, [path]: code },
  errors: [{ path, severity }],
});

const LOOKUP =
  'from app.models import Group\n\n\ndef group(name):\n    return Group.objects.get(name=name).name\n';

const SCRIPT = (name: string): string => LOOKUP.replace('def group(name)', `def ${name}(name)`);

const PAGE = (key: string): string => `
from app.models import Group
from django.views import View

STAFF = 3


class Page(View):
    def get(self, request):
        return Group.objects.get(${key}).name
`;

const SHOWN = (key: string): string => `
from app.models import Group
from rest_framework import serializers


class Row(serializers.Serializer):
    group = serializers.SerializerMethodField()

    def get_group(self, obj):
        return Group.objects.get(${key}).name
`;

const FACTORY = (base: string): string => `
import factory
from app.models import Group


class UserFactory(${base}):
    def groups(self, create, extracted):
        self.groups.add(Group.objects.get(name=extracted))
`;

const CASE = (base: string, method: string): string => `
from app.models import Group
from rest_framework.test import APITestCase


class GroupTestsMixin(${base}):
    def ${method}(self, name):
        self.assertTrue(Group.objects.get(name=name).name)
`;

const THREAD = `
from multiprocessing import Process

from app.models import Group


def worker(name):
    print(Group.objects.get(name=name).name)


def start(name):
    Process(target=worker, args=(name,)).start()
`;

const SENDER = (getter: string, head = 'def settings(name)'): string => `
from app.models import Order, Settings


${head}:
    return ${getter}


def sender(name):
    return settings(name).sender
`;

const CHILD = (decorator: string, key: string): string => `
from app.models import Line, Parcel
from celery import shared_task
from django.contrib.auth.decorators import login_required


@${decorator}
def work(request):
    for line in Line.objects.all():
        break
    return Parcel.objects.get(${key})
`;

new RuleTester(rules, { describe, it }, { recipes: new Map() }).run({
  valid: [],
  invalid: [
    found('code of the program', 'app/groups.py', LOOKUP, 'warning'),
    found('a module that imports pytest', 'app/helpers.py', `import pytest\n${LOOKUP}`, 'info'),
    found('a plugin of pytest', 'pytest_app/groups.py', LOOKUP, 'info'),
    found('a module for tests', 'app/testing.py', LOOKUP, 'info'),
    found('a test case', 'app/a.py', CASE('APITestCase', 'check'), 'info'),
    found('a part of test cases', 'app/a.py', CASE('object', 'test_group'), 'info'),
    found('a helper of a part of test cases', 'app/a.py', CASE('object', 'check'), 'warning'),
    found('a thread of a command', 'app/management/commands/run.py', THREAD, 'info'),
    found('a thread', 'app/run.py', THREAD, 'warning'),
    found('a factory of rows', 'app/a.py', FACTORY('factory.django.DjangoModelFactory'), 'info'),
    found('a class of the same name', 'app/a.py', FACTORY('object'), 'warning'),
    found('a script that a command runs by its name', 'scripts/fill.py', SCRIPT('run'), 'info'),
    found('another function of a script', 'scripts/2024/fill.py', SCRIPT('fill'), 'info'),
    found('a task of Fabric', 'fabfile.py', SCRIPT('fill'), 'info'),
    found('a task of Invoke', 'tasks.py', SCRIPT('fill'), 'info'),
    found('a function beside the tasks of an app', 'app/tasks.py', SCRIPT('fill'), 'warning'),
    found('steps of behaviour-driven tests', 'features/steps/a.py', `import behave\n${LOOKUP}`, 'info'),
    found('a page that asks by a number', 'app/views.py', PAGE('pk=1'), 'warning'),
    found('a page that asks by a name', 'app/views.py', PAGE('name="staff"'), 'warning'),
    found('a page that asks by a named constant', 'app/views.py', PAGE('pk=STAFF'), 'warning'),
    found('an item of what a serializer shows', 'app/serializers.py', SHOWN('pk=obj["group_id"]'), 'info'),
    found('another column of it', 'app/serializers.py', SHOWN('name=obj["group"]'), 'warning'),
    found('an item of a column of it', 'app/serializers.py', SHOWN('pk=obj.data["group_id"]'), 'warning'),
    found('a function of that name elsewhere', 'app/fill.py', SCRIPT('run'), 'warning'),
    found('migrations that were put away', 'app/migrations_old/a.py', LOOKUP, 'info'),
    found('an app about migrations', 'imap_migration/a.py', LOOKUP, 'warning'),
    found('the first row of a table, from a getter', 'app/a.py', SENDER('Settings.objects.first()'), 'info'),
    found(
      'loaded with others',
      'app/a.py',
      SENDER('Settings.objects.select_related("site").first()'),
      'info',
    ),
    found(
      'the first row of some',
      'app/a.py',
      SENDER('Settings.objects.filter(sender=name).first()'),
      'error',
    ),
    found(
      'a row that hangs on the one at hand, in a task',
      'app/a.py',
      CHILD('shared_task', 'order=line.order_id'),
      'info',
    ),
    found('in a view', 'app/a.py', CHILD('login_required', 'order=line.order_id'), 'warning'),
    found('a key that may be NULL', 'app/a.py', CHILD('shared_task', 'pk=line.parcel_id'), 'warning'),
    found(
      'an argument of a task that is registered',
      'app/a.py',
      `from app.models import Group
from task_processor.decorators import register_task_handler


@register_task_handler()
def work(group_id):
    print(Group.objects.get(pk=group_id).name)
`,
      'error',
    ),
  ],
});
