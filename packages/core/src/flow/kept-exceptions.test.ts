import { describe, expect, test } from 'vitest';
import { fateOf } from '../session/testing/program.ts';

/** A task whose base class, in another file, has the given methods. */
const based = (methods: string): string => `
  #### shop/base.py
  from celery import Task
  from django.core.exceptions import ObjectDoesNotExist

  class Base(Task):
      ${methods.trim().replaceAll('\n', '\n      ')}
  #### shop/work.py
  from celery import shared_task
  from shop.base import Base
  from shop.models import Order

  @shared_task(bind=True, base=Base)
  def run(self, order_id):
      Order.objects.get(pk=order_id)
`;

describe('the base class that a task names', () => {
  test('answers in its __call__', async () => {
    const program = based(`
def __call__(self, *args, **kwargs):
    try:
        return super().__call__(*args, **kwargs)
    except ObjectDoesNotExist:
        return None
`);
    expect(await fateOf(program)).toBe('handled by base-class "Base.__call__": run');
  });

  test('is only told of the failure', async () => {
    const program = based('def on_failure(self, exc, *args, **kwargs):\n    print(exc)');
    expect(await fateOf(program)).toBe('escapes to task run: run');
  });
});

describe('coroutines that gather runs', () => {
  const gathered = (call: string): string => `
  #### shop/loaders.py
  from shop.models import Order

  async def load(order_id):
      return await Order.objects.aget(pk=order_id)
  #### shop/views.py
  import asyncio
  from shop.loaders import load

  async def view(request, order_id):
      await ${call}
  #### shop/urls.py
  from django.urls import path
  from shop.views import view
  urlpatterns = [path("orders/", view)]
`;

  test.each([
    ['an argument', 'asyncio.gather(load(order_id), return_exceptions=True)'],
    ['a list', 'asyncio.gather(*[load(i) for i in order_id], return_exceptions=True)'],
  ])('%s, and keeps their exceptions', async (_title, call) => {
    expect(await fateOf(gathered(call))).toBe(
      'handled by framework "return_exceptions=True in view": load < view',
    );
  });

  test('and raises the first exception', async () => {
    expect(await fateOf(gathered('asyncio.gather(load(order_id))'))).toBe(
      'escapes to view view: load < view',
    );
  });
});
