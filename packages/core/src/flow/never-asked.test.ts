import { describe, expect, test } from 'vitest';
import { fateOf } from '../session/testing/program.ts';

const shows = (title: string, helper: string, callers: string, expected: string): void =>
  test.each([{ title, helper, callers, expected }])('$title', async ({ helper, callers, expected }) => {
    const program = `#### shop/work.py
from django.db.models import Model
from shop.models import Customer, Order

def close(given):
    ${helper.replaceAll('\n', '\n    ')}
    return order

def close_all(order: Order, customer: Customer, request):
    ${callers.replaceAll(/\n(?! *$|def |\n)/g, '\n    ')}
`;
    expect((await fateOf(program)).split(' ')[0]).toBe(expected);
  });

const get = 'order = Order.objects.get(pk=given) #!';

describe('a row or its id', () => {
  const inside = `order = given\nif not isinstance(given, Order):\n    ${get}`;
  shows('of whom everybody gives a row', inside, 'close(order)\nclose(given=order)', 'guaranteed');
  shows('of whom one gives an id', inside, 'close(order)\nclose(request.GET["pk"])', 'escapes');
  const by = 'close_it(order)\n\ndef close_it(it):\n    close(it)\n\ndef more(request):\n    ';
  shows('through another function', inside, `${by}pass`, 'guaranteed');
  shows(
    'through another function, of whom one gives an id',
    inside,
    `${by}close_it(request.GET["pk"])`,
    'escapes',
  );
  shows('of another model', inside, 'close(customer)', 'escapes');
  shows('which nobody calls', inside, 'pass', 'escapes');
  shows(
    'under another name',
    `order = given\nif not isinstance(order, Model):\n    ${get}`,
    'close(order)',
    'guaranteed',
  );
  shows(
    'in the other branch',
    `if isinstance(given, Order):\n    order = given\nelse:\n    ${get}`,
    'close(order)',
    'guaranteed',
  );
  shows(
    'behind what leaves',
    `if isinstance(given, Order):\n    return given\n${get}`,
    'close(order)',
    'guaranteed',
  );
  shows(
    'where it is a row',
    `if isinstance(given, Order):\n    ${get}`,
    'close(request.GET["pk"])',
    'escapes',
  );
});
