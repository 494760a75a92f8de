import { expect, test } from 'vitest';
import { judgementOf } from '../session/testing/program.ts';

const shows = (
  title: string,
  writes: string,
  expected: string,
  asked = 'order.labels.get(name="paid")',
): void =>
  test.each([{ title, writes, expected, asked }])('$title', async ({ writes, expected, asked }) =>
    expect((await judgementOf(importer(writes, asked))).origins.map(({ kind }) => kind).join(' ')).toBe(
      expected,
    ),
  );

const importer = (writes: string, asked: string): string => `
  #### shop/models.py
  from django.db import models

  class Order(models.Model):
      number = models.CharField(max_length=20)

  class Label(models.Model):
      order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="labels")
      name = models.CharField(max_length=20)

  class Customer(models.Model):
      name = models.CharField(max_length=20)
  #### shop/importer.py
  from shop.models import Customer, Label, Order

  def prepare(order, template):
      ${writes}

  def run(order: Order):
      return ${asked} #!
`;

shows('nobody writes', 'pass', 'row');
shows('the module writes', 'Label.objects.create(order=order, name="paid")', 'natural-key');
shows('the module writes another', 'Label.objects.create(order=order, name="new")', 'row');
shows('the module writes a row of another model', 'Customer.objects.create(name="paid")', 'row');
shows('a template gets it', 'template.labels.append({"name": "paid", "order": 1})', 'natural-key');
shows('another part of a template gets it', 'template.roles.append({"name": "paid"})', 'row');
shows(
  'a filter names the owner',
  'Label.objects.create(order=order, name="paid")',
  'natural-key',
  'Label.objects.filter(order=order).get(order__number="1", name="paid")',
);

test.each([
  ['the same function', 'Label.objects.get_or_create(name=label_name(order))', true],
  ['another function', 'Label.objects.get_or_create(name=other_name(order))', false],
  ['rows of another model', 'Customer.objects.create(name=label_name(order))', false],
])('names that %s makes', async (_, writes, expected) => {
  const program = importer(writes, 'Label.objects.get(name=label_name(order))').replace(
    'def prepare',
    'def label_name(order):\n      return f"label-{order.number}"\n\n  def prepare',
  );
  const { defects } = await judgementOf(program);
  expect(defects.some(({ kind }) => kind === 'exists-check')).toBe(expected);
});
