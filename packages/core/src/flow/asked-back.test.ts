import { expect, test } from 'vitest';
import { fateOf } from '../session/testing/program.ts';

const shows = (title: string, body: string, expected: string): void =>
  test.each([{ title, body, expected }])('$title', async ({ body, expected }) => {
    const program = `#### shop/models.py
from django.db import models

class Customer(models.Model):
    email = models.EmailField()

class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    agent = models.ForeignKey(Customer, null=True, on_delete=models.SET_NULL, related_name="sales")

class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
#### shop/work.py
from shop.models import Customer, Line, Order

def show(order: Order, line: Line, pk):
    ${body} #!
`;
    expect((await fateOf(program)).split(' ')[0]).toBe(expected);
  });

shows('the parent of a row', 'Customer.objects.get(order=order)', 'guaranteed');
shows('through two relations', 'Customer.objects.get(order__lines=line)', 'guaranteed');
shows('by the id of the row', 'Customer.objects.get(order__lines__pk=line.pk)', 'guaranteed');
shows('by an id', 'Customer.objects.get(order__lines__pk=pk)', 'escapes');
shows('over a column that may be empty', 'Customer.objects.get(sales=order)', 'escapes');
shows('by more than that', 'Customer.objects.get(order=order, email=pk)', 'escapes');
shows('the other way round', 'Line.objects.get(order=order)', 'escapes');
shows('of rows that were chosen', 'Customer.objects.filter(email=pk).get(order=order)', 'escapes');
