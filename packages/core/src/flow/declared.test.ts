import { expect, test } from 'vitest';
import { fateOf, judgementOf } from '../session/testing/program.ts';

const LOOK = 'Order.objects.get(pk=order_id)';

test('a decorator that the configuration names answers', async () => {
  const program = `
  #### shop/work.py
  from acme.tasks import forgiving
  from celery import shared_task
  from shop.models import Order

  @shared_task
  @forgiving
  def run(order_id):
      ${LOOK}
  `;
  expect(await fateOf(program)).toBe('escapes to task run: run');
  expect(await fateOf(program, { handledBy: ['acme.tasks.forgiving'] })).toBe(
    'handled by decorator "decorator forgiving, as configured": run',
  );
});

test('a context manager that the configuration names answers', async () => {
  const program = `
  #### shop/work.py
  from celery import shared_task
  from shop.models import Order

  @shared_task
  def run(order_id):
      with guard.missing_rows():
          ${LOOK}
  `;
  expect(await fateOf(program, { handledBy: ['missing_rows'] })).toBe(
    'handled by context-manager "guard.missing_rows, as configured": run',
  );
});

test('a base class of a package that the configuration names answers', async () => {
  const program = `
  #### shop/work.py
  from acme.api import Endpoint
  from shop.models import Order

  class Orders(Endpoint):
      def get(self, request, order_id):
          ${LOOK}
  `;
  expect(await fateOf(program)).toBe('escapes to api Orders.get: Orders.get');
  expect(await fateOf(program, { handledBy: ['acme'] })).toBe(
    'handled by declared "a base class of Orders, as configured": Orders.get',
  );
});

test('a lookup belongs to the first domain that names its model and holds its file', async () => {
  const program = `
  #### shop/billing/work.py
  from shop.models import Order

  def run(order_id):
      ${LOOK}
  `;
  const domain = (name: string, models: string[], paths: string[]) => ({
    name,
    models,
    paths,
    severity: null,
  });
  const domains = [
    domain('parcels', ['Parcel'], []),
    domain('shipping', ['Order'], ['shop/shipping/**']),
    domain('billing', ['Order'], ['**/billing/**']),
    domain('orders', ['Order'], []),
  ];
  expect((await judgementOf(program, { domains })).domain?.name).toBe('billing');
  expect((await judgementOf(program)).domain).toBeNull();
});
