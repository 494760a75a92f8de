import { describe, expect, test } from 'vitest';
import { fateOf, judgementOf } from '../session/testing/program.ts';

/** The kinds of a key's origins, and what speaks against a missing row. */
async function seen(program: string): Promise<string> {
  const { origins, defects } = await judgementOf(program);
  const known = defects.flatMap(({ kind }) =>
    kind === 'exists-check' ? ['seen'] : kind === 'documented' ? ['documented'] : [],
  );
  return [...origins.map(({ kind }) => kind), ...known].join(' ');
}

const shows = (title: string, program: string, expected: string): void =>
  test.each([{ title, program, expected }])('$title', async ({ program, expected }) =>
    expect(await seen(program)).toBe(expected),
  );

const fate = (title: string, program: string, expected: string): void =>
  test.each([{ title, program, expected }])('$title', async ({ program, expected }) =>
    expect((await fateOf(program)).split(' ')[0]).toBe(expected),
  );

const code = (body: string, imports = ''): string => `
  #### shop/views.py
  from shop.models import Customer, Order
  ${imports.replaceAll('\n', '\n  ')}

  ${body.trim().replaceAll('\n', '\n  ')}
`;

describe('a row that the same request asked for', () => {
  const view = (before: string): string =>
    code(
      `
def check_order(number):
    if not Order.objects.filter(number=number).exists():
        raise ValueError(number)

def check_customer(email):
    Customer.objects.get(email=email)

@login_required
def pay(request, number):
    ${before.replaceAll('\n', '\n    ')}
    return Order.objects.get(number=number) #!`,
      'from django.contrib.auth.decorators import login_required',
    );
  shows('by the same words', view('order = Order.objects.get(number=number)'), 'request seen');
  shows(
    'through another way to the table',
    view('Order.objects.select_related("customer").get(number=number)'),
    'request seen',
  );
  shows('by more', view('Order.objects.get(number=number, customer=1)'), 'request seen');
  shows('of another model', view('Customer.objects.get(number=number)'), 'request');
  shows('by another key', view('order = Order.objects.get(number=request.GET["n"])'), 'request');
  shows('on one way', view('if request.POST:\n    Order.objects.get(number=number)'), 'request');
  shows(
    'behind another test',
    view('if request.POST:\n    Order.objects.get(number=number)\nif request.GET:\n    print()'),
    'request',
  );
  shows('a call that was given the key', view('check_order(number)'), 'request seen');
  shows('a call that asks for another model', view('check_customer(number)'), 'request');
  shows('before the key was another', view('check_order(number)\nnumber = request.GET["n"]'), 'request');
  shows(
    'a task has a reason to ask again',
    code(
      `
@shared_task
def pay(number):
    order = Order.objects.get(number=number)
    order.charge()
    return Order.objects.get(number=number) #!`,
      'from celery import shared_task',
    ),
    'task-argument',
  );
  shows(
    'a permission that has let the request in',
    code(
      `
class MayPay(BasePermission):
    def has_permission(self, request, view):
        return Order.objects.filter(number=view.kwargs["number"]).exists()

    def has_object_permission(self, request, view, obj):
        return Order.objects.get(number=view.kwargs["number"]) == obj #!`,
      'from rest_framework.permissions import BasePermission',
    ),
    'request seen',
  );
});

describe('rows that are written with their parent', () => {
  const program = (writer: string, key: string): string => `
  #### shop/models.py
  from django.db import models
  from django.db.models.signals import post_save
  from django.dispatch import receiver

  class Customer(models.Model):
      email = models.EmailField(unique=True)

  class CardManager(models.Manager):
      def create_for(self, customer):
          return self.create(customer=customer)

  class Card(models.Model):
      customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
      number = models.CharField(max_length=20)
      objects = CardManager()

  ${writer.replaceAll('\n', '\n  ')}
  #### shop/views.py
  from shop.models import Card, Customer

  class CardView(View):
      def get(self, request, pk):
          customer = Customer.objects.filter(pk=pk).first()
          return Card.objects.get(${key}) #!
`;
  const receiver =
    '@receiver(post_save, sender=Customer)\ndef give_card(sender, instance, **kwargs):\n    Card.objects.get_or_create(customer=instance)';
  shows('asked by the parent alone', program(receiver, 'customer=customer'), 'unknown seen');
  shows('asked by what the client sent', program(receiver, 'customer=pk'), 'request');
  shows('asked by more', program(receiver, 'customer=customer, number=request.GET["number"]'), 'unknown');
  shows(
    'asked by nobody on one way',
    program(receiver, 'customer=customer').replace(
      '          return Card',
      '          if request.GET:\n              customer = None\n          return Card',
    ),
    'unknown',
  );
  shows('written by nobody', program('', 'customer=customer'), 'unknown');
});

describe('what the docstrings tell', () => {
  const program = (doc: string): string =>
    code(`
def found(number):
    """Gives an order.

    Raises:
        Order.DoesNotExist: There is none.
    """
    return Order.objects.get(number=number) #!

def pay(number):
    """${doc}"""
    return found(number)`);
  shows('all the way up', program('Pays. Raises Order.DoesNotExist.'), 'argument documented');
  shows('not of the caller', program('Pays.'), 'argument');
});

describe('feeds', () => {
  const feed = (base: string): string =>
    code(
      `
class Orders(${base}):
    def get_object(self, request, number):
        return Order.objects.get(number=number)`,
      'from django.contrib.syndication.views import Feed\nfrom django.views import View',
    );
  fate('answer 404', feed('Feed'), 'handled');
  fate('other views do not', feed('View'), 'escapes');
});

describe('the row that a signal sends', () => {
  const receiver = (key: string): string =>
    code(
      `
@receiver(pre_save, sender=Order)
def check(sender, **kwargs):
    sent = ${key}
    return Customer.objects.get(pk=sent.customer_id) #!`,
      'from django.db.models.signals import pre_save\nfrom django.dispatch import receiver',
    );
  fate('out of the keywords', receiver('kwargs["instance"]'), 'guaranteed');
  fate('another keyword', receiver('kwargs["using"]'), 'escapes');
});

describe('callers that let the exception through', () => {
  fate(
    'all of them have the row',
    code(
      `
def found(pk):
    return Order.objects.get(pk=pk) #!

def show(request, number):
    for order in Order.objects.filter(number=number):
        found(order.pk)

def try_all(request):
    for pk in request.POST["orders"]:
        try:
            found(pk)
        except Exception:
            pass`,
    ),
    'guaranteed',
  );
});

describe('a row behind a relation', () => {
  const program = (field: string, key: string): string => `
  #### shop/models.py
  from django.db import models

  class Batch(models.Model):
      uuid = models.UUIDField(primary_key=True)
      label = models.CharField(max_length=20)

  class Parcel(models.Model):
      batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True)
  #### shop/views.py
  from shop.models import Batch, Parcel

  def show(request, pk):
      parcel = Parcel.objects.filter(pk=pk).first()
      return Batch.objects.get(${field}=${key}) #!
`;
  fate('by its own primary key', program('uuid', 'parcel.batch.uuid'), 'guaranteed');
  fate('through a column that may be empty', program('uuid', 'parcel.batch_id'), 'escapes');
});
