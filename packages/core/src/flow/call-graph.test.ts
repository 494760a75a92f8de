import { describe, expect, test } from 'vitest';
import { fateOf, filesOf, judgementOf } from '../session/testing/program.ts';

/** A program of one lookup, and what becomes of its exception. */
const shows = (title: string, program: string, fate: string): void =>
  test.each([{ title, program, fate }])('$title', async ({ program, fate }) =>
    expect(await fateOf(program)).toBe(fate),
  );

/** The lookup of most programs: a plain function of another file. */
const LOADER = `
  #### shop/loaders.py
  from shop.models import Order

  def load(order_id):
      return Order.objects.get(pk=order_id)
`;

const ANSWERED = 'handled by except "except Order.DoesNotExist in run": load < run';

describe('calls of functions', () => {
  shows(
    'from another file',
    `${LOADER}
  #### shop/work.py
  from shop.loaders import load
  from shop.models import Order

  def run(order_id):
      try:
          load(order_id)
      except Order.DoesNotExist:
          return None
`,
    ANSWERED,
  );
  shows(
    'through a package that re-exports it under another name',
    `${LOADER}
  #### shop/api/__init__.py
  from ..loaders import load as load_order
  #### shop/work.py
  from shop import api
  from shop.models import Order

  def run(order_id):
      try:
          api.load_order(order_id)
      except Order.DoesNotExist:
          return None
`,
    ANSWERED,
  );
  shows(
    'through a star import',
    `${LOADER}
  #### shop/work.py
  from shop.loaders import *
  from shop.models import Order

  def run(order_id):
      try:
          load(order_id)
      except Order.DoesNotExist:
          return None
`,
    ANSWERED,
  );
  shows(
    'imported inside the function that calls it',
    `${LOADER}
  #### shop/work.py
  from shop.models import Order

  def run(order_id):
      from shop.loaders import load
      try:
          load(order_id)
      except Order.DoesNotExist:
          return None
`,
    ANSWERED,
  );
  shows(
    'three calls deep, the path in order',
    `${LOADER}
  #### shop/work.py
  from celery import shared_task
  from shop.loaders import load

  def price(order_id):
      return load(order_id).number

  def notify(order_id):
      return price(order_id)

  @shared_task
  def run(order_id):
      notify(order_id)
`,
    'escapes to task run: load < price < notify < run',
  );
  shows(
    'by a nested function that its outer one calls',
    `
  #### shop/work.py
  from shop.models import Order

  def run(order_id):
      def inner():
          return Order.objects.get(pk=order_id)

      try:
          return inner()
      except Order.DoesNotExist:
          return None
`,
    'handled by except "except Order.DoesNotExist in run": run.inner < run',
  );
  shows(
    'awaited',
    `
  #### shop/work.py
  from shop.models import Order

  async def load(order_id):
      return await Order.objects.aget(pk=order_id)

  async def run(order_id):
      try:
          return await load(order_id)
      except Order.DoesNotExist:
          return None
`,
    ANSWERED,
  );
  shows(
    'a caller that does not answer among callers that do',
    `${LOADER}
  #### shop/work.py
  from shop.loaders import load
  from shop.models import Order

  def first(order_id):
      try:
          load(order_id)
      except Order.DoesNotExist:
          return None

  def second(order_id):
      try:
          load(order_id)
      except Order.DoesNotExist:
          return None

  def third(order_id):
      load(order_id)
`,
    'escapes to uncalled third: load < third',
  );
  shows(
    'a method of another class of that name is no callee',
    `${LOADER}
  #### shop/work.py
  from shop.models import Order

  class Cache:
      def load(self, order_id):
          return None

  def run(order_id):
      try:
          Cache().load(order_id)
      except Order.DoesNotExist:
          return None
`,
    'escapes to uncalled load: load',
  );
});

describe('calls of methods', () => {
  const service = (body: string): string => `
  #### shop/service.py
  from shop.models import Order

  class Service:
      def load(self, order_id):
          return Order.objects.get(pk=order_id)
${body}`;
  const handled = 'handled by except "except Order.DoesNotExist in Service.run": Service.load < Service.run';
  shows(
    'on self',
    service(`
      def run(self, order_id):
          try:
              self.load(order_id)
          except Order.DoesNotExist:
              return None
`),
    handled,
  );
  shows(
    'on cls',
    `
  #### shop/service.py
  from shop.models import Order

  class Service:
      @classmethod
      def load(cls, order_id):
          return Order.objects.get(pk=order_id)

      @classmethod
      def run(cls, order_id):
          try:
              cls.load(order_id)
          except Order.DoesNotExist:
              return None
`,
    handled,
  );
  shows(
    'static, by the name of the class',
    `
  #### shop/service.py
  from shop.models import Order

  class Service:
      @staticmethod
      def load(order_id):
          return Order.objects.get(pk=order_id)

      def run(self, order_id):
          try:
              Service.load(order_id)
          except Order.DoesNotExist:
              return None
`,
    handled,
  );
  shows(
    'through super, from another file',
    service(`
  #### shop/special.py
  from shop.models import Order
  from shop.service import Service

  class Special(Service):
      def load(self, order_id):
          try:
              return super().load(order_id)
          except Order.DoesNotExist:
              return None

  def run(order_id):
      Special().load(order_id)
`),
    'handled by except "except Order.DoesNotExist in Special.load": Service.load < Special.load',
  );
  shows(
    'on an instance made in the function',
    service(`
  #### shop/work.py
  from shop.models import Order
  from shop.service import Service

  def run(order_id):
      service = Service()
      try:
          service.load(order_id)
      except Order.DoesNotExist:
          return None
`),
    'handled by except "except Order.DoesNotExist in run": Service.load < run',
  );
  shows(
    'on an attribute that __init__ set',
    service(`
  #### shop/work.py
  from shop.models import Order
  from shop.service import Service

  class Worker:
      def __init__(self):
          self.service = Service()

      def run(self, order_id):
          try:
              self.service.load(order_id)
          except Order.DoesNotExist:
              return None
`),
    'handled by except "except Order.DoesNotExist in Worker.run": Service.load < Worker.run',
  );
  shows(
    'on an annotated parameter',
    service(`
  #### shop/work.py
  from __future__ import annotations
  from typing import TYPE_CHECKING
  from shop.models import Order
  if TYPE_CHECKING:
      from shop.service import Service

  def run(service: Service, order_id):
      try:
          service.load(order_id)
      except Order.DoesNotExist:
          return None
`),
    'handled by except "except Order.DoesNotExist in run": Service.load < run',
  );
  shows(
    'on the result of a function',
    service(`
  #### shop/work.py
  from shop.models import Order
  from shop.service import Service

  def make():
      return Service()

  def run(order_id):
      try:
          make().load(order_id)
      except Order.DoesNotExist:
          return None
`),
    'handled by except "except Order.DoesNotExist in run": Service.load < run',
  );
  shows(
    'on a module-level instance',
    service(`
  service = Service()
  #### shop/work.py
  from shop.models import Order
  from shop.service import service

  def run(order_id):
      try:
          service.load(order_id)
      except Order.DoesNotExist:
          return None
`),
    'handled by except "except Order.DoesNotExist in run": Service.load < run',
  );
  shows(
    'on a receiver nobody knows, by a name that one class defines',
    `
  #### shop/service.py
  from shop.models import Order

  class Service:
      def load_recent_order(self, order_id):
          return Order.objects.get(pk=order_id)
  #### shop/work.py
  from shop.models import Order

  def run(thing, order_id):
      try:
          thing.load_recent_order(order_id)
      except Order.DoesNotExist:
          return None
`,
    'handled by except "except Order.DoesNotExist in run": Service.load_recent_order < run',
  );
  shows(
    'on a receiver nobody knows, by a name that a class and those below it define',
    `
  #### shop/service.py
  from shop.models import Order

  class Base:
      def load_recent_order(self, order_id):
          raise NotImplementedError
  #### shop/local.py
  from shop.models import Order
  from shop.service import Base

  class Local(Base):
      def load_recent_order(self, order_id):
          return Order.objects.get(pk=order_id)
  #### shop/work.py
  def run(things, order_id):
      for thing in things.values():
          try:
              thing.load_recent_order(order_id)
          except Exception:
              return None
`,
    'handled by except "except Exception in run": Local.load_recent_order < run',
  );
  shows(
    'on a receiver nobody knows, by a name that two classes define',
    `
  #### shop/service.py
  from shop.models import Order

  class Service:
      def load_recent_order(self, order_id):
          return Order.objects.get(pk=order_id)

  class Other:
      def load_recent_order(self, order_id):
          return None
  #### shop/work.py
  from shop.models import Order

  def run(thing, order_id):
      try:
          thing.load_recent_order(order_id)
      except Order.DoesNotExist:
          return None
`,
    'escapes to uncalled Service.load_recent_order: Service.load_recent_order',
  );
  shows(
    'an override in a subclass, called through the base',
    `
  #### shop/service.py
  from shop.models import Order

  class Step:
      def run(self, order_id):
          try:
              self.work(order_id)
          except Order.DoesNotExist:
              return None

      def work(self, order_id):
          raise NotImplementedError
  #### shop/steps.py
  from shop.models import Order
  from shop.service import Step

  class Ship(Step):
      def work(self, order_id):
          Order.objects.get(pk=order_id)
`,
    'handled by except "except Order.DoesNotExist in Step.run": Ship.work < Step.run',
  );
  shows(
    'an inherited method that is called on the subclass',
    service(`
  #### shop/special.py
  from shop.models import Order
  from shop.service import Service

  class Special(Service):
      pass

  def run(order_id):
      try:
          Special().load(order_id)
      except Order.DoesNotExist:
          return None
`),
    'handled by except "except Order.DoesNotExist in run": Service.load < run',
  );
  shows(
    'a constructor',
    `
  #### shop/service.py
  from shop.models import Order

  class Invoice:
      def __init__(self, order_id):
          self.order = Order.objects.get(pk=order_id)
  #### shop/work.py
  from shop.models import Order
  from shop.service import Invoice

  def run(order_id):
      try:
          return Invoice(order_id)
      except Order.DoesNotExist:
          return None
`,
    'handled by except "except Order.DoesNotExist in run": Invoice.__init__ < run',
  );
  shows(
    'a method of a model, on a row',
    `
  #### shop/models.py
  from django.db import models

  class Order(models.Model):
      parent_number = models.CharField(max_length=9)

      def parent(self):
          return Order.objects.get(number=self.parent_number)
  #### shop/work.py
  from shop.models import Order

  def run(order: Order):
      try:
          order.parent()
      except Order.DoesNotExist:
          return None
`,
    'handled by except "except Order.DoesNotExist in run": Order.parent < run',
  );
  shows(
    "a method of a manager that several models use: the model is the receiver's",
    `
  #### shop/models.py
  from django.db import models

  class NumberManager(models.Manager):
      def by_number(self, number):
          return self.get(number=number)

  class Order(models.Model):
      objects = NumberManager()

  class Parcel(models.Model):
      objects = NumberManager()
  #### shop/work.py
  from shop.models import Order, Parcel

  def run(number):
      try:
          Order.objects.by_number(number)
      except Order.DoesNotExist:
          return None

  def ship(number):
      try:
          Parcel.objects.by_number(number)
      except Order.DoesNotExist:
          return None
`,
    'escapes to uncalled ship: NumberManager.by_number < ship',
  );
});

describe('super', () => {
  shows(
    'does not run what a subclass overrides',
    `
  #### shop/service.py
  from celery import shared_task
  from shop.models import Order

  class Base:
      def load(self, number):
          return number

  class Service(Base):
      def load(self, number):
          return super().load(number)

  class Special(Service):
      def load(self, number):
          return Order.objects.get(number=number)

  @shared_task
  def run(number):
      Service().load(number)
`,
    'escapes to uncalled Special.load: Special.load',
  );
  shows(
    'in a mixin runs what the class beside it has',
    `
  #### shop/service.py
  from shop.models import Order

  class Quiet:
      def load(self, number):
          try:
              return super().load(number)
          except Order.DoesNotExist:
              return None

  class Service:
      def load(self, number):
          return Order.objects.get(number=number)

  class QuietService(Quiet, Service):
      pass

  def run(number):
      QuietService().load(number)
`,
    'handled by except "except Order.DoesNotExist in Quiet.load": Service.load < Quiet.load',
  );
});

describe('properties', () => {
  const property = (decorator: string, imported = ''): string => `
  #### shop/service.py
  ${imported}
  from shop.models import Order

  class Basket:
      number = "1"

      @${decorator}
      def order(self):
          return Order.objects.get(number=self.number)
  #### shop/work.py
  from shop.models import Order
  from shop.service import Basket

  def run(basket: Basket):
      try:
          return basket.order.number
      except Order.DoesNotExist:
          return None
`;
  const handled = 'handled by except "except Order.DoesNotExist in run": Basket.order < run';
  shows('property', property('property'), handled);
  shows(
    'cached_property of functools',
    property('cached_property', 'from functools import cached_property'),
    handled,
  );
  shows(
    'cached_property of Django',
    property('cached_property', 'from django.utils.functional import cached_property'),
    handled,
  );
  shows(
    'read through self in a subclass',
    `${property('property')}
  #### shop/special.py
  from celery import shared_task
  from shop.service import Basket

  class Special(Basket):
      def total(self):
          return self.order.number

  @shared_task
  def price():
      Special().total()
`,
    'escapes to task price: Basket.order < Special.total < price',
  );
});

describe('functions that are handed on', () => {
  shows(
    'functools.partial, called at once',
    `${LOADER}
  #### shop/work.py
  from functools import partial
  from shop.loaders import load
  from shop.models import Order

  def run(order_id):
      work = partial(load, order_id)
      try:
          work()
      except Order.DoesNotExist:
          return None
`,
    ANSWERED,
  );
  shows(
    'functools.partial, kept at module level',
    `${LOADER}
  #### shop/work.py
  import functools
  from shop.loaders import load
  from shop.models import Order

  load_first = functools.partial(load, 1)

  def run():
      try:
          load_first()
      except Order.DoesNotExist:
          return None
`,
    ANSWERED,
  );
  shows(
    'a callback that the callee runs under its own handler',
    `${LOADER}
  #### shop/safe.py
  from shop.models import Order

  def attempt(function, *args):
      try:
          return function(*args)
      except Order.DoesNotExist:
          return None
  #### shop/work.py
  from shop.loaders import load
  from shop.safe import attempt

  def run(order_id):
      attempt(load, order_id)
`,
    'handled by except "except Order.DoesNotExist in attempt": load < attempt',
  );
  shows(
    'a callback that the callee runs bare, under a handler of the place that hands it on',
    `${LOADER}
  #### shop/safe.py
  def attempt(function, *args):
      return function(*args)
  #### shop/work.py
  from shop.loaders import load
  from shop.models import Order
  from shop.safe import attempt

  def run(order_id):
      try:
          attempt(load, order_id)
      except Order.DoesNotExist:
          return None
`,
    'handled by except "except Order.DoesNotExist in run": load < attempt < run',
  );
  shows(
    'a callback given to a function of a package: it may run there',
    `${LOADER}
  #### shop/work.py
  from toolbox import attempt
  from shop.loaders import load
  from shop.models import Order

  def run(order_id):
      try:
          attempt(load, order_id)
      except Order.DoesNotExist:
          return None
`,
    ANSWERED,
  );
  shows(
    'a function in a configuration of logging: it runs later',
    `${LOADER}
  #### shop/work.py
  import logging.config
  from shop.loaders import load
  from shop.models import Order

  def run(level):
      try:
          logging.config.dictConfig({"handlers": {"orders": {"()": "shop.handlers.Rows", "load": load}}})
      except Order.DoesNotExist:
          return None
`,
    'escapes to uncalled load: load',
  );
  shows(
    'a lambda that runs the function for the callee',
    `${LOADER}
  #### shop/safe.py
  from shop.models import Order

  def attempt(function):
      try:
          return function()
      except Order.DoesNotExist:
          return None
  #### shop/work.py
  from shop.loaders import load
  from shop.safe import attempt

  def run(order_id):
      attempt(lambda: load(order_id))
`,
    'handled by except "except Order.DoesNotExist in attempt": load < run < attempt',
  );
  shows(
    'a table of functions, called by key',
    `${LOADER}
  #### shop/work.py
  from shop.loaders import load
  from shop.models import Order

  HANDLERS = {"order": load, "none": lambda order_id: None}

  def run(kind, order_id):
      try:
          HANDLERS[kind](order_id)
      except Order.DoesNotExist:
          return None
`,
    ANSWERED,
  );
  shows(
    'a table of functions, asked with get',
    `${LOADER}
  #### shop/work.py
  from shop.loaders import load
  from shop.models import Order

  HANDLERS = {"order": load}

  def run(kind, order_id):
      handler = HANDLERS.get(kind)
      try:
          handler(order_id)
      except Order.DoesNotExist:
          return None
`,
    ANSWERED,
  );
  shows(
    'a choice of two functions',
    `${LOADER}
  #### shop/work.py
  from shop.loaders import load
  from shop.models import Order

  def other(order_id):
      return None

  def run(kind, order_id):
      loader = load if kind == "order" else other
      try:
          loader(order_id)
      except Order.DoesNotExist:
          return None
`,
    ANSWERED,
  );
  shows(
    'an instance that is called, made somewhere else',
    `
  #### shop/loaders.py
  from shop.models import Order

  class Loader:
      def __call__(self, order_id):
          return Order.objects.get(pk=order_id)

  def loader_for(kind) -> Loader:
      return REGISTRY[kind]
  #### shop/work.py
  from shop.loaders import loader_for
  from shop.models import Order

  def run(kind, order_id):
      job = loader_for(kind)
      try:
          job(order_id)
      except Order.DoesNotExist:
          return None
`,
    'handled by except "except Order.DoesNotExist in run": Loader.__call__ < run',
  );
  shows(
    'a class that an attribute holds',
    `
  #### shop/loaders.py
  from shop.models import Order

  class Loader:
      def __init__(self, order_id):
          self.order = Order.objects.get(pk=order_id)
  #### shop/work.py
  from shop.loaders import Loader
  from shop.models import Order

  class Work:
      loader_class: type[Loader]

      def run(self, order_id):
          try:
              self.loader_class(order_id)
          except Order.DoesNotExist:
              return None
`,
    'handled by except "except Order.DoesNotExist in Work.run": Loader.__init__ < Work.run',
  );
  shows(
    'a list of functions, one after the other',
    `${LOADER}
  #### shop/work.py
  from shop.loaders import load
  from shop.models import Order

  STEPS = [load]

  def run(order_id):
      for step in STEPS:
          try:
              step(order_id)
          except Order.DoesNotExist:
              continue
`,
    ANSWERED,
  );
  shows(
    'a table of classes',
    `
  #### shop/service.py
  from shop.models import Order

  class Ship:
      def perform(self, order_id):
          return Order.objects.get(pk=order_id)
  #### shop/work.py
  from shop.models import Order
  from shop.service import Ship

  ACTIONS = {"ship": Ship}

  def run(kind, order_id):
      action = ACTIONS[kind]()
      try:
          action.perform(order_id)
      except Order.DoesNotExist:
          return None
`,
    'handled by except "except Order.DoesNotExist in run": Ship.perform < run',
  );
  shows(
    'a table of classes, made by key',
    `
  #### shop/service.py
  from shop.models import Order

  class Mail:
      def __init__(self, number):
          self.order = Order.objects.get(number=number)

  class Sms(Mail):
      pass
  #### shop/work.py
  from shop.models import Order
  from shop.service import Sms

  KINDS = {"sms": Sms}

  def run(kind, number):
      try:
          return KINDS[kind](number)
      except Order.DoesNotExist:
          return None
`,
    'handled by except "except Order.DoesNotExist in run": Mail.__init__ < run',
  );
});

describe('recursion', () => {
  shows(
    'of a function, under a handler outside',
    `
  #### shop/work.py
  from shop.models import Order

  def load(order_id, depth):
      if depth > 0:
          return load(order_id, depth - 1)
      return Order.objects.get(pk=order_id)

  def run(order_id):
      try:
          load(order_id, 3)
      except Order.DoesNotExist:
          return None
`,
    ANSWERED,
  );
  shows(
    'of a function, with the handler around its own call: the first call is bare',
    `
  #### shop/work.py
  from celery import shared_task
  from shop.models import Order

  def load(order_id, depth):
      if depth > 0:
          try:
              return load(order_id, depth - 1)
          except Order.DoesNotExist:
              return None
      return Order.objects.get(pk=order_id)

  @shared_task
  def run(order_id):
      load(order_id, 3)
`,
    'escapes to task run: load < run',
  );
  shows(
    'of two functions that nobody else calls',
    `
  #### shop/work.py
  from shop.models import Order

  def odd(order_id, depth):
      return even(order_id, depth - 1)

  def even(order_id, depth):
      if depth == 0:
          return Order.objects.get(pk=order_id)
      return odd(order_id, depth - 1)
`,
    'escapes to uncalled even: even',
  );
  shows(
    'of a function that nobody else calls',
    `
  #### shop/work.py
  from shop.models import Order

  def load(order_id, depth):
      if depth > 0:
          return load(order_id, depth - 1)
      return Order.objects.get(pk=order_id)
`,
    'escapes to uncalled load: load',
  );
  shows(
    'of three functions, one of which is a task',
    `
  #### shop/work.py
  from celery import shared_task
  from shop.models import Order

  def one(order_id):
      Order.objects.get(pk=order_id)
      three(order_id)

  def two(order_id):
      one(order_id)

  @shared_task
  def three(order_id):
      two(order_id)
`,
    'escapes to task three: one < two < three',
  );
});

describe('calls that no name shows', () => {
  shows(
    'an instance that is called',
    `
  #### shop/a.py
  from shop.models import Order
  class Loader:
      def __call__(self, pk):
          return Order.objects.get(number=pk)
  def run(pk):
      load = Loader()
      try:
          load(pk)
      except Order.DoesNotExist:
          pass
`,
    'handled by except "except Order.DoesNotExist in run": Loader.__call__ < run',
  );
  shows(
    'a context that is entered',
    `
  #### shop/a.py
  from shop.models import Order
  class Locked:
      def __init__(self, pk):
          self.pk = pk
      def __enter__(self):
          self.order = Order.objects.get(number=self.pk)
          return self
      def __exit__(self, *args):
          pass
  def run(pk):
      try:
          with Locked(pk):
              pass
      except Order.DoesNotExist:
          pass
`,
    'handled by except "except Order.DoesNotExist in run": Locked.__enter__ < run',
  );
  shows(
    'an object that is looped over',
    `
  #### shop/a.py
  from shop.models import Order
  class Rows:
      def __iter__(self):
          yield Order.objects.get(number=1)
  def run(pk):
      try:
          for row in Rows():
              pass
      except Order.DoesNotExist:
          pass
`,
    'handled by except "except Order.DoesNotExist in run": Rows.__iter__ < run',
  );
  shows(
    'a constructor that a subclass inherits',
    `
  #### shop/service.py
  from shop.models import Order

  class Invoice:
      def __init__(self, number):
          self.order = Order.objects.get(number=number)

  class Reminder(Invoice):
      pass
  #### shop/work.py
  from shop.models import Order
  from shop.service import Reminder

  def run(number):
      try:
          return Reminder(number)
      except Order.DoesNotExist:
          return None
`,
    'handled by except "except Order.DoesNotExist in run": Invoice.__init__ < run',
  );
  shows(
    'a function that is the default of a parameter',
    `
  #### shop/a.py
  from shop.models import Order
  def load(pk):
      return Order.objects.get(number=pk)
  def run(pk, loader=load):
      try:
          loader(pk)
      except Order.DoesNotExist:
          pass
`,
    'handled by except "except Order.DoesNotExist in run": load < run',
  );
  shows(
    'a function that is an attribute of a class',
    `
  #### shop/a.py
  from shop.models import Order
  def load(pk):
      return Order.objects.get(number=pk)
  class Work:
      loader = staticmethod(load)
      def run(self, pk):
          try:
              self.loader(pk)
          except Order.DoesNotExist:
              pass
`,
    'handled by except "except Order.DoesNotExist in Work.run": load < Work.run',
  );
  shows(
    'async_to_sync',
    `
  #### shop/a.py
  from asgiref.sync import async_to_sync
  from shop.models import Order
  async def load(pk):
      return await Order.objects.aget(number=pk)
  def run(pk):
      try:
          async_to_sync(load)(pk)
      except Order.DoesNotExist:
          pass
`,
    'handled by except "except Order.DoesNotExist in run": load < run',
  );
  shows(
    'map, consumed at once',
    `
  #### shop/a.py
  from shop.models import Order
  def load(pk):
      return Order.objects.get(number=pk)
  def run(ids):
      try:
          return list(map(load, ids))
      except Order.DoesNotExist:
          pass
`,
    'handled by except "except Order.DoesNotExist in run": load < run',
  );
  shows(
    'a helper of an endpoint whose base class answers in convert_args',
    `
  #### shop/base.py
  from rest_framework.views import APIView
  from shop.errors import ResourceDoesNotExist
  from shop.models import Order
  class OrderEndpoint(APIView):
      def convert_args(self, request, number, *args, **kwargs):
          try:
              kwargs["order"] = self._get_order(number)
          except Order.DoesNotExist:
              raise ResourceDoesNotExist
          return args, kwargs
      def _get_order(self, number):
          return Order.objects.get(number=number)
  class Special(OrderEndpoint):
      def _get_order(self, number):
          return Order.objects.filter(active=True).get(number=number) #!
  #### shop/errors.py
  from rest_framework.exceptions import APIException
  class ResourceDoesNotExist(APIException):
      status_code = 404
`,
    'handled by converted "except Order.DoesNotExist in OrderEndpoint.convert_args": Special._get_order < OrderEndpoint.convert_args',
  );
});

test('names that modules import from each other in a circle end somewhere', async () => {
  const program = `
  #### shop/one.py
  from shop.two import load
  from shop.models import Order

  def run(number):
      try:
          load(number)
      except Order.DoesNotExist:
          return None
      return Order.objects.get(number=number) #!
  #### shop/two.py
  from shop.one import load
`;
  expect(await fateOf(program)).toBe('escapes to uncalled run: run');
});

test('a chain of callers that is not followed to its end is told with low confidence', async () => {
  const calls = Array.from({ length: 700 }, (_, i) => `def f${i + 1}(number):\n    return f${i}(number)\n`);
  const work = `from shop.models import Order\n\ndef f0(number):\n    return Order.objects.get(number=number)\n\n${calls.join('\n')}`;
  const { confidence } = await judgementOf(new Map([...filesOf(''), ['shop/work.py', work]]));
  expect(confidence).toBe('low');
});
