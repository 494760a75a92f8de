import { describe, expect, test } from 'vitest';
import { filesOf, judgementOf } from '../session/testing/program.ts';

/** What handlers on the way of a lookup's exception wait for in its place, as the program spells them. */
async function missed(handlers: string): Promise<readonly string[]> {
  const program = `
    #### shop/work.py
    from celery import shared_task
    from django.core.exceptions import ObjectDoesNotExist
    from shop.models import Customer, Order

    def order_of(pk):
        return Order.objects.get(pk=pk)

    @shared_task
    def run(pk):
        try:
            order = order_of(pk)
            print(order.customer)
        ${handlers.trim().replaceAll('\n', '\n        ')}
  `;
  const { verdict } = await judgementOf(program);
  const texts = filesOf(program);
  const hops = verdict.kind === 'guaranteed' ? [] : verdict.path;
  return hops.flatMap(({ missedBy: at }) =>
    at === undefined ? [] : [`${texts.get(at.path)?.slice(at.span.start, at.span.end)}: ${at.exception}`],
  );
}

describe('handlers of other models on the way', () => {
  test.each([
    ['except Customer.DoesNotExist:\n    pass', ['Customer.DoesNotExist: Order.DoesNotExist']],
    [
      'except ValueError:\n    pass\nexcept (KeyError, Customer.DoesNotExist):\n    pass',
      ['(KeyError, Customer.DoesNotExist): Order.DoesNotExist'],
    ],
    [
      'except Customer.DoesNotExist:\n    pass\nexcept Exception:\n    logger.exception("failed")',
      ['Customer.DoesNotExist: Order.DoesNotExist'],
    ],
    ['except (Customer.DoesNotExist, Order.DoesNotExist):\n    pass', []],
    ['except ObjectDoesNotExist:\n    pass\nexcept Customer.DoesNotExist:\n    pass', []],
    ['except ValueError:\n    pass', []],
    ['finally:\n    print(pk)', []],
  ])('%s', async (handlers, expected) => {
    expect(await missed(handlers)).toEqual(expected);
  });
});
