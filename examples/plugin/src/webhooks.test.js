import { readFileSync } from 'node:fs';
import { recipes, rules } from 'danglint';
import { analyser, RuleTester, testPage } from 'danglint/testing';
import { describe, it } from 'vitest';
import plugin from './index.js';
import { webhookLookup } from './webhook-lookup.js';

const all = new Map([...recipes, ...(plugin.recipes ?? []).map((recipe) => [recipe.name, recipe])]);
const models = 'from django.db import models\n\n\nclass Order(models.Model):\n    reference = models.CharField(max_length=32)\n';

new RuleTester([webhookLookup], { describe, it }, { recipes: all }).run({
  valid: [
    {
      name: 'a webhook that answers for itself',
      code: {
        'shop/models.py': models,
        'shop/webhooks.py': `from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from shop.models import Order


@csrf_exempt
@require_POST
def paid(request, pk):
    try:
        order = Order.objects.get(pk=pk)
    except Order.DoesNotExist:
        return HttpResponse(status=410)
    return HttpResponse(order.reference)
`,
      },
    },
    {
      name: 'a view that is no webhook',
      code: {
        'shop/models.py': models,
        'shop/views.py': `from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from shop.models import Order


@csrf_exempt
@require_POST
def paid(request, pk):
    return Order.objects.get(pk=pk)
`,
      },
    },
  ],
  invalid: [
    {
      name: 'a helper of a webhook: reported, and not fixed there',
      code: {
        'shop/models.py': models,
        'shop/webhooks.py': `from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from shop.models import Order


def order_of(pk):
    order = Order.objects.get(pk=pk)
    return order


@csrf_exempt
@require_POST
def paid(request, pk):
    return HttpResponse(order_of(pk).reference)
`,
      },
      errors: [{ path: 'shop/webhooks.py', line: 8, code: 'HOOK001', fix: 'none', labels: [/calls/, /reached from view/] }],
    },
  ],
});

for (const { meta } of plugin.rules) {
  const page = readFileSync(new URL(`../docs/${meta.id}.md`, import.meta.url), 'utf8');
  const analyse = analyser({ rules: [...rules, ...plugin.rules], recipes: all });
  testPage(`docs/${meta.id}.md`, page, analyse, { describe, it });
}
