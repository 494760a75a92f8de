import { describe, expect, test } from 'vitest';
import { judgementOf } from '../session/testing/program.ts';

/** The kinds of a lookup's origins, most dangerous first. */
const kinds = async (program: string): Promise<string> =>
  (await judgementOf(program)).origins.map(({ kind }) => kind).join(' ');

const shows = (title: string, program: string, origins: string): void =>
  test.each([{ title, program, origins }])('$title', async ({ program, origins }) =>
    expect(await kinds(program)).toBe(origins),
  );

/** The body of a task `run(order_id, payload)`. */
const task = (body: string, more = ''): string => `
  #### shop/work.py
  import functools
  import json
  import redis
  import uuid
  from dataclasses import dataclass
  from typing import TypedDict
  from celery import shared_task
  from django.core.cache import cache
  from shop.models import Customer, Order
  ${more.replaceAll('\n', '\n  ')}

  @shared_task
  def run(order_id, payload=None):
      ${body.trim().replaceAll('\n', '\n      ')}
`;

const TASK = 'task-argument';

describe('through expressions', () => {
  shows('the argument itself', task('Order.objects.get(pk=order_id)'), TASK);
  shows('a positional key', task('Order.objects.get(order_id)'), TASK);
  shows('renamed', task('key = order_id\nOrder.objects.get(pk=key)'), TASK);
  shows('int()', task('Order.objects.get(pk=int(order_id))'), TASK);
  shows('str() and UUID()', task('Order.objects.get(pk=uuid.UUID(str(order_id)))'), TASK);
  shows(
    'a function of a package',
    task('Order.objects.get(pk=base64.b64decode(order_id))', 'import base64'),
    TASK,
  );
  shows('an f-string', task('Order.objects.get(number=f"order-{order_id}")'), TASK);
  shows('format', task('Order.objects.get(number="order-{}".format(order_id))'), TASK);
  shows(
    'what a signature is taken off',
    task(
      'signer = signing.TimestampSigner(salt="mail")\nOrder.objects.get(pk=signer.unsign(order_id, max_age=300))',
      'from django.core import signing',
    ),
    TASK,
  );
  shows(
    'items of what a search that settings configure gives',
    task(
      'for hit in search.hits(url=settings.URL):\n    Order.objects.get(pk=hit["id"])',
      'from django.conf import settings\nfrom finder import search',
    ),
    'unknown',
  );
  shows('percent', task('Order.objects.get(number="order-%s" % order_id)'), TASK);
  shows('a method of text', task('Order.objects.get(number=order_id.strip().split("-")[1])'), TASK);
  shows(
    'an attribute that is set before',
    task('note = make()\nnote.order_id = order_id\nOrder.objects.get(pk=note.order_id)'),
    TASK,
  );
  shows('unpacking', task('kind, key = order_id.split(":")\nOrder.objects.get(pk=key)'), TASK);
  shows('a walrus', task('if (key := order_id):\n    Order.objects.get(pk=key)'), TASK);
  shows(
    'a conditional expression: both sides, the dangerous one first',
    task('Order.objects.get(pk=1 if payload else order_id)'),
    `${TASK} literal`,
  );
  shows('or: both sides', task('Order.objects.get(pk=order_id or 1)'), `${TASK} literal`);
  shows(
    'assigned on two branches',
    task('if payload:\n    key = 1\nelse:\n    key = order_id\nOrder.objects.get(pk=key)'),
    `${TASK} literal`,
  );
  shows('assigned anew: the last one', task('key = order_id\nkey = 1\nOrder.objects.get(pk=key)'), 'literal');
  shows('a literal', task('Order.objects.get(pk=1)'), 'literal');
  shows(
    'a constant of the class',
    `
  #### shop/work.py
  from shop.models import Order

  class Loader:
      first = "A1"

      @classmethod
      def load(cls):
          return Order.objects.get(number=cls.first)
`,
    'literal',
  );
  shows('a constant of the module', task('Order.objects.get(number=FIRST)', 'FIRST = "A1"'), 'literal');
  shows(
    'settings',
    task('Order.objects.get(pk=settings.FIRST)', 'from django.conf import settings'),
    'settings',
  );
  shows(
    'settings that the program has made an object of its own of',
    task('Order.objects.get(pk=settings.FIRST)', 'from shop.conf import settings'),
    'settings',
  );
  const kinds = `from collections import namedtuple
from enum import Enum

Constant = namedtuple("Constant", ("label", "id"))

class Kind(Enum):
    first = Constant("First", "A1")`;
  shows(
    'a part of a member of an enumeration',
    task('Order.objects.get(pk=Kind.first.value.id)', kinds),
    'literal',
  );
  shows(
    'a member, whoever chooses it',
    task('Order.objects.get(pk=Kind[order_id].value.id)', kinds),
    'literal',
  );
});

describe('through containers', () => {
  shows(
    'a dictionary, by its key',
    task('data = {"order": order_id, "kind": 1}\nOrder.objects.get(pk=data["order"])'),
    TASK,
  );
  shows(
    'a dictionary, by another key',
    task('data = {"order": order_id, "kind": 1}\nOrder.objects.get(pk=data["kind"])'),
    'literal',
  );
  shows(
    'get of a dictionary',
    task('data = {"order": order_id, "kind": 1}\nOrder.objects.get(pk=data.get("order"))'),
    TASK,
  );
  shows(
    'get of a dictionary, by another key',
    task('data = {"order": order_id, "kind": 1}\nOrder.objects.get(pk=data.get("kind"))'),
    'literal',
  );
  shows('dict()', task('data = dict(order=order_id, kind=1)\nOrder.objects.get(pk=data["order"])'), TASK);
  shows(
    'dict(), by another key',
    task('data = dict(order=order_id, kind=1)\nOrder.objects.get(pk=data["kind"])'),
    'literal',
  );
  shows(
    'an entry that is set later',
    task('data = {}\ndata["order"] = order_id\nOrder.objects.get(pk=data["order"])'),
    TASK,
  );
  shows(
    'an entry that is set later, by another key',
    task('data = {"kind": 1}\ndata["order"] = order_id\nOrder.objects.get(pk=data["kind"])'),
    'literal',
  );
  shows(
    'a nested dictionary',
    task('data = {"order": {"id": order_id, "kind": 1}}\nOrder.objects.get(pk=data["order"]["id"])'),
    TASK,
  );
  shows(
    'a nested dictionary, by another key',
    task('data = {"order": {"id": order_id, "kind": 1}}\nOrder.objects.get(pk=data["order"]["kind"])'),
    'literal',
  );
  shows('a dictionary argument', task('Order.objects.get(pk=payload["order"]["id"])'), TASK);
  shows('a loop over an argument', task('for key in payload:\n    Order.objects.get(pk=key)'), TASK);
  shows('a loop over items', task('for key, value in payload.items():\n    Order.objects.get(pk=key)'), TASK);
  shows('enumerate', task('for i, key in enumerate(payload):\n    Order.objects.get(pk=key)'), TASK);
  shows('a comprehension', task('return [Order.objects.get(pk=item["id"]) for item in payload]'), TASK);
  shows(
    'a list that a comprehension made',
    task('ids = [int(item) for item in payload]\nfor key in ids:\n    Order.objects.get(pk=key)'),
    TASK,
  );
  shows(
    'a list that append filled',
    task(
      'ids = []\nfor item in payload:\n    ids.append(item["id"])\nfor key in ids:\n    Order.objects.get(pk=key)',
    ),
    TASK,
  );
  shows(
    'a set that add filled',
    task('ids = set()\nids.add(order_id)\nfor key in ids:\n    Order.objects.get(pk=key)'),
    TASK,
  );
  shows(
    'a list that extend filled',
    task('ids = []\nids.extend(payload)\nfor key in ids:\n    Order.objects.get(pk=key)'),
    TASK,
  );
  shows('a list of literals', task('for key in [1, 2]:\n    Order.objects.get(pk=key)'), 'literal');
  shows('zip', task('for key, value in zip(payload, [1, 2]):\n    Order.objects.get(pk=key)'), TASK);
  shows('starred', task('first, *rest = payload\nfor key in rest:\n    Order.objects.get(pk=key)'), TASK);
});

describe('constant tables', () => {
  const table = (body: string): string => `
  #### shop/plans.py
  PLANS = {"small": {"number": "A-1"}, "large": {"number": "A-2"}}

  #### shop/views.py
  from shop import plans
  from shop.models import Order

  def show(request, name):
      ${body.replaceAll('\n', '\n      ')}
`;
  shows(
    'a value that the key of a request chooses',
    table('plan = plans.PLANS.get(name)\nOrder.objects.get(number=plan["number"])'),
    'literal',
  );
  shows(
    'by get, twice',
    table('plan = plans.PLANS.get(name)\nOrder.objects.get(number=plan.get("number"))'),
    'literal',
  );
});

describe('across calls', () => {
  const call = (callee: string, body: string): string => `
  #### shop/helpers.py
  from shop.models import Order

  ${callee.trim().replaceAll('\n', '\n  ')}
${task(body, 'from shop import helpers')}`;
  shows(
    'argument to parameter',
    call('def load(key):\n    return Order.objects.get(pk=key)', 'helpers.load(order_id)'),
    TASK,
  );
  shows(
    'by keyword',
    call('def load(kind, key=None):\n    return Order.objects.get(pk=key)', 'helpers.load(1, key=order_id)'),
    TASK,
  );
  shows(
    'the parameter beside it',
    call('def load(kind, key=None):\n    return Order.objects.get(pk=kind)', 'helpers.load(1, key=order_id)'),
    'literal',
  );
  shows(
    'what a partial keeps',
    call(
      'def load(key, kind):\n    return Order.objects.get(pk=key)',
      'work = functools.partial(helpers.load, order_id)\nwork(1)',
    ),
    TASK,
  );
  shows(
    'what a partial is called with',
    call(
      'def load(key, kind):\n    return Order.objects.get(pk=kind)',
      'work = functools.partial(helpers.load, order_id)\nwork(1)',
    ),
    'literal',
  );
  shows(
    'what a partial keeps for a callee that runs it',
    call(
      'def attempt(function):\n    return function()\n\ndef load(key):\n    return Order.objects.get(pk=key)',
      'helpers.attempt(functools.partial(helpers.load, order_id))',
    ),
    TASK,
  );
  shows(
    'a default that is not given',
    call('def load(key=1):\n    return Order.objects.get(pk=key)', 'helpers.load()'),
    'literal',
  );
  shows(
    'three calls deep',
    call(
      'def load(key):\n    return Order.objects.get(pk=key)\n\ndef two(key):\n    return load(int(key))\n\ndef one(data):\n    return two(data["order"])',
      'helpers.one({"order": order_id, "kind": 1})',
    ),
    TASK,
  );
  shows(
    'a method',
    call(
      'class Loader:\n    def load(self, key):\n        return Order.objects.get(pk=key)',
      'helpers.Loader().load(order_id)',
    ),
    TASK,
  );
  shows(
    'a class method',
    call(
      'class Loader:\n    @classmethod\n    def load(cls, key):\n        return Order.objects.get(pk=key)',
      'helpers.Loader.load(order_id)',
    ),
    TASK,
  );
  shows(
    'a static method',
    call(
      'class Loader:\n    @staticmethod\n    def load(key, kind):\n        return Order.objects.get(pk=key)',
      'helpers.Loader.load(order_id, 1)',
    ),
    TASK,
  );
  shows(
    'several callers: the most dangerous first',
    call(
      'def load(key):\n    return Order.objects.get(pk=key)\n\ndef other():\n    return load(1)',
      'helpers.load(order_id)',
    ),
    `${TASK} literal`,
  );
  shows(
    'what a function gives back',
    call('def key_of(data):\n    return data["id"]', 'Order.objects.get(pk=helpers.key_of(payload))'),
    TASK,
  );
  shows(
    'what a function gives back from a cache',
    call(
      'from django.core.cache import cache\ndef key_of(data):\n    return cache.get(data)',
      'Order.objects.get(pk=helpers.key_of(payload))',
    ),
    'cache',
  );
  shows(
    'keyword arguments passed through',
    call(
      'def load(**kwargs):\n    return Order.objects.get(pk=kwargs["key"])',
      'helpers.load(key=order_id, kind=1)',
    ),
    TASK,
  );
  shows(
    'positional arguments passed through',
    call('def load(*keys):\n    return Order.objects.get(pk=keys[0])', 'helpers.load(order_id)'),
    TASK,
  );
  shows(
    'an attribute that __init__ set',
    call(
      'class Loader:\n    def __init__(self, key):\n        self.key = key\n\n    def load(self):\n        return Order.objects.get(pk=self.key)',
      'helpers.Loader(order_id).load()',
    ),
    TASK,
  );
  shows(
    'a dataclass, by its field',
    call(
      'from dataclasses import dataclass\n@dataclass\nclass Job:\n    key: int\n    kind: int',
      'job = helpers.Job(key=order_id, kind=1)\nOrder.objects.get(pk=job.key)',
    ),
    TASK,
  );
  shows(
    'a dataclass, by another field',
    call(
      'from dataclasses import dataclass\n@dataclass\nclass Job:\n    key: int\n    kind: int',
      'job = helpers.Job(key=order_id, kind=1)\nOrder.objects.get(pk=job.kind)',
    ),
    'literal',
  );
  shows(
    'a dataclass, by place',
    call(
      'from dataclasses import dataclass\n@dataclass\nclass Job:\n    key: int\n    kind: int',
      'job = helpers.Job(order_id, 1)\nOrder.objects.get(pk=job.kind)',
    ),
    'literal',
  );
  shows(
    'a dataclass in another function',
    call(
      'from dataclasses import dataclass\n@dataclass\nclass Job:\n    key: int\n    kind: int\n\ndef load(job: Job):\n    return Order.objects.get(pk=job.key)',
      'helpers.load(helpers.Job(order_id, 1))',
    ),
    TASK,
  );
  shows(
    'a named tuple',
    call(
      'from typing import NamedTuple\nclass Job(NamedTuple):\n    key: int\n    kind: int',
      'job = helpers.Job(order_id, 1)\nOrder.objects.get(pk=job.key)',
    ),
    TASK,
  );
  shows(
    'a TypedDict',
    call(
      'from typing import TypedDict\nclass Job(TypedDict):\n    key: int\n    kind: int',
      'job = helpers.Job(key=order_id, kind=1)\nOrder.objects.get(pk=job["key"])',
    ),
    TASK,
  );
  shows(
    'a TypedDict, by another key',
    call(
      'from typing import TypedDict\nclass Job(TypedDict):\n    key: int\n    kind: int',
      'job = helpers.Job(key=order_id, kind=1)\nOrder.objects.get(pk=job["kind"])',
    ),
    'literal',
  );
  shows(
    'a property',
    call(
      'class Job:\n    def __init__(self, data):\n        self.data = data\n\n    @property\n    def key(self):\n        return self.data["key"]',
      'job = helpers.Job(payload)\nOrder.objects.get(pk=job.key)',
    ),
    TASK,
  );
  shows(
    'a parameter that no caller fills',
    `
  #### shop/work.py
  from shop.models import Order

  def load(key):
      return Order.objects.get(pk=key)
`,
    'argument',
  );
  shows(
    'a caller that is a view',
    `
  #### shop/work.py
  from django.views import View
  from shop.models import Order

  def load(key):
      return Order.objects.get(pk=key)

  class Page(View):
      def get(self, request, order_id):
          load(order_id)
`,
    'request',
  );
});

describe('sources', () => {
  shows('the cache', task('Order.objects.get(pk=cache.get("order"))'), 'cache');
  shows(
    'redis',
    task('client = redis.Redis()\nOrder.objects.get(pk=int(client.hget("orders", "x")))'),
    'cache',
  );
  shows(
    'redis, by the name',
    task('redis_client = make()\nOrder.objects.get(pk=redis_client.lpop("orders"))'),
    'cache',
  );
  shows(
    'a loop over a cache',
    task('for key in cache.get("orders", []):\n    Order.objects.get(pk=key)'),
    'cache',
  );
  shows(
    'the session',
    `
  #### shop/views.py
  from shop.models import Order

  def page(request):
      return Order.objects.get(pk=request.session["order"])
`,
    'cache',
  );
  shows(
    'the session as a whole, given to a function that makes something of it',
    `
  #### shop/views.py
  from shop.models import Order
  from shop_sso import provider

  def page(request):
      return Order.objects.get(pk=provider.user_of(request.session).order)
`,
    'unknown',
  );
  shows(
    'a dictionary of its own that is called a cache',
    `
  #### shop/work.py
  from shop.models import Order

  class Wizard:
      def __init__(self):
          self.cache = {}

      def run(self):
          return Order.objects.get(pk=self.cache.get("order"))
`,
    'unknown',
  );
  shows(
    'the session, or a dictionary where there is none',
    `
  #### shop/views.py
  from shop.models import Order

  def page(request):
      session = getattr(request, "session", {})
      return Order.objects.get(pk=session.get("order"))
`,
    'cache',
  );
  shows(
    'a cache that lasts as long as the request',
    task('Order.objects.get(pk=local_cache.get("order", make))', 'from shop_cache import local_cache'),
    'unknown',
  );
  shows(
    'a map that stands in the settings',
    `
  #### shop/views.py
  from django.conf import settings
  from shop.models import Customer

  def page(request):
      return Customer.objects.get(email=settings.OWNERS.get(request.META["REMOTE_ADDR"]))
`,
    'settings',
  );
  shows(
    'the key of the session itself',
    `
  #### shop/views.py
  from shop.models import Order

  def page(request):
      return Order.objects.get(pk=request.session.session_key)
`,
    'request',
  );
  shows(
    'the session, with get',
    `
  #### shop/views.py
  from shop.models import Order

  def page(request):
      return Order.objects.get(pk=request.session.get("order"))
`,
    'cache',
  );
  shows(
    'items that a generator yields, also by way of another one',
    task(
      'for one in pages("orders"):\n    Order.objects.get(pk=one["id"])',
      `
import requests

def page(name):
    while name:
        data = requests.get(name).json()
        for one in data["results"]:
            yield one
        name = data["next"]

def pages(name):
    yield from page(name)
`,
    ),
    'json',
  );
  shows(
    'decoded JSON of a file',
    task('data = json.loads(open("x").read())\nOrder.objects.get(pk=data["order"])'),
    'json',
  );
  shows(
    'decoded JSON of the argument keeps the argument',
    task('data = json.loads(payload)\nOrder.objects.get(pk=data["order"])'),
    TASK,
  );
  shows(
    'decoded JSON of a request body',
    `
  #### shop/views.py
  import json
  from shop.models import Order

  def page(request):
      data = json.loads(request.body)
      return Order.objects.get(pk=data["order"])
`,
    'request',
  );
  shows(
    'a search index',
    task(
      'for hit in Search(index="orders").execute():\n    Order.objects.get(pk=hit.id)',
      'from elasticsearch_dsl import Search',
    ),
    'search-index',
  );
  shows(
    'haystack',
    task(
      'for hit in SearchQuerySet().all():\n    Order.objects.get(pk=hit.pk)',
      'from haystack.query import SearchQuerySet',
    ),
    'search-index',
  );
  shows(
    'a bare column',
    `
  #### shop/models.py
  from django.db import models

  class Order(models.Model):
      region_id = models.BigIntegerField()

  class Region(models.Model):
      pass
  #### shop/work.py
  from shop.models import Order, Region

  def run(order: Order):
      return Region.objects.get(pk=order.region_id)
`,
    'soft-reference',
  );
  shows(
    'a JSON column',
    `
  #### shop/models.py
  from django.db import models

  class Order(models.Model):
      data = models.JSONField()
  #### shop/work.py
  from shop.models import Order

  def run(order: Order):
      return Order.objects.get(pk=order.data["parent"])
`,
    'soft-reference',
  );
  shows(
    'a foreign key with a constraint',
    `
  #### shop/work.py
  from shop.models import Customer, Order

  def run(order: Order):
      return Customer.objects.get(pk=order.customer_id, email="x")
`,
    'constrained-key',
  );
  shows(
    'rows of values()',
    `
  #### shop/models.py
  from django.db import models

  class Order(models.Model):
      region_id = models.BigIntegerField()

  class Region(models.Model):
      pass
  #### shop/work.py
  from shop.models import Order, Region

  def run():
      for key in Order.objects.values_list("region_id", flat=True):
          Region.objects.get(pk=key)
`,
    'soft-reference',
  );
});

describe('items of what a package gives', () => {
  const item = (expr: string): string => `
  #### shop/work.py
  from django.views import View
  from shop.models import Order
  from parcels import label

  class Page(View):
      def get(self, request):
          Order.objects.get(number=${expr})
`;
  shows('the name of an item is not the item', item('label.parts.pop("number")'), 'unknown');
  shows('a constant all the same', item('label.render("number")'), 'literal');
});

describe('requests', () => {
  const view = (expr: string, params = 'self, request, **kwargs'): string => `
  #### shop/work.py
  from django.views import View
  from shop.models import Order

  class Page(View):
      def post(${params}):
          ${expr.replaceAll('\n', '\n          ')}
`;
  shows('a URL argument', view('Order.objects.get(pk=order_id)', 'self, request, order_id'), 'request');
  shows('self.kwargs', view('Order.objects.get(pk=self.kwargs["order"])'), 'request');
  shows('self.kwargs, with get', view('Order.objects.get(pk=self.kwargs.get("order"))'), 'request');
  shows('kwargs', view('Order.objects.get(pk=kwargs["order"])'), 'request');
  shows('the query', view('Order.objects.get(pk=request.GET["order"])'), 'request');
  shows('the query, with get', view('Order.objects.get(pk=request.GET.get("order", 1))'), 'request');
  shows('the body', view('Order.objects.get(pk=self.request.POST["order"])'), 'request');
  shows('data of DRF', view('Order.objects.get(pk=request.data["order"])'), 'request');
  shows(
    'a form',
    view('form = OrderForm(request.POST)\nOrder.objects.get(pk=form.cleaned_data["order"])'),
    'request',
  );
  shows(
    'a serializer',
    view(
      'serializer = OrderSerializer(data=request.data)\nOrder.objects.get(pk=serializer.validated_data["order"])',
    ),
    'request',
  );
  shows(
    'a helper method that reads self.request',
    view('self.load()\n\ndef load(self):\n    Order.objects.get(pk=self.request.GET["order"])')
      .replace('          def load(self):\n              ', '      def load(self):\n          ')
      .replace('          \n', '\n'),
    'request',
  );
  shows(
    "a serializer's field",
    `
  #### shop/work.py
  from rest_framework import serializers
  from shop.models import Order

  class OrderSerializer(serializers.Serializer):
      def validate(self, attrs):
          Order.objects.get(pk=attrs["order"])
`,
    'request',
  );
  shows(
    'a GraphQL argument',
    `
  #### shop/work.py
  import graphene
  from shop.models import Order

  class Query(graphene.ObjectType):
      def resolve_order(self, info, order_id):
          return Order.objects.get(pk=order_id)
`,
    'request',
  );
});

describe('messages', () => {
  shows(
    'a kombu body',
    `
  #### shop/work.py
  from kombu.mixins import ConsumerMixin
  from shop.models import Order

  class Worker(ConsumerMixin):
      def get_consumers(self, Consumer, channel):
          return [Consumer(queues=[], callbacks=[self.on_order])]

      def on_order(self, body, message):
          Order.objects.get(pk=body["order"])
`,
    'message',
  );
  shows(
    'a decoded kafka message',
    `
  #### shop/work.py
  import json
  from kafka import KafkaConsumer
  from shop.models import Order

  def run():
      for message in KafkaConsumer("orders"):
          data = json.loads(message.value)
          Order.objects.get(pk=data["order"])
`,
    'message',
  );
  shows(
    'a channels frame',
    `
  #### shop/work.py
  from channels.generic.websocket import JsonWebsocketConsumer
  from shop.models import Order

  class Orders(JsonWebsocketConsumer):
      def receive_json(self, content):
          Order.objects.get(pk=content["order"])
`,
    'message',
  );
});

describe('a column of the asked model itself', () => {
  const program = (column: string): string => `
  #### shop/models.py
  from django.db import models

  class Contact(models.Model):
      registry_id = models.CharField(max_length=16)
      parent_id = models.IntegerField()

  #### shop/work.py
  from shop.models import Contact

  def current(contact: Contact):
      return Contact.objects.filter(${column}).get()
`;
  shows('refers to no other row', program('registry_id=contact.registry_id'), 'row');
  shows('as the key of another one', program('pk=contact.parent_id'), 'soft-reference');
});

describe('parameters called like a message', () => {
  shows(
    'where nobody calls',
    `
  #### shop/hooks.py
  from shop.models import Order

  def on_paid(event):
      Order.objects.get(pk=event["order"])
`,
    'message',
  );
  shows(
    'in a file that works with a model of that name',
    `
  #### shop/models.py
  from django.db import models

  class Event(models.Model):
      slug = models.SlugField()

  #### shop/upload.py
  from shop.models import Event

  def upload(event):
      if isinstance(event, str):
          event = Event.objects.get(slug=event)
      return event
`,
    'argument',
  );
});

describe('what a sent task gives', () => {
  shows(
    'is not what it was given',
    `
  #### shop/views.py
  from django.views.generic import View
  from shop.models import Order
  from shop.work import work

  class Pay(View):
      def post(self, request):
          result = work.apply_async(kwargs={"order": request.POST["order"]})
          return Order.objects.get(pk=result.info)
`,
    'unknown',
  );
});

describe('what a store is asked with', () => {
  const asks = (name: string): string => `
  #### shop/search.py
  def ${name}(request):
      return client.fetch(request)

  #### shop/views.py
  from shop.models import Order
  from shop.search import ${name}

  def page(request):
      found = ${name}(request)
      return Order.objects.get(pk=found["order"])
`;
  shows('an answer of the store', asks('ask_snuba'), 'search-index');
  shows('its arguments', asks('get_snuba_query_args'), 'request');
});

describe('the words of a label', () => {
  test('name the argument, the task and their place', async () => {
    const program = task('Order.objects.get(pk=int(order_id))');
    const [origin] = (await judgementOf(program)).origins;
    expect(origin).toMatchObject({
      kind: 'task-argument',
      path: 'shop/work.py',
      detail: 'argument `order_id` of task `run`',
    });
  });
});

test('a caller that answers a missing row has no say in where the key comes from', async () => {
  const program = `
  #### shop/work.py
  from celery import shared_task
  from shop.models import Order

  def load(number):
      return Order.objects.get(number=number)

  @shared_task
  def careful(number):
      try:
          load(number)
      except Order.DoesNotExist:
          pass

  @shared_task
  def careless():
      load("A1")
`;
  expect(await kinds(program)).toBe('literal');
});

describe('choices', () => {
  const form = (field: string, where = 'class PickForm(forms.Form)'): string => `
  #### shop/forms.py
  from django import forms

  ${where}:
      order = ${field}()
  #### shop/views.py
  from shop.models import Order

  def pick(request):
      form = PickForm(request.POST)
      kind, key = form.cleaned_data["order"].split("-")
      return Order.objects.get(pk=key)
`;
  shows('a form that checked its value against rows', form('forms.ModelChoiceField'), 'choice');
  shows('a serializer that did', form('RelatedField', 'class Pick(serializers.Serializer)'), 'choice');
  shows('a form that takes any text', form('forms.CharField'), 'request');
  shows('a class that is no form', form('forms.ChoiceField', 'class Pick'), 'request');

  const posted = (body: string, field = 'forms.ModelChoiceField'): string => `
  #### shop/forms.py
  from django import forms

  class PickForm(forms.Form):
      order = ${field}()

  class OtherForm(forms.Form):
      order = forms.CharField()
  #### shop/views.py
  from shop.forms import OtherForm, PickForm
  from shop.models import Order

  def pick(request):
${body}
`;
  const inside = (form: string): string => `      form = ${form}
      if form.is_valid() and request.user.is_active:
          return Order.objects.get(pk=request.POST.get("order"))`;
  shows(
    'a posted value that the form made of it checked',
    posted(inside('PickForm(request.POST)')),
    'choice',
  );
  shows('one that another form checked', posted(inside('OtherForm(request.POST)')), 'request');
  shows('a form that was made of other data', posted(inside('PickForm(request.GET)')), 'request');
  shows(
    'a field that takes any text',
    posted(inside('PickForm(request.POST)'), 'forms.CharField'),
    'request',
  );
  shows(
    'a view that leaves when the form is not valid',
    posted(`      form = PickForm(request.POST)
      if not form.is_valid():
          return None
      return Order.objects.get(pk=request.POST["order"])`),
    'choice',
  );
  shows(
    'a value that is read before the check',
    posted(`      form = PickForm(request.POST)
      order = Order.objects.get(pk=request.POST["order"])
      return order if form.is_valid() else None`),
    'request',
  );
});

test('a content type that the program itself names stays as long as its model', async () => {
  const program = (params: string, key: string): string => `
  #### shop/work.py
  from celery import shared_task
  from django.contrib.contenttypes.models import ContentType

  @shared_task
  def run(${params}):
      return ContentType.objects.get(pk=${key})
`;
  expect(await kinds(program('type_id', 'type_id'))).toBe('natural-key');
  expect(await kinds(program('request', 'request.GET["type"]'))).toBe('request');
});

test('a content type by a name that somebody sent may be of nothing that is installed', async () => {
  const program = (model: string): string => `
  #### shop/work.py
  from django.contrib.contenttypes.models import ContentType

  def run(request, kind):
      return ContentType.objects.get(app_label="shop", model=${model})
`;
  expect(await kinds(program('request.GET["model"]'))).toBe('request');
  expect(await kinds(program('kind'))).toBe('natural-key');
  expect(await kinds(program('"order"'))).toBe('natural-key');
});

describe('what a form checked', () => {
  const program = (check: string, lookup: string): string => `
  #### shop/forms.py
  from rest_framework import serializers
  from shop.models import Shop

  class OrderSerializer(serializers.Serializer):
      shop = serializers.PrimaryKeyRelatedField(queryset=Shop.objects.all())
      number = serializers.IntegerField()
      code = serializers.CharField(allow_null=True)

      def validate(self, attrs):
          ${check}
          if not Shop.objects.filter(code=attrs["code"]).exists():
              raise serializers.ValidationError("no such shop")
          return attrs
  #### shop/views.py
  from shop.forms import OrderSerializer
  from shop.models import Order, Shop

  def create(request):
      form = OrderSerializer(data=request.data)
      form.is_valid()
      data = form.validated_data
      return ${lookup} #!
`;
  const asked = 'if attrs["code"] is None and attrs["number"] is None: raise ValueError';
  shows('a choice', program('', 'Order.objects.get(shop=data["shop"])'), 'choice');
  shows('one of two', program('', 'Order.objects.get(shop=data["shop"], number=data["number"])'), 'request');
  shows('beside a constant', program('', 'Order.objects.get(shop=data["shop"], state="open")'), 'choice');
  shows('looked up', program(asked, 'Shop.objects.get(code=data["code"])'), 'choice');
  shows('compared with None', program(asked, 'Order.objects.get(number=data["number"])'), 'request');
});

describe('columns of packages', () => {
  const program = (base: string, key: string): string => `
  #### shop/models.py
  from django.db import models
  from smart.models import OwnedModel

  class Order(${base}):
      number = models.CharField(max_length=20)
  #### shop/work.py
  from django.contrib.admin.models import LogEntry
  from django.contrib.auth.models import User
  from shop.models import Order

  def run(order: Order):
      entry = LogEntry.objects.first()
      return User.objects.filter(is_active=True).get(pk=${key}) #!
`;
  shows('a base out of one may have a relation', program('OwnedModel', 'order.owner_id'), 'constrained-key');
  shows('the own model has no such column', program('models.Model', 'order.owner_id'), 'row');
  shows('the user of an entry of the log', program('models.Model', 'entry.user_id'), 'constrained-key');
  shows('another column of it', program('models.Model', 'entry.object_id'), 'row');
});
