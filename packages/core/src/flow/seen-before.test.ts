import { describe, expect, test } from 'vitest';
import { fateOf, judgementOf } from '../session/testing/program.ts';

/** The kinds of a key's origins, and `seen` where something has asked for the row, or written it, before. */
async function seen(program: string): Promise<string> {
  const { origins, defects } = await judgementOf(program);
  const asked = defects.some(({ kind }) => kind === 'exists-check') ? ['seen'] : [];
  return [...origins.map(({ kind }) => kind), ...asked].join(' ');
}

const shows = (title: string, program: string, expected: string): void =>
  test.each([{ title, program, expected }])('$title', async ({ program, expected }) =>
    expect(await seen(program)).toBe(expected),
  );

const fate = (title: string, program: string, expected: string): void =>
  test.each([{ title, program, expected }])('$title', async ({ program, expected }) =>
    expect((await fateOf(program)).split(/:| "/)[0]).toBe(expected),
  );

describe('what a test has been kept as', () => {
  const kept = (test: string): string => `
  #### shop/views.py
  from shop.models import Customer, Order

  def pay(request, number):
      is_new = ${test}
      if is_new is False:
          return Order.objects.get(number=number) #!
`;
  shows(
    'compared to a constant',
    kept('Order.objects.filter(number=number).exists() is False'),
    'request seen',
  );
  shows('of another model', kept('Customer.objects.filter(email=number).exists() is False'), 'request');
});

describe('what runs before a view asks in functions that it calls', () => {
  const view = (checked: string): string => `
  #### shop/access.py
  from django.core.exceptions import PermissionDenied
  from shop.models import Customer, Order

  def check(number):
      if not ${checked}.objects.filter(number=number).exists():
          raise PermissionDenied

  class MayRead:
      def dispatch(self, request, *args, **kwargs):
          check(number=kwargs.get("number"))
          return super().dispatch(request, *args, **kwargs)
  #### shop/views.py
  from django.views import View
  from shop.access import MayRead
  from shop.models import Order

  class OrderView(MayRead, View):
      def get(self, request, *args, **kwargs):
          return Order.objects.get(number=kwargs["number"]) #!
`;
  shows('of the model', view('Order'), 'request seen');
  shows('of another model', view('Customer'), 'request');

  const decorated = (model: string): string => `
  #### shop/models.py
  from django.db import models

  class Order(models.Model):
      pass

  class Gift(Order):
      pass

  class Refund(models.Model):
      pass
  #### shop/views.py
  from django.http import Http404
  from shop.models import Gift, Order, Refund

  def key_of(kwargs):
      return kwargs.get("pk")

  def rows_of(kwargs):
      rows = ${model}.objects.filter(pk=key_of(kwargs))
      if not rows.exists():
          raise Http404
      return rows

  def for_gifts(view):
      def inner(request, *args, **kwargs):
          rows_of(kwargs)
          return view(request, *args, **kwargs)

      return inner

  @for_gifts
  def pay(request, pk):
      return Order.objects.get(pk=pk) #!
`;
  shows('of a child of the model', decorated('Gift'), 'request seen');
  shows('of no child of it', decorated('Refund'), 'request');
});

describe('rows that are there for what the text says', () => {
  const field = (option: string): string => `
  #### shop/forms.py
  from django import forms
  from shop.models import Order

  class PayForm(forms.Form):
      order = forms.TypedChoiceField(${option}=lambda pk: Order.objects.get(pk=pk))
`;
  const kinds = async (option: string): Promise<readonly string[]> =>
    (await judgementOf(field(option))).defects.map(({ kind }) => kind);
  test('a choice that the field turns into a row', async () => {
    expect(await kinds('coerce')).toContain('exists-check');
    expect(await kinds('initial')).not.toContain('exists-check');
  });

  const getter = (more: string): string => `
  #### shop/forms.py
  from django import forms
  from shop.models import Order

  def by_number(number):
      return Order.objects.get(number=number) #!

  class PayForm(forms.Form):
      order = forms.TypedChoiceField(coerce=lambda number: by_number(number))
  ${more}
`;
  shows('a choice that a getter turns into a row', getter(''), 'argument seen');
  shows(
    'and something else calls it',
    getter('def show(number):\n      return by_number(number)'),
    'argument',
  );

  const kept = (model: string): string => `
  #### shop/receivers.py
  from shop.history import ${model}

  def tags_changed(sender, instance, **kwargs):
      return ${model}.objects.filter(id=instance.pk).latest()
`;
  shows('what is kept of each row that is saved', kept('HistoricalOrder'), 'unknown seen');
  shows('of something that is no model of the program', kept('HistoricalEvent'), 'unknown');

  const keptOf = (name: string, rows: string): string => `
  #### shop/models.py
  from django.db import models
  from simple_history.models import HistoricalRecords

  class Order(models.Model):
      ${name} = HistoricalRecords()
  #### shop/serializers.py
  from rest_framework import serializers
  from shop.models import Order

  class OrderSerializer(serializers.ModelSerializer):
      made_by = serializers.SerializerMethodField()

      class Meta:
          model = Order

      def get_made_by(self, order):
          return order.${rows}.earliest().history_user #!
`;
  shows('what the row at hand was first', keptOf('history', 'history'), 'unknown seen');
  shows('under a name of its own', keptOf('changes', 'changes'), 'unknown seen');
  shows('chosen by something', keptOf('history', 'history.filter(total=1)'), 'unknown');
});

describe('constants of classes', () => {
  const named = (value: string): string => `
  #### shop/known.py
  from uuid import UUID

  class Known:
      MAIN = ${value}
  #### shop/work.py
  from shop.known import Known
  from shop.models import Order

  def run():
      return Order.objects.get(pk=Known.MAIN)
`;
  shows('an identifier', named('UUID("00000000-0000-0000-0000-000000000001")'), 'literal');
  shows('a value with a label', named('"main", "The main one"'), 'literal');
  shows('what a call gives', named('make_one()'), 'unknown');
});

describe('an item of one of some rows', () => {
  const item = (name: string): string => `
  #### shop/work.py
  from django.db.models import Count
  from shop.models import Customer, Order

  def run():
      most = Order.objects.values("customer", "number").annotate(count=Count("*")).first()
      return Customer.objects.get(pk=most["${name}"])
`;
  shows('a foreign key', item('customer'), 'constrained-key');
  shows('a text', item('number'), 'row');
});

describe('what a method of a serializer is given', () => {
  const method = (head: string): string => `
  #### shop/api.py
  from rest_framework import serializers
  from shop.models import Order

  class OrderSerializer(serializers.Serializer):
      total = serializers.SerializerMethodField()

      def ${head}:
          return Order.objects.get(number=order)
`;
  shows('to show', method('get_total(self, order)'), 'row');
  shows('to check', method('validate_total(self, order)'), 'request');
});

describe('actions of an admin of a package', () => {
  const admin = (base: string): string => `
  #### shop/admin.py
  from reports.admin import ${base}
  from shop.models import Order

  class OrderAdmin(${base}):
      actions = ["export"]

      def export(self, request, queryset):
          for row in queryset:
              Order.objects.get(number=row.number)
`;
  fate('are run by people', admin('ReportAdmin'), 'escapes to admin OrderAdmin.export');
  fate('of something else nobody runs', admin('Report'), 'escapes to uncalled OrderAdmin.export');
});

describe('a value of the row that a receiver is given', () => {
  const receiver = (signal: string): string => `
  #### shop/receivers.py
  from django.db.models.signals import post_save, pre_save
  from django.dispatch import receiver
  from shop.models import Order

  @receiver(${signal}, sender=Order)
  def changed(sender, instance: Order, **kwargs):
      return Order.objects.get(number=instance.number)
`;
  fate('once it is saved', receiver('post_save'), 'guaranteed by loaded');
  fate('before it is', receiver('pre_save'), 'escapes to receiver changed');
  fate('or both', receiver('[pre_save, post_save]'), 'escapes to receiver changed');
});

describe('a value of the row to which another one belongs', () => {
  const page = (rows: string): string => `
  #### shop/models.py
  from django.db import models

  class Page(models.Model):
      parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
      slug = models.SlugField(unique=True)
      place = models.IntegerField()

      def move(self):
          if self.parent:
              self.place = ${rows}.get().place + 1
`;
  fate('in a filter', page('Page.objects.filter(slug=self.parent.slug)'), 'guaranteed by loaded');
  fate(
    'in one of two',
    page('Page.objects.filter(place=1).filter(slug=self.parent.slug)'),
    'escapes to uncalled Page.move',
  );
  fate(
    'in what leaves it out',
    page('Page.objects.exclude(slug=self.parent.slug)'),
    'escapes to uncalled Page.move',
  );
});

describe('the rest of a row', () => {
  const speaker = (model: string): string => `
  #### shop/people.py
  from shop.kinds import model_of, other_model
  from shop.rows import gather

  def parts():
      return [${model}.objects.get(id=part.id) for part in gather()]
`;
  fate('in a model that the row chooses', speaker('model_of(part.kind.slug)'), 'guaranteed by loaded');
  fate('in one that a message may name', speaker('model_of(part.kind)'), 'escapes to uncalled parts');
  fate('in any other one', speaker('other_model()'), 'escapes to uncalled parts');

  const shelf = (key: string, base = 'from catalog.models import Book, Content'): string => `
  #### shop/shelves.py
  ${base}

  def move(title):
      book = Book.objects.filter(title=title).first()
      if book is not None:
          return Content.objects.get(${key})
`;
  fate('in a table of the same package', shelf('pk=book.pk'), 'guaranteed by loaded');
  fate('by something else', shelf('title=book.title'), 'escapes to uncalled move');
  fate(
    'in a table of the program',
    `${shelf('pk=book.pk', 'from catalog.models import Book\n  from shop.models import Content')}
  #### shop/models.py
  from django.db import models

  class Content(models.Model):
      pass
`,
    'escapes to uncalled move',
  );
});

describe('the row of a generic foreign key', () => {
  const receiver = (test: string): string => `
  #### shop/tags.py
  from shop.models import Order

  def untagged(sender, instance, **kwargs):
      tagged = instance.content_object
      if ${test}:
          Order.objects.get(id=instance.object_id) #!
`;
  shows('by its kind', receiver('isinstance(tagged, Order)'), 'argument seen');
  shows('by itself', receiver('instance.content_object'), 'argument seen');
  shows('by another name', receiver('instance.tag'), 'argument');
});
