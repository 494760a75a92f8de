import { RuleTester, type Source } from '@danglint/testing';
import { describe, it } from 'vitest';
import { uncheckedOptionalRow } from './unchecked-optional-row.ts';

/** A shop that a session knows, functions that ask for it, and code that uses it. */
const visited = (name: string, code: string): { readonly name: string; readonly code: Source } => ({
  name,
  code: {
    'shop/models.py': `from django.db import models


class Shop(models.Model):
    name = models.CharField(max_length=20)
`,
    'shop/session.py': `from shop.models import Shop


def shop(request):
    try:
        return Shop.objects.get(pk=request.session.get("shop"))
    except Shop.DoesNotExist:
        return None


def open_shop(request):
    found = shop(request)
    return found and found.name


def visitor(request):
    return request.session.get("visitor")
`,
    'shop/views.py': `from django.views.generic import TemplateView
from shop import session


class Check:
    def process(self, request):
        return None if session.shop(request) else "no shop"


class ShopMixin:
    def dispatch(self, request, *args, **kwargs):
        found = session.shop(request)
        if not found:
            return None
        return super().dispatch(request, *args, **kwargs)


class OtherMixin:
    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)


${code}
`,
  },
});

const use = 'session.shop(request).name';

new RuleTester([uncheckedOptionalRow], { describe, it }, { recipes: new Map() }).run({
  valid: [
    visited(
      'a function asks for it first',
      `def show(request):\n    if session.open_shop(request):\n        return ${use}`,
    ),
    visited(
      'in a conditional',
      `def show(request):\n    return ${use} if session.open_shop(request) else None`,
    ),
    visited(
      'the answer of a method that asks for it',
      `class Name(Check):\n    def process(self, request):\n        answer = super().process(request)\n        if answer:\n            return answer\n        return ${use}`,
    ),
    visited(
      'the dispatch of one of several bases',
      `class Show(OtherMixin, ShopMixin, TemplateView):\n    def get(self, request):\n        return ${use}`,
    ),
    visited(
      'the dispatch of all views that call the function',
      `def title(request):\n    return ${use}\n\n\nclass Show(ShopMixin, TemplateView):\n    def get(self, request):\n        return title(request)`,
    ),
  ],
  invalid: [
    visited(
      'a function asks for something else',
      `def show(request):\n    if session.visitor(request):\n        return ${use}`,
    ),
    visited(
      'a function asks for that of another request',
      `def show(request, other):\n    if session.open_shop(other):\n        return ${use}`,
    ),
    visited(
      'no base asks',
      `class Show(OtherMixin, TemplateView):\n    def get(self, request):\n        return ${use}`,
    ),
    visited(
      'the dispatch of one of two views that call the function',
      `def title(request):\n    return ${use}\n\n\nclass Show(ShopMixin, TemplateView):\n    def get(self, request):\n        return title(request)\n\n\nclass Other(TemplateView):\n    def get(self, request):\n        return title(request)`,
    ),
  ].map((one) => ({ ...one, errors: [{ path: 'shop/views.py' }] })),
});
