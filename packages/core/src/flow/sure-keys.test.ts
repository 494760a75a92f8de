import { describe, expect, test } from 'vitest';
import { fateOf, judgementOf } from '../session/testing/program.ts';

/** The verdict, and the kinds of the key's origins. */
const shows = (title: string, program: string, fate: string, ...origins: string[]): void =>
  test.each([{ title, program, fate, origins }])('$title', async ({ program, fate, origins }) => {
    const kinds = (await judgementOf(program)).origins.map(({ kind }) => kind).join(' ');
    const told = (await fateOf(program)).replace(/ ".*/, '');
    expect([told, kinds].slice(0, origins.length + 1)).toEqual([fate, ...origins]);
  });

const SURE = 'guaranteed by constrained-parent';

describe('keys that callers read off rows at hand', () => {
  const program = (given: string, asked = 'pk=key', after = ''): string => `
  #### shop/work.py
  from shop.models import Customer, Order

  def load(key=None):
      return Customer.objects.get(${asked}) #!

  def run(customer: Customer, order: Order):
      load(${given})
      ${after}
`;
  shows('its id', program('customer.pk'), SURE);
  shows('its id, and none of another caller', program('customer.pk', 'pk=key', 'load()'), SURE);
  shows('a column by which it is asked', program('customer.email', 'email=key'), SURE);
  shows('another column', program('order.number', 'email=key'), 'escapes to uncalled run: load < run', 'row');
  shows(
    'a part of the column',
    program('customer.email[:-6]', 'email=key'),
    'escapes to uncalled run: load < run',
    'row',
  );
});

describe('ids that were listed a moment ago', () => {
  const program = (given: string): string => `
  #### shop/work.py
  from shop.models import Order

  def load(key):
      return Order.objects.get(pk=key) #!

  def one(order: Order):
      ${given}

  def several(number):
      for key in Order.objects.filter(number=number).values_list("pk", flat=True):
          load(key)
`;
  shows(
    'may be gone beside those of rows at hand',
    program('load(order.pk)'),
    'escapes to uncalled one: load < one',
    'row',
  );
  shows(
    'may be gone when their turn comes',
    program('pass'),
    'escapes to uncalled several: load < several',
    'row',
  );
});

describe('ids that may be missing, beside that of a row at hand', () => {
  const program = (given: string): string => `
  #### shop/forms.py
  from django import forms

  class PayForm(forms.Form):
      order = forms.ChoiceField()
  #### shop/work.py
  from shop.forms import PayForm
  from shop.models import Order

  def load(key):
      return Order.objects.get(pk=key) #!

  def again(order: Order):
      load(order.pk)

  def pay(request):
      form = PayForm(request.POST)
      load(${given})
`;
  shows(
    'which a form checked',
    program('form.cleaned_data["order"]'),
    'escapes to uncalled again: load < again',
    'choice',
  );
  shows(
    'which a client sent',
    program('request.POST["order"]'),
    'escapes to uncalled again: load < again',
    'request',
  );
});

describe('columns of the user', () => {
  const program = (key: string): string => `
  #### shop/models.py
  from django.contrib.auth.models import AbstractUser
  from django.db import models

  class Team(models.Model):
      pass

  class Member(AbstractUser):
      team = models.ForeignKey(Team, on_delete=models.CASCADE)
      region_id = models.BigIntegerField()
  #### shop/work.py
  from shop.models import Team

  def run(user):
      return Team.objects.get(id=user.${key})
`;
  shows('a foreign key', program('team_id'), SURE);
  shows('a number', program('region_id'), 'escapes to uncalled run: run');
});

describe('rows that say themselves where the rest of them is', () => {
  const program = (asked: string): string => `
  #### shop/models.py
  from django.db import models

  class Master(models.Model):
      kind = models.CharField(max_length=9)
      parent = models.ForeignKey("self", null=True, on_delete=models.SET_NULL)

      KINDS = {}

      def cast(self, other):
          return ${asked}
`;
  shows(
    'by a map of kinds',
    program('self.KINDS[self.kind].objects.get(pk=self.pk)'),
    'guaranteed by loaded',
  );
  shows(
    'of another row',
    program('self.KINDS[self.kind].objects.get(pk=other)'),
    'escapes to uncalled Master.cast: Master.cast',
  );
});

describe('objects that a view is given', () => {
  const program = (key: string): string => `
  #### shop/api.py
  from rest_framework.views import APIView
  from shop.models import Order

  class OrderView(APIView):
      def get(self, request, order):
          return Order.objects.get(number=${key})
`;
  const fate = 'escapes to api OrderView.get: OrderView.get';
  shows('have ids', program('order.id'), fate, 'row');
  shows('are text otherwise', program('order'), fate, 'request');
  shows('the request is none of them', program('request.id'), fate, 'request');
});

describe('rows of serializers that are registered for a model', () => {
  const program = (decorator: string): string => `
  #### shop/models.py
  from django.db import models

  class Project(models.Model):
      pass

  class Report(models.Model):
      project_id = models.BigIntegerField()
  #### shop/api.py
  from rest_framework.serializers import Serializer
  from shop.models import Project, Report
  from shop.registry import register

  ${decorator}
  class ReportSerializer(Serializer):
      def get_attrs(self, item_list, user):
          return Project.objects.get(id=item_list[0].project_id)
`;
  const fate = 'escapes to serializer ReportSerializer.get_attrs: ReportSerializer.get_attrs';
  shows('have the columns of that model', program('@register(Report)'), fate, 'soft-reference');
  shows('others are what a client sends', program(''), fate, 'request');
});

describe('rows of views that keep them', () => {
  const program = (rows: string): string => `
  #### shop/base.py
  from rest_framework.viewsets import GenericViewSet

  class Kept(GenericViewSet):
      def get_object(self):
          if not hasattr(self, "_kept"):
              self._kept = super().get_object()
          return self._kept
  #### shop/api.py
  from shop.base import Kept
  from shop.models import Customer, Order

  def cancel(key):
      return Order.objects.get(pk=key)

  class OrderViewSet(Kept):
      queryset = ${rows}

      def partial_update(self, request, pk=None):
          return cancel(self.get_object().pk)
`;
  shows('of the same model', program('Order.objects.all()'), SURE);
  shows(
    'of another model',
    program('Customer.objects.all()'),
    'escapes to api OrderViewSet.partial_update: cancel < OrderViewSet.partial_update',
  );
});

describe('managers that take methods from a queryset', () => {
  shows(
    'are of the model that has them',
    `
  #### shop/models.py
  from django.db import models

  class Team(models.Model):
      name = models.CharField(max_length=9)

  class NoteManager(models.Manager):
      def create(self, **kwargs):
          note = super().create(**kwargs)
          if note.team_id is not None:
              return Team.objects.get(pk=note.team_id)

  class NoteQuerySet(models.QuerySet):
      pass

  class Note(models.Model):
      team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE)
      objects = NoteManager.from_queryset(NoteQuerySet)()
`,
    SURE,
  );
});

describe('properties of models', () => {
  const program = (value: string): string => `
  #### shop/models.py
  from django.db import models

  class Language(models.Model):
      pass

  class Text(models.Model):
      language = models.ForeignKey(Language, on_delete=models.CASCADE)
      details = models.JSONField()

      @property
      def spoken(self):
          return ${value}
  #### shop/work.py
  from shop.models import Language, Text

  def run(text: Text):
      key = text.spoken
      return Language.objects.get(pk=key)
`;
  shows('a foreign key', program('self.language_id'), SURE);
  shows('out of JSON', program('self.details["language"]'), 'escapes to uncalled run: run', 'soft-reference');
});

describe('one of a few constants', () => {
  const program = (test: string): string => `
  #### shop/views.py
  from django.http import HttpRequest, HttpResponse
  from shop.models import Customer

  FREE = "free"

  def trial(request: HttpRequest):
      plan = request.POST.get("plan", FREE)
      if ${test}:
          return HttpResponse(status=400)
      return HttpResponse(Customer.objects.get(email=plan).email)
`;
  const fate = 'escapes to view trial: trial';
  shows('anything else is refused', program('plan not in {"big", FREE}'), fate, 'literal');
  shows('a constant is refused', program('plan in {"big", FREE}'), fate, 'request');
});

describe('the only row of a table', () => {
  const program = (made: string): string => `
  #### shop/work.py
  from shop.models import Customer

  def only():
      return Customer.objects.get()

  def setup():
      ${made}
`;
  const fate = 'escapes to uncalled only: only';
  shows('the program makes it', program('Customer(email="a@b.c").save()'), fate, 'natural-key');
  shows('somebody has to put it there', program('return Customer'), fate, 'literal');
});

describe('methods behind a table of classes', () => {
  const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
  const program = (handler: string): string => `
  #### shop/kinds.py
  from shop.models import Order

  ${names.map((name) => `class ${name}:\n      @classmethod\n      def read(cls, key):\n          return None`).join('\n\n  ')}

  class Last:
      @classmethod
      def read(cls, key):
          return Order.objects.get(pk=key)

  KINDS = {${names.map((name) => `"${name}": ${name}, `).join('')}"last": Last}
  #### shop/work.py
  from shop.kinds import KINDS

  def run(kind, key):
      try:
          return KINDS[kind].read(key)
      except ${handler}:
          return None
`;
  shows('the caller answers', program('Exception'), 'handled by except');
  shows('the caller answers something else', program('KeyError'), 'escapes to uncalled run: Last.read < run');
});

describe('methods of querysets that a package makes managers of', () => {
  const program = (handler: string): string => `
  #### shop/models.py
  from django.db import models
  from scopes import ScopedManager

  class Customer(models.Model):
      pass

  class OrderQuerySet(models.QuerySet):
      def get_with_secret(self, number):
          return self.get(number=number) #!

  class Order(models.Model):
      customer = models.ForeignKey(Customer, related_name="orders", on_delete=models.CASCADE)
      number = models.CharField(max_length=9)
      objects = ScopedManager(OrderQuerySet)
  #### shop/work.py
  from shop.models import Customer, Order

  def run(customer: Customer, number):
      try:
          return customer.orders.get_with_secret(number)
      except ${handler}:
          return None
`;
  shows('the caller answers', program('Order.DoesNotExist'), 'handled by except');
  shows(
    'the caller answers something else',
    program('KeyError'),
    'escapes to uncalled run: OrderQuerySet.get_with_secret < run',
  );
});

describe('calls from tests', () => {
  const program = (caller: string, tests = 'shop/tests/test_work.py'): string => `
  #### shop/work.py
  from shop.models import Order

  def load(key):
      return Order.objects.get(pk=key) #!

  ${caller}
  #### ${tests}
  from shop.work import load

  def test_load():
      load(1)
`;
  shows(
    'say nothing where the program calls',
    program('def run(key):\n      load(key)'),
    'escapes to uncalled run: load < run',
    'argument',
  );
  shows(
    'in a folder that is called after what they test',
    program('def run(key):\n      load(key)', 'shop_tests/base.py'),
    'escapes to uncalled run: load < run',
    'argument',
  );
  shows('are all there is', program(''), 'escapes to uncalled load: load', 'argument');
});

describe("a manager's own getter", () => {
  test('is judged where it is asked, a function inside it included', async () => {
    const program = `
  #### shop/models.py
  from django.db import models

  class CachedManager(models.Manager):
      def get(self, *args, **kwargs):
          def fetch():
              return super(CachedManager, self).get(*args, **kwargs)

          return fetch()

  class Item(models.Model):
      objects = CachedManager()
  #### shop/work.py
  from shop.models import Item

  def run(key):
      return Item.objects.get(pk=key)
`;
    expect(await fateOf(program)).toBe('escapes to uncalled run: run');
  });
});

describe('constants that pick one of the rows of another row', () => {
  const program = (asked: string): string => `
  #### shop/models.py
  from django.db import models

  class Order(models.Model):
      number = models.CharField(max_length=9)

  class Kind(models.Model):
      name = models.CharField(max_length=9)

  class Refund(models.Model):
      order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="refunds")
      state = models.CharField(max_length=9)

  class Label(models.Model):
      kind = models.ForeignKey(Kind, on_delete=models.CASCADE)
  #### shop/work.py
  from oscar.core.loading import get_model
  from oscar.models import Product
  from shop.models import Kind, Label, Order, Refund

  Kept = get_model("catalogue", "Product")
  OPEN = "open"

  def run(order: Order, number):
      kind = Product.objects.get(name="plain")
      kept = Kept.objects.get(name="plain")
      return ${asked} #!
`;
  const fate = 'escapes to uncalled run: run';
  shows('behind its accessor', program('order.refunds.get(state="open")'), fate, 'row');
  shows('of few', program('order.refunds.get(state__in=["open", OPEN])'), fate, 'row');
  shows('narrowed before', program('Refund.objects.filter(order=number).get(state=OPEN)'), fate, 'argument');
  shows('named among those', program('Kind.objects.filter(pages=number).get(name=OPEN)'), fate, 'literal');
  shows('beside it', program('Refund.objects.get(state=OPEN, order=number)'), fate, 'argument');
  shows('a row that a constant found', program('Label.objects.get(kind=kind)'), fate, 'unknown');
  shows('one of a model by name', program('Label.objects.get(kind=kept)'), fate, 'unknown');
  shows('a name beside it', program('Kind.objects.get(name=OPEN, pages=number)'), fate, 'literal');
  shows('a row of the table', program('Refund.objects.get(state="open")'), fate, 'literal');
});

describe('rows that a receiver is handed before they are saved', () => {
  const program = (signal: string, before = ''): string => `
  #### shop/work.py
  from django.db.models.signals import post_save, pre_save
  from django.dispatch import receiver
  from shop.models import Order

  @receiver(${signal}, sender=Order)
  def changed(sender, instance: Order, **kwargs):
      ${before}
      before = Order.objects.get(pk=instance.pk) #!
`;
  const fate = 'escapes to receiver changed: changed';
  shows('a new one is in no table', program('pre_save'), fate);
  shows('one of several signals', program('[pre_save, post_save]'), fate);
  shows('told from new ones', program('pre_save', 'if not instance.pk: return'), 'guaranteed by loaded');
  shows('saved by then', program('post_save'), 'guaranteed by loaded');
});
