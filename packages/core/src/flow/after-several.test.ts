import { expect, test } from 'vitest';
import { fateOf } from '../session/testing/program.ts';

const shows = (title: string, program: string, expected: string): void =>
  test.each([{ title, program, expected }])('$title', async ({ program, expected }) =>
    expect((await fateOf(program)).replace(/ ".*/, '')).toBe(expected),
  );

const program = (
  handler: string,
  asked: string,
  again = 'Order.objects.filter(number=number).earliest("pk")',
): string => `
  #### shop/work.py
  from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
  from shop.models import Customer, Order

  def run(number):
      try:
          return ${asked}
      except ${handler}:
          return ${again} #!
`;

const GET = 'Order.objects.get(number=number)';
const ESCAPES = 'escapes to uncalled run: run';
shows('several rows of the model', program('Order.MultipleObjectsReturned', GET), 'guaranteed by loaded');
shows(
  'several rows, by the exception of all models',
  program('MultipleObjectsReturned', 'Order.objects.get_or_create(number=number)'),
  'guaranteed by loaded',
);
shows(
  'several rows of another model',
  program('MultipleObjectsReturned', 'Customer.objects.get(email=number)'),
  ESCAPES,
);
shows(
  'several rows, by another key',
  program('MultipleObjectsReturned', GET, 'Order.objects.get(pk=number)'),
  ESCAPES,
);
shows(
  'several rows, fewer of which are asked for',
  program('MultipleObjectsReturned', GET, 'Order.objects.get(number=number, total=1)'),
  ESCAPES,
);
shows(
  'several rows, all but some',
  program(
    'MultipleObjectsReturned',
    GET,
    'Order.objects.filter(number=number).exclude(total=1).latest("pk")',
  ),
  ESCAPES,
);
shows(
  'several rows in a narrower lookup',
  program(
    'MultipleObjectsReturned',
    'Order.objects.filter(total=1).get(number=number)',
    'Order.objects.order_by("pk").get(number=number)',
  ),
  'guaranteed by loaded',
);
shows('several or none', program('(MultipleObjectsReturned, Order.DoesNotExist)', GET), ESCAPES);
shows(
  'several rows, none by more columns',
  program(
    'MultipleObjectsReturned:\n          try:\n              return Order.objects.get(pk=1)\n          except Order.DoesNotExist',
    GET,
  ).replace('          return Order.objects.filter', '              return Order.objects.filter'),
  ESCAPES,
);
shows('none', program('Order.DoesNotExist', GET), ESCAPES);
