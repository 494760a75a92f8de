import { expect, it } from 'vitest';
import { fateText, judgementOf } from '../session/testing/program.ts';

/** The fate of the program's lookup; whether its function may give None, and what it promises. */
async function hook(program: string): Promise<readonly [string, boolean, string | null]> {
  const { lookup, verdict } = await judgementOf(program);
  return [fateText(verdict, lookup.host.function), lookup.host.returnsOptional, lookup.host.promise];
}

const SETTINGS = `#### shop/settings.py
AUTHENTICATION_BACKENDS = ["shop.auth.Tokens"]
TEMPLATES = [{"OPTIONS": {"context_processors": ["django.contrib.auth.context_processors.auth", "shop.context.cart"]}}]
`;

it('runs what a foreign key is set by', async () => {
  const program = `#### shop/models.py
from django.db import models

class Customer(models.Model):
    email = models.EmailField(unique=True)

def nobody():
    return Customer.objects.get(email="nobody@example.org")

class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.SET(nobody))
`;
  expect(await hook(program)).toEqual(['escapes to hook nobody: nobody', false, 'on_delete=SET(...)']);
});

it('runs context processors', async () => {
  const program = `${SETTINGS}#### shop/context.py
from shop.models import Order

def cart(request):
    return {"cart": Order.objects.get(pk=request.session["order"])}
`;
  expect(await hook(program)).toEqual(['escapes to hook cart: cart', false, 'context_processors']);
  expect((await hook(program.replace('shop.context.cart', 'shop.context.menu')))[0]).toBe(
    'escapes to uncalled cart: cart',
  );
});

it.each([
  ['named by the settings', 'class Tokens:'],
  ['of a class of Django', 'class Others(BaseBackend):'],
])('asks authentication backends for somebody or None: %s', async (_, head) => {
  const name = head.includes('Tokens') ? 'Tokens' : 'Others';
  const program = `${SETTINGS}#### shop/auth.py
from django.contrib.auth.backends import BaseBackend
from shop.models import Customer

${head}
    def get_user(self, user_id):
        return Customer.objects.get(pk=user_id)
`;
  expect(await hook(program)).toEqual([`escapes to hook ${name}.get_user: ${name}.get_user`, true, null]);
});
