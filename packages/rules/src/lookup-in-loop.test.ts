import { RuleTester } from '@danglint/testing';
import { describe, it } from 'vitest';
import { lookupInLoop } from './lookup-in-loop.ts';

const MODELS = `from django.db import models


class Order(models.Model):
    number = models.CharField(max_length=9)


class Payment(models.Model):
    order = models.OneToOneField(Order, on_delete=models.CASCADE)
    order_number = models.IntegerField()
`;

const task = (keys: string): Readonly<Record<string, string>> => ({
  'app/models.py': MODELS,
  'app/tasks.py': `from app.models import Order, Payment
from celery import shared_task


@shared_task
def run(ids):
    for pk in ${keys}:
        Order.objects.get(pk=pk).save()
`,
});

/** A page that goes through what it has read itself. */
const page = (keys: string, column = 'pk'): Readonly<Record<string, string>> => ({
  'app/models.py': MODELS,
  'app/views.py': `from app.models import Order, Payment
from django.views import View


class Page(View):
    def get(self, request):
        for key in ${keys}:
            Order.objects.get(${column}=key).save()
`,
});

new RuleTester([lookupInLoop], { describe, it }, { recipes: new Map() }).run({
  valid: [],
  invalid: [
    ...[
      'Order.objects.filter(number="x").values_list("pk", flat=True)',
      'Order.objects.values_list("id", flat=True)',
      'Payment.objects.values_list("order_id", flat=True)',
    ].map((keys) => ({
      name: keys,
      code: task(keys),
      errors: [
        { path: 'app/tasks.py', severity: 'warning' as const, message: /gone by then: its key was read/ },
      ],
    })),
    {
      name: 'a page is over soon',
      code: page('Payment.objects.values_list("order_id", flat=True)'),
      errors: [{ path: 'app/views.py', severity: 'info' as const, message: /gone by then/ }],
    },
    {
      name: 'what the page was sent may be anything',
      code: page('request.GET.getlist("pk")'),
      errors: [{ path: 'app/views.py', severity: 'error' as const, message: /looked up for every item/ }],
    },
    ...['ids', 'Payment.objects.values_list("order_number", flat=True)'].map((keys) => ({
      name: keys,
      code: task(keys),
      errors: [{ path: 'app/tasks.py', severity: 'error' as const, message: /looked up for every item/ }],
    })),
  ],
});

const several = (again: string): Readonly<Record<string, string>> => ({
  'app/models.py': MODELS,
  'app/tasks.py': `from app.models import Order
from celery import shared_task


@shared_task
def run(numbers):
    for number in numbers:
        try:
            order = Order.objects.get(number=number)
        except Order.DoesNotExist:
            continue
        except Order.MultipleObjectsReturned:
            drop_duplicates(number)
            order = ${again}
        order.save()
`,
});

new RuleTester([lookupInLoop], { describe, it }, { recipes: new Map() }).run({
  valid: [
    {
      name: 'the same lookup has just found more than one row',
      code: several('Order.objects.get(number=number)'),
    },
  ],
  invalid: [
    {
      name: 'another lookup has found more than one row',
      code: several('Order.objects.get(pk=number)'),
      errors: [{ path: 'app/tasks.py', line: 14 }],
    },
    {
      name: 'settings of a class that stands in for those of Django',
      code: {
        'app/models.py': MODELS,
        'app/conf.py':
          'from django.conf import LazySettings\n\n\nclass ShopSettings(LazySettings):\n    pass\n\n\nsettings = ShopSettings()\n',
        'app/tasks.py':
          'from app.conf import settings\nfrom app.models import Order\nfrom celery import shared_task\n\n\n@shared_task\ndef run():\n    for pair in settings.DEFAULT_ORDERS:\n        Order.objects.get(number=pair[0]).save()\n',
      },
      errors: [{ path: 'app/tasks.py', line: 9, severity: 'info' }],
    },
  ],
});

/** A task whose loop asks for an order by something. */
const passes = (loop: string): Readonly<Record<string, string>> => ({
  'app/models.py': MODELS,
  'app/tasks.py': `import time

from app.models import Order
from celery import shared_task


@shared_task
def run(pk, queue, orders):
    order = orders[0]
${loop}
`,
});

new RuleTester([lookupInLoop], { describe, it }, { recipes: new Map() }).run({
  valid: [
    {
      name: 'waits for one row, whatever the pass',
      code: passes(
        '    while True:\n        if Order.objects.get(pk=pk).number:\n            break\n        time.sleep(1)',
      ),
    },
    {
      name: 'writes an attribute of the row by which it asks',
      code: passes(
        '    for number in queue:\n        order.number = number\n        Order.objects.get(pk=order.other).save()',
      ),
    },
  ],
  invalid: [
    '    while queue:\n        Order.objects.get(pk=queue.pop()).save()',
    '    while queue:\n        last = queue.pop()\n        Order.objects.get(pk=last).save()',
    '    for order.number in queue:\n        pk = next_of(pk)\n        Order.objects.get(pk=pk).save()',
    '    for entry in queue:\n        with open_entry(entry) as message:\n            Order.objects.get(pk=message.order).save()',
  ].map((loop) => ({ name: loop.trim(), code: passes(loop), errors: [{ path: 'app/tasks.py' }] })),
});
