import { expect, test } from 'vitest';
import { judgementOf } from '../session/testing/program.ts';

const shows = (title: string, body: string, expected: boolean): void =>
  test.each([{ title, body, expected }])('$title', async ({ body, expected }) =>
    expect(
      (await judgementOf(`#### shop/actions.py\nfrom shop.models import Order\n\n${body}`)).defects.some(
        ({ kind }) => kind === 'loose-key',
      ),
    ).toBe(expected),
  );

shows('what nobody calls', 'def close(**kwargs):\n    Order.objects.get(pk=kwargs["order"]) #!', true);
shows('a number', 'def close(**kwargs):\n    Order.objects.get(pk=int(kwargs["order"])) #!', true);
shows(
  'behind a name',
  'def close(**kwargs):\n    order = kwargs.get("order")\n    Order.objects.get(pk=order) #!',
  true,
);
shows('a parameter', 'def close(order, **kwargs):\n    Order.objects.get(pk=order) #!', false);
shows(
  'what somebody calls',
  'def close(**kwargs):\n    Order.objects.get(pk=kwargs["order"]) #!\n\ndef run(pk):\n    close(order=pk)',
  false,
);
shows(
  'what a decorator makes',
  'def closing(f):\n    def inner(**kwargs):\n        f(Order.objects.get(pk=kwargs["order"])) #!\n    return inner',
  false,
);
