import { describe, expect, test } from 'vitest';
import { seenIn } from '../session/testing/program.ts';

/** `seen` where something has asked for the row before. */
const shows = (title: string, body: string, expected: 'seen' | ''): void =>
  test.each([{ title, body, expected }])('$title', async ({ body, expected }) => {
    const seen = await seenIn(`#### shop/work.py
from shop.models import Customer, Order

def pay(request, customer, number):
    ${body.trim().replaceAll('\n', '\n    ')}
`);
    expect(seen).toBe(expected);
  });

describe('a test of the rows', () => {
  shows(
    'that are asked',
    'rows = Order.objects.filter(number=number)\nif rows:\n    return rows.get() #!',
    'seen',
  );
  shows(
    'under the same name',
    'order = Order.objects.filter(number=number)\nif order:\n    order = order.get() #!',
    'seen',
  );
  shows(
    'in the same words',
    'if Order.objects.filter(number=number, customer=customer):\n    return Order.objects.get(customer=customer, number=number) #!',
    'seen',
  );
  shows(
    'of a relation of a row',
    'customer = Customer.objects.first()\nif customer.order_set.filter():\n    return customer.order_set.get() #!',
    'seen',
  );
  shows(
    'that leaves where there are none',
    'rows = Order.objects.filter(number=number)\nif not rows:\n    return None\nreturn rows.latest("number") #!',
    'seen',
  );
  shows(
    'that runs where there are none',
    'rows = Order.objects.filter(number=number)\nif not rows:\n    rows.get() #!',
    '',
  );
  shows(
    'by less than is asked',
    'if Order.objects.filter(customer=customer):\n    return Order.objects.get(customer=customer, number=number) #!',
    '',
  );
  shows(
    'of another manager, which is always true',
    'if Order.objects:\n    return Order.objects.get(number=number) #!',
    '',
  );
  shows(
    'of another model',
    'if Customer.objects.filter(pk=number):\n    return Order.objects.get(pk=number) #!',
    '',
  );
});
