import { describe, expect, test } from 'vitest';
import { fateOf } from '../session/testing/program.ts';

/** A broad handler in another file than the lookup, with the body of interest. */
const handled = (body: string, errors = 'Order.DoesNotExist'): string => `
  #### shop/loaders.py
  from shop.models import Order

  def load(order_id):
      return Order.objects.get(pk=order_id)
  #### shop/work.py
  from celery import shared_task
  from shop.loaders import load
  from shop.models import Customer, Order

  MISSING = (${errors},)

  @shared_task
  def run(order_id):
      try:
          load(order_id)
      except Exception as error:
          ${body.trim().replaceAll('\n', '\n          ')}
`;

const ANSWERED = 'handled by except "except Exception in run": load < run';
const ESCAPES = 'escapes to task run: load < run';

describe('a broad handler that asks what it caught', () => {
  test.each([
    ['answers one class', 'if isinstance(error, Order.DoesNotExist):\n    return\nraise', ANSWERED],
    ['raises all others', 'if not isinstance(error, MISSING):\n    raise', ANSWERED],
    [
      'answers one of two',
      'if isinstance(error, KeyError) or isinstance(error, Order.DoesNotExist):\n    return\nraise',
      ANSWERED,
    ],
    [
      'answers another model',
      'if isinstance(error, Customer.DoesNotExist):\n    return\nraise',
      `${ESCAPES} < run!`,
    ],
    [
      'answers it in the second branch',
      'if isinstance(error, KeyError):\n    raise\nelif isinstance(error, Order.DoesNotExist):\n    return\nelse:\n    raise',
      ANSWERED,
    ],
    [
      'asks for more than the class',
      'if isinstance(error, MISSING) and order_id:\n    return\nraise',
      ESCAPES,
    ],
  ])('%s', async (_title, body, fate) => {
    expect(await fateOf(handled(body))).toBe(fate);
  });
});

test('a jump out of a finally block ends the exception', async () => {
  const program = `
  #### shop/work.py
  from celery import shared_task
  from shop.models import Order

  @shared_task
  def run(order_ids):
      for order_id in order_ids:
          try:
              Order.objects.get(pk=order_id)
          finally:
              continue
`;
  expect(await fateOf(program)).toBe('handled by except "finally in run": run');
});
