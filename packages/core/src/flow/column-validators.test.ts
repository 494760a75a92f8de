import { expect, test } from 'vitest';
import { seenIn } from '../session/testing/program.ts';

const shows = (
  title: string,
  field: string,
  expected: 'seen' | '',
  body = 'Order.objects.get(pk=value)',
): void =>
  test.each([{ title, field, body, expected }])('$title', async ({ field, body, expected }) => {
    const seen = await seenIn(`#### shop/models.py
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
    expect(seen).toBe(expected);
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

/** An object of a class that checks what it is called with. */
const made = (title: string, field: string, expected: string): void =>
  test.each([{ title, field, expected }])('$title', async ({ field, expected }) => {
    const seen = await seenIn(`#### shop/models.py
from django.db import models
from filer.fields.image import FilerImageField
from shop.checks import IsOpen

class Order(models.Model):
    follows = ${field}
#### shop/checks.py
class IsOpen:
    def __init__(self, days):
        self.days = days

    def __call__(self, value):
        from shop.models import Order
        print(Order.objects.get(pk=value).follows) #!
`);
    expect(seen).toBe(expected);
  });
made(
  'an object that is a validator',
  'models.ForeignKey("self", models.CASCADE, validators=[IsOpen(3)])',
  'seen',
);
made('of a foreign key of a package', 'FilerImageField(validators=[IsOpen(3)])', 'seen');
made('of a number', 'models.IntegerField(validators=[IsOpen(3)])', '');
