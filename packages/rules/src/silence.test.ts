import { RuleTester } from '@danglint/testing';
import { describe, it } from 'vitest';
import { rules } from './index.ts';

const MODELS = `
from django.db import models


class Group(models.Model):
    slug = models.SlugField(unique=True)


class Owner(models.Model):
    group = models.ForeignKey(Group, on_delete=models.CASCADE)
`;

/** A program of the models above and one more module. */
function withModels(path: string, code: string): Readonly<Record<string, string>> {
  return { 'app/models.py': MODELS, [path]: code };
}

const tester = new RuleTester(rules, { describe, it }, { recipes: new Map() });

tester.run({
  valid: [
    {
      name: 'no lookup: mappings, caches, clients, the environment',
      code: withModels(
        'app/a.py',
        `
import os

import requests
from django.core.cache import cache


def f(request, options: dict):
    options.get("a")
    {"a": 1}.get("a")
    cache.get("a")
    request.GET.get("a")
    request.session.get("a")
    requests.get("https://example.org")
    os.environ.get("A")
`,
      ),
    },
    {
      name: 'handled in the function',
      code: withModels(
        'app/a.py',
        `
from contextlib import suppress

from app.models import Group
from django.core.exceptions import ObjectDoesNotExist


def one(pk):
    try:
        return Group.objects.get(pk=pk)
    except Group.DoesNotExist:
        return None


def two(pk):
    try:
        return Group.objects.get(pk=pk)
    except ObjectDoesNotExist:
        return None


def three(pk):
    with suppress(Group.DoesNotExist):
        Group.objects.get(pk=pk).save()
`,
      ),
    },
    {
      name: 'handled by every caller, in another file',
      code: {
        ...withModels(
          'app/a.py',
          'from app.models import Group\n\n\ndef load(pk):\n    return Group.objects.get(pk=pk)\n',
        ),
        'app/b.py': `
from app.a import load
from app.models import Group


def f(pk):
    try:
        return load(pk)
    except Group.DoesNotExist:
        return None
`,
      },
    },
    {
      name: 'answered by the framework',
      code: withModels(
        'app/views.py',
        `
from app.models import Group
from django.http import JsonResponse
from django.shortcuts import get_object_or_404


def view(request, pk):
    group = get_object_or_404(Group, pk=pk)
    return JsonResponse({"slug": group.slug})
`,
      ),
    },
    {
      name: 'a row that is certain',
      code: withModels(
        'app/a.py',
        `
from app.models import Group, Owner
from django.db import IntegrityError


def created():
    group = Group.objects.create(slug="a")
    return Group.objects.get(pk=group.pk)


def parent(owner: Owner):
    return Group.objects.get(pk=owner.group_id)


def inserted(slug):
    try:
        return Group.objects.create(slug=slug)
    except IntegrityError:
        return Group.objects.get(slug=slug)
`,
      ),
    },
    {
      name: 'lookups that never raise for a missing row',
      code: withModels(
        'app/a.py',
        `
from app.models import Group


def f(pk, pks):
    group, created = Group.objects.get_or_create(pk=pk)
    Group.objects.filter(pk=pk).first()
    Group.objects.filter(pk=pk).delete()
    return Group.objects.in_bulk(pks)
`,
      ),
    },
  ],
  invalid: [
    {
      name: 'one caller of two does not handle it: the labels show which',
      code: {
        ...withModels(
          'app/a.py',
          'from app.models import Group\n\n\ndef load(pk):\n    return Group.objects.get(pk=pk)\n',
        ),
        'app/b.py': `
from app.a import load
from app.models import Group


def careful(pk):
    try:
        return load(pk)
    except Group.DoesNotExist:
        return None


def careless(pk):
    return load(pk)
`,
      },
      errors: [
        {
          path: 'app/a.py',
          line: 5,
          rule: 'raising-getter',
          labels: [/`careless` calls `load`/, /nobody here calls `careless`/],
        },
      ],
    },
    {
      name: 'a management command is reported at info',
      code: withModels(
        'app/management/commands/repair.py',
        `
from app.models import Group
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    def handle(self, *args, **options):
        Group.objects.get(slug=options["slug"]).save()
        getattr(self, options["stage"])(options["slug"])

    def repaint(self, slug):
        Group.objects.get(slug=slug).save()
`,
      ),
      errors: [
        { severity: 'info', rule: 'unhandled-lookup', line: 8 },
        { severity: 'info', rule: 'unhandled-lookup', line: 12 },
      ],
    },
    {
      name: 'a row of the configuration is reported at info',
      code: withModels(
        'app/a.py',
        'from app.models import Group\n\n\ndef default_group():\n    return Group.objects.get(slug="default")\n',
      ),
      errors: [{ severity: 'info', rule: 'unhandled-lookup' }],
    },
    {
      name: 'the more specific rule reports, and names the others',
      code: withModels(
        'app/tasks.py',
        `
from app.models import Group
from celery import shared_task


@shared_task
def touch(pks):
    for pk in pks:
        Group.objects.get(pk=pk).save()
`,
      ),
      errors: [
        {
          rule: 'lookup-in-loop',
          severity: 'error',
          help: /also fits: DNE101 task-argument-lookup, DNE001 unhandled-lookup/,
        },
      ],
    },
    {
      name: 'a validator of a form is told to reject the input, not to answer 404',
      code: withModels(
        'app/forms.py',
        `
from app.models import Group
from django import forms


class GroupForm(forms.Form):
    group = forms.CharField()

    def clean_group(self):
        return Group.objects.get(pk=self.cleaned_data['group'])
`,
      ),
      errors: [{ rule: 'request-lookup', help: /catch `Group.DoesNotExist` and raise `ValidationError`/ }],
    },
    {
      name: 'a second lookup inside a handler that answers the first',
      code: withModels(
        'app/a.py',
        `
from app.models import Group


def f(slug):
    try:
        return Group.objects.get(slug=slug)
    except Group.DoesNotExist:
        return Group.objects.get(pk=int(slug))
`,
      ),
      errors: [{ line: 9, rule: 'unhandled-lookup' }],
    },
  ],
});
