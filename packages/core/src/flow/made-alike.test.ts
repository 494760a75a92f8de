import { describe, expect, it } from 'vitest';
import { fateOf, judgementOf } from '../session/testing/program.ts';

const HEAD = `#### shop/models.py
from django.db import models

class Order(models.Model):
    number = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=9)

class Payment(models.Model):
    order = models.OneToOneField(Order, on_delete=models.CASCADE)
    refund = models.OneToOneField(Order, related_name="refunded", on_delete=models.CASCADE)
#### shop/work.py
from celery import shared_task
from shop.models import Order, Payment

@shared_task
def run(pks, pk, number):
`;

const program = (body: string): string => `${HEAD}    ${body.replaceAll('\n', '\n    ')}\n`;

describe('a row that the same function wrote', () => {
  it.each([
    'Order.objects.create(number=number, status="new")\nOrder.objects.get(number=number)',
    'order = Order(number="1")\norder.save()\nOrder.objects.get(number="1")',
    'Order.objects.bulk_create([Order(number=n) for n in pks])\nfor n in pks:\n    Order.objects.get(number=n)',
    'rows = [Order(number=n) for n in pks]\nOrder.objects.bulk_create(rows)\nfor n in pks:\n    Order.objects.get(number=n)',
    'orders = Order.objects.bulk_create([Order(number="a")])\nfor order in orders:\n    Order.objects.get(number=order.number)',
  ])('is there: %s', async (body) => {
    expect(await fateOf(program(body))).toMatch(/^guaranteed by created /);
  });

  it.each([
    'Order.objects.create(number="2")\nOrder.objects.get(number=number)',
    'Order.objects.create(number=number)\nOrder.objects.get(number=number, status="new")',
    'order = Order(number="1")\nOrder.objects.get(number="1")',
    'order = Order(number="1")\norder.save()\norder.delete()\nOrder.objects.get(number="1")',
    'Order.objects.bulk_create([Order(number="a")])\nfor n in pks:\n    Order.objects.get(number=n)',
  ])('is another one: %s', async (body) => {
    expect(await fateOf(program(body))).toMatch(/^escapes /);
  });
});

describe('a row that was asked for a moment before', () => {
  const asked = async (body: string): Promise<boolean> =>
    (await judgementOf(program(body))).defects.some(({ kind }) => kind === 'exists-check');

  it.each([
    'ids = set(Order.objects.values_list("pk", flat=True))\nif pk not in ids:\n    return\nOrder.objects.get(pk=pk)',
    'if pk is None or pk not in Order.objects.values_list("pk", flat=True):\n    return\nOrder.objects.get(pk=pk)',
    'assert Order.objects.filter(pk=pk).exists()\nOrder.objects.get(pk=pk)',
  ])('%s', async (body) => {
    expect(await asked(body)).toBe(true);
  });

  it.each([
    'ids = set(Order.objects.values_list("pk", flat=True))\nif pk not in ids:\n    print(pk)\nOrder.objects.get(pk=pk)',
    'if number and pk not in Order.objects.values_list("pk", flat=True):\n    return\nOrder.objects.get(pk=pk)',
    'assert not Order.objects.filter(pk=pk).exists()\nOrder.objects.get(pk=pk)',
  ])('not: %s', async (body) => {
    expect(await asked(body)).toBe(false);
  });
});

describe('the way back of a one-to-one', () => {
  it.each([
    'for payment in Payment.objects.all():\n    print(payment.order.payment)',
    'for payment in Payment.objects.all():\n    order = payment.order\n    print(order.payment)',
  ])('leads to the row itself: %s', async (body) => {
    expect(await fateOf(program(body))).toBe('guaranteed by loaded "payment leads back to payment"');
  });

  it('of another one leads anywhere', async () => {
    const body = 'for payment in Payment.objects.all():\n    print(payment.refund.payment)';
    expect(await fateOf(program(body))).toMatch(/^escapes /);
  });
});
