import { expect, test } from 'vitest';
import { judgementOf } from '../session/testing/program.ts';

const shows = (
  title: string,
  field: string,
  expected: 'seen' | '',
  body = 'Order.objects.get(pk=value)',
): void =>
  test.each([{ title, field, body, expected }])('$title', async ({ field, body, expected }) => {
    const { defects } = await judgementOf(`#### shop/models.py
from django.db import models
from shop.checks import is_open

class Order(models.Model):
    number = models.CharField(max_length=20)
    follows = ${field}
#### shop/checks.py
from django.core.exceptions import ValidationError

def is_open(value):
    from shop.models import Order
    if ${body}.number == "": #!
        raise ValidationError("closed")
`);
    expect(defects.some(({ kind }) => kind === 'exists-check') ? 'seen' : '').toBe(expected);
  });

shows(
  'a foreign key has found the row',
  'models.ForeignKey("self", models.CASCADE, validators=[is_open])',
  'seen',
);
shows('of another model', 'models.ForeignKey("auth.User", models.CASCADE, validators=[is_open])', '');
shows('a number may be any', 'models.IntegerField(validators=[is_open])', '');
shows(
  'asked by something else',
  'models.ForeignKey("self", models.CASCADE, validators=[is_open])',
  '',
  'Order.objects.get(number=value)',
);
