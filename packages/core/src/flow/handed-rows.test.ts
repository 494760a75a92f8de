import { describe, expect, test } from 'vitest';
import { fateOf } from '../session/testing/program.ts';

const PARENT = 'guaranteed by constrained-parent';

/** A lookup of the customer of a row that a framework hands to a function. */
const LOOK = (row: string): string => `Customer.objects.get(pk=${row}.customer_id)`;

describe('rows that frameworks hand to functions of other files', () => {
  test.each([
    ['by class', 'Order'],
    ['by label', '"shop.Order"'],
  ])('a receiver that is connected in an AppConfig, sender %s', async (_title, sender) => {
    expect(
      await fateOf(`
  #### shop/handlers.py
  from shop.models import Customer

  def saved(sender, instance, **kwargs):
      ${LOOK('instance')}
  #### shop/apps.py
  from django.apps import AppConfig
  from django.db.models.signals import post_save

  class ShopConfig(AppConfig):
      name = "shop"

      def ready(self):
          from shop import handlers
          from shop.models import Order

          post_save.connect(handlers.saved, sender=${sender})
`),
    ).toContain('guaranteed');
  });

  test('a receiver of another model', async () => {
    expect(
      await fateOf(`
  #### shop/handlers.py
  from shop.models import Customer

  def saved(sender, instance, **kwargs):
      ${LOOK('instance')}
  #### shop/apps.py
  from django.db.models.signals import post_save
  from shop.handlers import saved
  from shop.models import Customer

  post_save.connect(saved, sender=Customer)
`),
    ).toBe('escapes to receiver saved: saved');
  });

  test('a resolver of a type that stands for a model', async () => {
    expect(
      await fateOf(`
  #### shop/schema.py
  import graphene
  from graphene_django import DjangoObjectType
  from shop.models import Customer, Order

  class OrderType(DjangoObjectType):
      name = graphene.String()

      class Meta:
          model = Order

      def resolve_name(self, info):
          return ${LOOK('self')}
`),
    ).toContain('guaranteed');
  });

  test('a field of a strawberry type that stands for a model', async () => {
    expect(
      await fateOf(`
  #### shop/schema.py
  import strawberry
  import strawberry_django
  from shop.models import Customer, Order

  @strawberry_django.type(Order)
  class OrderType:
      @strawberry.field
      def name(self) -> str:
          return ${LOOK('self')}
`),
    ).toContain('guaranteed');
  });

  test('a column of an admin', async () => {
    expect(
      await fateOf(`
  #### shop/admin.py
  from django.contrib import admin
  from shop.models import Customer, Order

  @admin.register(Order)
  class OrderAdmin(admin.ModelAdmin):
      def name(self, obj):
          return ${LOOK('obj')}
`),
    ).toContain('guaranteed');
  });
});

/** A foreign key to a model whose manager is given. */
const hidden = (manager: string, lookup: string): string => `
  #### shop/soft.py
  from django.db import models

  class Live(models.Manager):
      def get_queryset(self):
          return super().get_queryset()${manager}

  class Team(models.Model):
      deleted_at = models.DateTimeField(null=True)
      objects = Live()
      everything = models.Manager()

  class Member(models.Model):
      team = models.ForeignKey(Team, on_delete=models.CASCADE)
  #### shop/work.py
  from celery import shared_task
  from shop.soft import Member, Team

  @shared_task
  def run():
      member = Member.objects.latest("pk")
      Team.${lookup}.get(pk=member.team_id)  #!
`;

describe('the parent of a row, through a manager', () => {
  test.each([
    ['that hides deleted rows', '.filter(deleted_at=None)', 'objects', 'escapes to task run: run'],
    ['that only orders', '.select_related("x")', 'objects', PARENT],
    ['beside one that hides', '.filter(deleted_at=None)', 'everything', PARENT],
  ])('%s', async (_title, manager, lookup, fate) => {
    expect(await fateOf(hidden(manager, lookup))).toContain(fate);
  });
});

test('a value that a class keeps as `pk` is not the key of a row', async () => {
  expect(
    await fateOf(`
  #### shop/context.py
  from functools import cached_property
  from shop.models import Order

  class Context:
      def __init__(self, pk):
          self.pk = pk

      @cached_property
      def order(self):
          return Order.objects.get(pk=self.pk)
  #### shop/work.py
  from celery import shared_task
  from shop.context import Context

  @shared_task
  def run(order_id):
      return Context(order_id).order
`),
  ).toBe('escapes to task run: Context.order < run');
});

describe('a key that callers take from different columns of rows', () => {
  const look = (more: string): string => `
  #### shop/work.py
  from shop.models import Customer, Order

  def load(key):
      return Customer.objects.get(pk=key) #!

  def of_order(order: Order):
      return load(order.customer_id)

  ${more.replaceAll('\n', '\n  ')}
`;
  test('all of which lead to one', async () =>
    expect(await fateOf(look('def again(customer: Customer):\n    return load(customer.pk)'))).toContain(
      'guaranteed',
    ));
  test('one of which does not', async () =>
    expect(await fateOf(look('def again(order: Order):\n    return load(order.number)'))).toContain(
      'escapes',
    ));
});

test.each([
  ['that may be anything', 'object', 'guaranteed'],
  ['that may be anything, in words of typing', 'Any', 'guaranteed'],
  ['that is no row', 'OrderData', 'escapes'],
])('a parameter by its key, with an annotation %s', async (_title, annotation, fate) =>
  expect(
    await fateOf(`
  #### shop/work.py
  from typing import Any
  from shop.data import OrderData
  from shop.models import Order

  def again(instance: ${annotation}):
      return Order.objects.get(pk=instance.pk) #!
`),
  ).toContain(fate),
);
