import { expect, test } from 'vitest';
import { seenIn } from '../session/testing/program.ts';

const shows = (title: string, callers: string, expected: string, helper = HELPER): void =>
  test.each([{ title, callers, helper, expected }])('$title', async ({ callers, helper, expected }) => {
    const seen = await seenIn(`#### shop/work.py
from shop.models import Customer, Order

def close(given):
    ${helper.replaceAll('\n', '\n    ')}
    print(given.number)

def close_all(order: Order, data, self):
    ${callers.replaceAll('\n', '\n    ')}
`);
    expect(seen).toBe(expected);
  });

const HELPER = 'if not isinstance(given, Order):\n    given = Order.objects.get(pk=given) #!';
const NUMBER = 'if isinstance(given, int):\n    given = Order.objects.get(pk=given) #!';

shows('one gives a row, one what the text does not tell', 'close(order)\nclose(data.found())', 'seen');
shows('so it is for a number', 'close(order)\nclose(data.found())', 'seen', NUMBER);
shows('one gives an id', 'close(order)\nclose(data["order_id"])', '');
shows(
  'one gives an id, and answers',
  'close(order)\nclose(data.found())\ntry:\n    close(data.pk)\nexcept Order.DoesNotExist:\n    pass',
  'seen',
);
shows('nobody is known to give a row', 'close(data.found())', '');
shows('nobody calls it', 'pass', '');
shows(
  'where it is a row',
  'close(order)\nclose(data.found())',
  '',
  'if isinstance(given, Order):\n    given = Order.objects.get(pk=given) #!',
);
