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

describe('an API object of the program', () => {
  const served = (registration: string): string => `
  #### shop/api.py
  from django.core.exceptions import ObjectDoesNotExist
  from ninja import NinjaAPI

  api = NinjaAPI()

  ${registration}
  def missing(request, exc):
      return api.create_response(request, {}, status=404)
  #### shop/orders.py
  from shop.api import api
  from shop.models import Order

  @api.get("/orders/{order_id}")
  def order(request, order_id: int):
      return Order.objects.get(pk=order_id)
`;

  test('answers what a function is registered for', async () => {
    expect(await fateOf(served('@api.exception_handler(ObjectDoesNotExist)'))).toBe(
      'handled by framework "api.exception_handler": order',
    );
  });

  test('and nothing else', async () => {
    expect(await fateOf(served('@api.exception_handler(KeyError)'))).toBe('escapes to api order: order');
  });
});

test('what django-q is given runs as a task', async () => {
  const program = `
  #### shop/jobs.py
  from shop.models import Order

  def ship(order_id):
      Order.objects.get(pk=order_id)
  #### shop/services.py
  from django_q.tasks import async_task
  from shop.jobs import ship
  from shop.models import Order

  def start(order_id):
      try:
          async_task(ship, order_id)
      except Order.DoesNotExist:
          return None
`;
  expect(await fateOf(program)).toBe('escapes to task ship: ship');
});

describe('users by a column of the one who is logged in', () => {
  const asked = (lookup: string): string => `
  #### shop/views.py
  from django.contrib.auth import get_user_model

  User = get_user_model()

  def view(request):
      User.objects.get(${lookup})
  #### shop/urls.py
  from django.urls import path
  from shop.views import view
  urlpatterns = [path("me/", view)]
`;

  test('the same column', async () => {
    expect(await fateOf(asked('email=request.user.email'))).toContain('guaranteed by request-user');
  });

  test('another column', async () => {
    expect(await fateOf(asked('username=request.user.email'))).toBe('escapes to view view: view');
  });
});
