import { describe, expect, test } from 'vitest';
import { fateOf, judgementOf } from '../session/testing/program.ts';

const shows = (title: string, program: string, fate: string): void =>
  test.each([{ title, program, fate }])('$title', async ({ program, fate }) =>
    expect(await fateOf(program)).toBe(fate),
  );

const TASK = `
  #### shop/tasks.py
  from celery import shared_task
  from shop.models import Order

  @shared_task
  def ship(order_id):
      Order.objects.get(pk=order_id)
`;

const LOADER = `
  #### shop/loaders.py
  from shop.models import Order

  def load(order_id):
      return Order.objects.get(pk=order_id)
`;

/** A view that starts something under a handler which cannot see it fail. */
const starts = (before: string, imports: string, call: string): string => `${before}
  #### shop/views.py
  ${imports}
  from shop.models import Order

  def view(request, order_id):
      try:
          ${call}
      except Order.DoesNotExist:
          return None
  #### shop/urls.py
  from django.urls import path
  from shop.views import view
  urlpatterns = [path("orders/", view)]
`;

describe('tasks run elsewhere: a handler around the call that queues them answers nothing', () => {
  const escapes = 'escapes to task ship: ship';
  const ship = 'from shop.tasks import ship';
  shows('delay', starts(TASK, ship, 'ship.delay(order_id)'), escapes);
  shows('apply_async', starts(TASK, ship, 'ship.apply_async(args=[order_id])'), escapes);
  shows('delay_on_commit', starts(TASK, ship, 'ship.delay_on_commit(order_id)'), escapes);
  shows('a signature in a chain', starts(TASK, ship, 'ship.si(order_id).apply_async()'), escapes);
  shows(
    'send_task by name',
    starts(TASK, 'from shop.celery import app', 'app.send_task("shop.tasks.ship", args=[order_id])'),
    escapes,
  );
  shows(
    'on_commit with a lambda that queues it',
    starts(
      TASK,
      'from django.db import transaction\n  from shop.tasks import ship',
      'transaction.on_commit(lambda: ship.delay(order_id))',
    ),
    escapes,
  );
  shows(
    'on_commit with a partial that queues it',
    starts(
      TASK,
      'from functools import partial\n  from django.db import transaction\n  from shop.tasks import ship',
      'transaction.on_commit(partial(ship.delay, order_id))',
    ),
    escapes,
  );
  shows(
    'called as a plain function beside that: its caller answers, the queue does not',
    starts(TASK, ship, 'ship(order_id)'),
    escapes,
  );
});

describe('functions that something else runs', () => {
  const thread = 'escapes to thread load: load';
  const load = 'from shop.loaders import load';
  shows(
    'on_commit with the function itself',
    starts(LOADER, `from django.db import transaction\n  ${load}`, 'transaction.on_commit(load)'),
    thread,
  );
  shows(
    'on_commit with a partial',
    starts(
      LOADER,
      `from functools import partial\n  from django.db.transaction import on_commit\n  ${load}`,
      'on_commit(partial(load, order_id))',
    ),
    thread,
  );
  shows(
    'on_commit with a lambda: it fails where the view commits',
    starts(
      LOADER,
      `from django.db import transaction\n  ${load}`,
      'transaction.on_commit(lambda: load(order_id))',
    ),
    'escapes to view view: load < view',
  );
  shows(
    'Thread',
    starts(
      LOADER,
      `from threading import Thread\n  ${load}`,
      'Thread(target=load, args=(order_id,)).start()',
    ),
    thread,
  );
  shows('Timer', starts(LOADER, `import threading\n  ${load}`, 'threading.Timer(3, load).start()'), thread);
  shows(
    'submit of an executor',
    starts(LOADER, `from shop.pool import pool\n  ${load}`, 'pool.submit(load, order_id)'),
    thread,
  );
  shows(
    'submit of an executor, with a partial',
    starts(
      LOADER,
      `from functools import partial\n  from shop.pool import pool\n  ${load}`,
      'pool.submit(partial(load, order_id))',
    ),
    thread,
  );
  shows(
    'loop.run_in_executor',
    starts(LOADER, `from shop.pool import loop\n  ${load}`, 'loop.run_in_executor(None, load, order_id)'),
    thread,
  );
  shows(
    'enqueue of RQ makes a task of a plain function',
    starts(
      LOADER,
      `from django_rq import get_queue\n  ${load}`,
      'get_queue("default").enqueue(load, order_id)',
    ),
    'escapes to task load: load',
  );
  shows(
    'django.tasks enqueue',
    starts(
      `
  #### shop/tasks.py
  from django.tasks import task
  from shop.models import Order

  @task
  def ship(order_id):
      Order.objects.get(pk=order_id)
`,
      'from shop.tasks import ship',
      'ship.enqueue(order_id)',
    ),
    'escapes to task ship: ship',
  );
  shows(
    'send_robust keeps what a receiver raises',
    `
  #### shop/receivers.py
  from django.dispatch import receiver
  from shop.models import Order
  from shop.signals import paid

  @receiver(paid)
  def on_paid(sender, order_id, **kwargs):
      Order.objects.get(pk=order_id)
  #### shop/signals.py
  from django.dispatch import Signal
  paid = Signal()
  #### shop/work.py
  from shop.models import Order
  from shop.signals import paid

  def run(order_id):
      try:
          paid.send_robust(sender=None, order_id=order_id)
      except Order.DoesNotExist:
          return None
`,
    'escapes to receiver on_paid: on_paid',
  );
});

describe('code that runs after its statement', () => {
  const later = (body: string): string => `
  #### shop/work.py
  from shop.models import Order

  def run(ids):
      ${body.replaceAll('\n', '\n      ')}
`;
  const answered = 'handled by except "except Order.DoesNotExist in run": run';
  shows(
    'a generator expression that is returned',
    later(
      'try:\n    return (Order.objects.get(pk=i) for i in ids)\nexcept Order.DoesNotExist:\n    return None',
    ),
    'escapes to uncalled run: run',
  );
  shows(
    'a generator expression that is kept and consumed after the handler',
    later(
      'try:\n    rows = (Order.objects.get(pk=i) for i in ids)\nexcept Order.DoesNotExist:\n    return None\nreturn list(rows)',
    ),
    'escapes to uncalled run: run',
  );
  shows(
    'a generator expression that a call consumes at once',
    later(
      'try:\n    return list(Order.objects.get(pk=i) for i in ids)\nexcept Order.DoesNotExist:\n    return None',
    ),
    answered,
  );
  shows(
    'a list comprehension runs at once',
    later(
      'try:\n    return [Order.objects.get(pk=i) for i in ids]\nexcept Order.DoesNotExist:\n    return None',
    ),
    answered,
  );
  shows(
    'a lambda that is kept',
    later(
      'try:\n    key = lambda i: Order.objects.get(pk=i)\nexcept Order.DoesNotExist:\n    return None\nreturn key(1)',
    ),
    'escapes to uncalled run: run',
  );
  shows(
    'a lambda that a call runs at once',
    later(
      'try:\n    return sorted(ids, key=lambda i: Order.objects.get(pk=i).number)\nexcept Order.DoesNotExist:\n    return None',
    ),
    answered,
  );
  shows(
    'map that is returned',
    later(
      'try:\n    return map(lambda i: Order.objects.get(pk=i), ids)\nexcept Order.DoesNotExist:\n    return None',
    ),
    'escapes to uncalled run: run',
  );
  shows(
    'a coroutine that is not awaited there',
    `
  #### shop/work.py
  import asyncio
  from shop.models import Order

  async def load(order_id):
      return await Order.objects.aget(pk=order_id)

  async def run(order_id):
      try:
          coroutine = load(order_id)
      except Order.DoesNotExist:
          return None
      return await coroutine
`,
    'escapes to uncalled run: load < run',
  );
  shows(
    'a coroutine made a task',
    `
  #### shop/work.py
  import asyncio
  from shop.models import Order

  async def load(order_id):
      return await Order.objects.aget(pk=order_id)

  async def run(order_id):
      try:
          asyncio.create_task(load(order_id))
      except Order.DoesNotExist:
          return None
`,
    'escapes to uncalled run: load < run',
  );
  shows(
    'coroutines that gather awaits',
    `
  #### shop/work.py
  import asyncio
  from shop.models import Order

  async def load(order_id):
      return await Order.objects.aget(pk=order_id)

  async def run(ids):
      try:
          return await asyncio.gather(*[load(i) for i in ids])
      except Order.DoesNotExist:
          return None
`,
    'handled by except "except Order.DoesNotExist in run": load < run',
  );
  shows(
    'a lookup that is not awaited there',
    `
  #### shop/work.py
  from shop.models import Order

  async def run(order_id):
      try:
          coroutine = Order.objects.aget(pk=order_id)
      except Order.DoesNotExist:
          return None
      return await coroutine
`,
    'escapes to uncalled run: run',
  );
  shows(
    'a generator function runs where it is consumed',
    `
  #### shop/work.py
  from shop.models import Order

  def rows(ids):
      for i in ids:
          yield Order.objects.get(pk=i)

  def run(ids):
      try:
          for row in rows(ids):
              print(row)
      except Order.DoesNotExist:
          return None
`,
    'handled by except "except Order.DoesNotExist in run": rows < run',
  );
  shows(
    'a generator function that is called under a handler and consumed after it',
    `
  #### shop/work.py
  from shop.models import Order

  def rows(ids):
      for i in ids:
          yield Order.objects.get(pk=i)

  def run(ids):
      try:
          found = rows(ids)
      except Order.DoesNotExist:
          return None
      return list(found)
`,
    'escapes to uncalled run: rows < run',
  );
  test('the rule is told that a handler stands there in vain', async () => {
    const { defects } = await judgementOf(
      later(
        'try:\n    return (Order.objects.get(pk=i) for i in ids)\nexcept Order.DoesNotExist:\n    return None',
      ),
    );
    expect(defects.map(({ kind }) => kind)).toContain('runs-later');
  });
});
