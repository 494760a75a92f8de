import { expect, test } from 'vitest';
import { seenIn } from '../session/testing/program.ts';

const shows = (title: string, body: string, expected: string): void =>
  test.each([{ title, body, expected }])('$title', async ({ body, expected }) => {
    const seen = await seenIn(`#### shop/tasks.py
from celery import shared_task
from shop.models import Customer, Order

def greet(pk):
    return Customer.objects.get(pk=pk) #!

@shared_task
def order(customer_id, other_id, data):
    ${body.replaceAll('\n', '\n    ')}
`);
    expect(seen).toBe(expected);
  });

const make = (key: string): string => `Order.objects.create(customer_id=${key}, number="1")`;
shows('a row that names it was written before', `${make('customer_id')}\ngreet(customer_id)`, 'seen');
shows('got or written', 'Order.objects.get_or_create(customer_id=customer_id)\ngreet(customer_id)', 'seen');
shows('of another one', `${make('other_id')}\ngreet(customer_id)`, '');
shows('only where a test says so', `if data:\n    ${make('customer_id')}\ngreet(customer_id)`, '');
shows('behind it', `greet(customer_id)\n${make('customer_id')}`, '');
shows(
  'by a column that is no foreign key',
  'Order.objects.create(number=customer_id)\ngreet(customer_id)',
  '',
);
