import { describe, expect, test } from 'vitest';
import { judgementOf } from '../session/testing/program.ts';

/** What speaks against a missing row: the kinds of its key's origins, and `seen` where something has asked for the row before. */
async function seen(program: string): Promise<string> {
  const { origins, defects } = await judgementOf(program);
  const asked = defects.some(({ kind }) => kind === 'exists-check') ? ['seen'] : [];
  return [...origins.map(({ kind }) => kind), ...asked].join(' ');
}

const shows = (title: string, program: string, expected: string): void =>
  test.each([{ title, program, expected }])('$title', async ({ program, expected }) =>
    expect(await seen(program)).toBe(expected),
  );

describe('forms and serializers that look a value up themselves', () => {
  const form = (check: string): string => `
  #### shop/forms.py
  from django import forms
  from shop.models import Order

  class PayForm(forms.Form):
      number = forms.CharField()

${check}
  #### shop/views.py
  from shop.forms import PayForm
  from shop.models import Order

  def form_of(request):
      return PayForm(request.POST)

  def pay(request):
      form = form_of(request)
      if form.is_valid():
          return Order.objects.get(number=form.cleaned_data["number"]) #!
`;
  const clean = (name: string, answer: string): string => `      def ${name}(self):
          number = self.cleaned_data["number"]
          try:
              Order.objects.get(number=number)
          except Order.DoesNotExist:
              ${answer}
          return number
`;
  shows('clean() refuses it', form(clean('clean', 'self.add_error("number", "gone")')), 'choice');
  shows(
    'clean_number() refuses it',
    form(clean('clean_number', 'raise forms.ValidationError("gone")')),
    'choice',
  );
  shows('clean() lets it through', form(clean('clean', 'pass')), 'request');
  shows('another value is checked', form(clean('clean_email', 'raise ValueError')), 'request');

  const serializer = (check: string): string => `
  #### shop/api.py
  from rest_framework import serializers
  from shop.models import Order

  class PaySerializer(serializers.Serializer):
      def validate(self, attrs):
          if "number" in self.initial_data:
              self.check(self.initial_data["number"])
          return attrs

      def check(self, number):
          try:
              Order.objects.get(number=number)
          except Order.DoesNotExist:
              ${check}

      def update(self, instance, validated_data):
          return Order.objects.get(number=self.initial_data["number"]) #!
`;
  shows('a method that validate() calls', serializer('raise serializers.ValidationError("gone")'), 'choice');
  shows('one that lets it through', serializer('pass'), 'unknown');
});

describe('fields of the form at hand', () => {
  const program = (field: string): string => `
  #### shop/other.py
  from django import forms

  class OtherForm(forms.Form):
      number = forms.CharField()
  #### shop/forms.py
  from django import forms
  from shop.models import Order

  class PickForm(forms.ModelForm):
      def __init__(self, *args, **kwargs):
          super().__init__(*args, **kwargs)
          self.fields["number"] = ${field}

      def save(self, commit=True):
          return Order.objects.get(customer__email="a@b.c", number=self.cleaned_data["number"])
`;
  shows(
    'its own choices count',
    program('forms.ChoiceField(choices=Order.objects.values_list("number", "number"))'),
    'choice',
  );
  shows('its own text counts', program('forms.CharField()'), 'request');
});

describe('what a serializer gets', () => {
  const program = (field: string, key: string): string => `
  #### shop/api.py
  from rest_framework import serializers
  from shop.models import Order

  class MoveSerializer(serializers.Serializer):
      orders = ${field}

      def update(self, instance, validated_data):
          for key in {row.id for row in validated_data.pop("orders")} - set(instance.done):
              Order.objects.get(pk=${key})
`;
  const rows =
    'serializers.ListField(child=serializers.PrimaryKeyRelatedField(queryset=Order.objects.all()))';
  shows('a list of rows without some of them', program(rows, 'key'), 'choice');
  shows(
    'a list of numbers',
    program('serializers.ListField(child=serializers.IntegerField())', 'key'),
    'request',
  );
});

describe('what a view asked before', () => {
  const view = (before: string, bases = 'ModelViewSet'): string => `
  #### shop/base.py
  from django.shortcuts import get_object_or_404
  from rest_framework import permissions
  from rest_framework.viewsets import ModelViewSet
  from shop.models import Order

  class MayPay(permissions.BasePermission):
      def has_permission(self, request, view):
          try:
              return Order.objects.get(pk=request.GET.get("order")).customer == request.user
          except Order.DoesNotExist:
              return False

  class Nested(ModelViewSet):
      parents = {}

      def initial(self, request, *args, **kwargs):
          if self.parents:
              self.parent()
          super().initial(request, *args, **kwargs)

      def parent(self):
          return get_object_or_404(self.parent_rows, **{key: self.kwargs[key] for key in self.parents})
  #### shop/api.py
  from shop.base import MayPay, ModelViewSet, Nested
  from shop.models import Order

  class PayViewSet(${bases}):
      ${before}

      def create(self, request, order_id):
          return Order.objects.get(pk=order_id) #!

      def list(self, request):
          key = request.GET.get("order")
          return Order.objects.filter(pk=key)
`;
  const listed = (before: string): string =>
    view(before)
      .replace(' #!', '')
      .replace('return Order.objects.filter(pk=key)', 'return Order.objects.get(pk=key) #!');
  shows('nothing', view('page = 1'), 'request');
  shows('the parent of a nested view', view('parents = {"order_id": "order"}', 'Nested'), 'request seen');
  shows('the parent by another key', view('parents = {"customer_id": "customer"}', 'Nested'), 'request');
  shows('a permission by the same key', listed('permission_classes = (MayPay,)'), 'request seen');
  shows('a permission by another key', view('permission_classes = [MayPay]'), 'request');

  shows(
    'the arguments of a form view',
    `
  #### shop/views.py
  from django.views.generic import FormView
  from shop.models import Order

  class MailView(FormView):
      def get_form_kwargs(self):
          return {"order": Order.objects.filter(number=self.kwargs["number"]).get(customer=1)}

      def form_valid(self, form):
          return Order.objects.get(number=self.kwargs["number"]) #!
`,
    'request seen',
  );
});

describe('counted before', () => {
  const program = (test: string): string => `
  #### shop/work.py
  from shop.models import Customer

  def only(name):
      if ${test}:
          return Customer.objects.create(email=name)
      else:
          return Customer.objects.get(email=name)
`;
  shows('none: else there is one', program('Customer.objects.count() == 0'), 'argument seen');
  shows('some: else there is none', program('Customer.objects.count() > 0'), 'argument');

  const any = (asked: string): string => `
  #### shop/work.py
  def load(kind, key):
      if ${asked}.filter(key=key).exists():
          return kind.objects.filter(key=key).get()
`;
  shows('rows of a model that nothing names', any('kind.objects'), 'argument seen');
  shows('rows of another one', any('other.objects'), 'argument');
});

describe('chosen by the rows that are asked', () => {
  const program = (chosen: string): string => `
  #### shop/work.py
  from shop.models import Customer, Order

  def renew(numbers):
      orders = Order.objects.filter(number__in=numbers)
      due = Customer.objects.filter(${chosen})
      for item in due:
          orders.get(customer_id=item.customer_id) #!
`;
  shows(
    'the loop goes through rows that were found by them',
    program('customer_id__in=orders.values_list("customer_id")'),
    'row seen',
  );
  shows('by another column', program('email__in=orders.values_list("number")'), 'row');
});

describe('written by a call before', () => {
  const program = (call: string, writes = 'get_or_create'): string => `
  #### shop/models.py
  from django.db import models

  class Team(models.Model):
      name = models.CharField(max_length=9)

  class Member(models.Model):
      team = models.ForeignKey(Team, on_delete=models.CASCADE)
      name = models.CharField(max_length=9)

  class Person:
      def join(self, team, name):
          Member.objects.${writes}(team=team, name=name)
  #### shop/work.py
  from shop.models import Member, Person, Team

  def enter(team: Team, name, other):
      person = Person()
      ${call}
      return Member.objects.get(team=team, name=name) #!
`;
  shows('by all that the row is asked by', program('person.join(team, name)'), 'argument seen');
  shows('by something else', program('person.join(team, other)'), 'argument');
  shows('something that only reads', program('person.join(team, name)', 'filter'), 'argument');
});
