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

  const counted = (refuse: string, data = 'data'): string => `
  #### shop/api.py
  from rest_framework import serializers
  from rest_framework.views import APIView
  from shop.models import Order

  class MergeSerializer(serializers.Serializer):
      into = serializers.CharField()
      numbers = serializers.ListField()

      def validate(self, attrs):
          numbers = [attrs["into"], *attrs["numbers"]]
          rows = Order.objects.filter(number__in=numbers)
          if len(numbers) != rows.count() or not numbers:
              ${refuse}
          return attrs

  class MergeView(APIView):
      def put(self, request):
          serializer = MergeSerializer(data=request.data)
          serializer.is_valid(raise_exception=True)
          return Order.objects.get(number=serializer.${data}.get("into")) #!
`;
  shows('fewer rows than keys', counted('raise serializers.ValidationError("gone")'), 'request seen');
  shows(
    'the same in checked data',
    counted('raise serializers.ValidationError("gone")', 'validated_data'),
    'choice',
  );
  shows('fewer rows are let through', counted('pass'), 'request');
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

describe('what a serializer inside another one, or one below it, checks', () => {
  const inside = (check: string): string => `
  #### shop/api.py
  from rest_framework import serializers
  from shop.models import Order

  class OrderSerializer(serializers.Serializer):
      number = serializers.CharField()

      def validate_number(self, value):
          rows = Order.objects.filter(number=value)
          if ${check}:
              raise serializers.ValidationError("order")
          return value

  class MoveSerializer(serializers.Serializer):
      order = OrderSerializer()

      def to_internal_value(self, data):
          result = super().to_internal_value(data)
          return Order.objects.get(number=result["order"]["number"])
`;
  shows('refused where there is none', inside('not rows.exists()'), 'choice');
  shows('refused where there is one', inside('rows.exists()'), 'request');

  const below = (field: string): string => `
  #### shop/api.py
  from rest_framework import serializers
  from rest_framework.views import APIView
  from shop.models import Order

  class MoveSerializer(serializers.Serializer):
      pass

  class AdminMoveSerializer(MoveSerializer):
      ${field} = serializers.IntegerField()

      def validate_order(self, value):
          try:
              Order.objects.filter(pk=value)[0]
          except IndexError:
              raise serializers.ValidationError("order")
          return value

  class MoveView(APIView):
      def put(self, request):
          cls: type[MoveSerializer] = AdminMoveSerializer if request.user.is_staff else MoveSerializer
          serializer = cls(data=request.data)
          return Order.objects.get(pk=serializer.validated_data["order"]) #!
`;
  shows('a field of a subclass', below('order'), 'choice');
  shows('another field', below('other'), 'request');

  const split = (field: string): string => `
  #### shop/forms.py
  from django import forms
  from shop.models import Order

  class PickForm(forms.Form):
      pick = ${field}

      def clean(self):
          data = super().clean()
          pick = data.get("pick")
          return Order.objects.get(pk=pick.split("-")[1])
`;
  shows('a part of a choice', split('forms.ChoiceField()'), 'choice');
  shows('a part of a text', split('forms.CharField()'), 'request');

  const clean = (lines: string, call = 'super().clean()'): string => `
  #### shop/forms.py
  from django import forms
  from shop.models import Order

  class PickForm(forms.Form):
      pick = forms.ChoiceField()

      def clean(self):
          data = ${call}
          ${lines}
`;
  const GET = 'return Order.objects.get(pk=pick)';
  shows(
    'an item that is missing when its field is not valid',
    clean(`pick = data.get("pick"); ${GET}`),
    'request',
  );
  shows('the same of cleaned_data', clean(`pick = data.get("pick"); ${GET}`, 'self.cleaned_data'), 'request');
  shows('the same where it is asked for', clean('return Order.objects.get(pk=data.get("pick"))'), 'request');
  shows('an item that must be there', clean(`pick = data["pick"]; ${GET}`), 'choice');
  shows(
    'an item that was looked at',
    clean(`pick = data.get("pick")\n          if pick:\n              ${GET}`),
    'choice',
  );
  shows(
    'an item that is there',
    clean(`if "pick" not in data:\n              return data\n          pick = data.get("pick"); ${GET}`),
    'choice',
  );
  shows(
    'an item of a form without errors',
    clean(`pick = data.get("pick")\n          if self.errors:\n              return data\n          ${GET}`),
    'choice',
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

describe('what the settings ask before every API view', () => {
  const program = (base: string, name = 'order'): string => `
  #### shop/settings.py
  REST_FRAMEWORK = {"DEFAULT_PERMISSION_CLASSES": ("shop.access.OrderAccess",)}
  #### shop/access.py
  from rest_framework.permissions import BasePermission
  from shop.models import Order

  class OrderAccess(BasePermission):
      def has_permission(self, request, view):
          if "${name}" in request.resolver_match.kwargs:
              request.order = Order.objects.filter(pk=request.resolver_match.kwargs["${name}"]).first()
              return request.order is not None
          return True
  #### shop/api.py
  from django.views import View
  from rest_framework.viewsets import ModelViewSet
  from shop.models import Order

  class CopyViewSet(${base}):
      def get_serializer_context(self):
          return {"order": Order.objects.get(pk=self.kwargs["order"])} #!

      def post(self, request):
          return None
`;
  shows('by the same key', program('ModelViewSet'), 'request seen');
  shows('by another key', program('ModelViewSet', 'team'), 'request');
  shows('a view of Django alone', program('View'), 'request');
});

describe('parts of the URL that a serializer reads', () => {
  const program = (map: string): string => `
  #### shop/base.py
  from django.shortcuts import get_object_or_404
  from rest_framework.viewsets import ModelViewSet

  class Nested(ModelViewSet):
      parents = {}

      def initial(self, request, *args, **kwargs):
          self.parent()
          super().initial(request, *args, **kwargs)

      def parent(self):
          return get_object_or_404(self.rows, **{key: self.kwargs[key] for key in self.parents})
  #### shop/api.py
  from rest_framework import serializers
  from shop.base import Nested
  from shop.models import Order

  class LineSerializer(serializers.Serializer):
      def validate(self, data):
          data["order"] = Order.objects.get(pk=self.context["request"].resolver_match.kwargs["order_pk"])
          return data

  class LineViewSet(Nested):
      serializer_class = LineSerializer
      parents = ${map}
`;
  shows('the parent of every view that has it', program('{"order_pk": "order__pk"}'), 'unknown seen');
  shows('of no view', program('{"team_pk": "team__pk"}'), 'unknown');
});

describe('rows that are written with their parent', () => {
  const program = (handler: string, asked: string, given = 'name'): string => `
  #### shop/models.py
  from django.db import models
  from django.db.models.signals import post_save
  from django.dispatch import receiver

  class Driver(models.Model):
      name = models.CharField(max_length=9)

  class Kind(models.Model):
      name = models.CharField(max_length=9)

  class Setup(models.Model):
      kind = models.ForeignKey(Kind, on_delete=models.CASCADE, related_name="setups")
      driver = models.ForeignKey(Driver, on_delete=models.CASCADE)

  @receiver(post_save, sender=Kind)
  def fill(sender, instance, created, **kwargs):
      ${handler.replaceAll('\n', '\n      ')}
  #### shop/work.py
  from shop.models import Kind

  def run(kind: Kind, ${given}):
      return kind.setups.${asked} #!
`;
  const each = 'for driver in Driver.objects.all():\n    Setup.objects.create(kind=instance, driver=driver)';
  const one = 'Setup.objects.create(kind=instance, driver_id=1)';
  shows('one for each there is', program(each, 'get(driver__name=name)'), 'argument seen');
  shows('the last one', program(one, 'latest("id")').replace('latest("id")', 'latest()'), 'unknown seen');
  shows(
    'the one that a request names',
    program(each, 'get(driver__name=request.GET["name"])', 'request'),
    'request',
  );
  shows('this one or that', program(one, 'get(driver__name=name)'), 'argument');
  shows('nothing is written', program('return None', 'get(driver__name=name)'), 'argument');
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

  const behind = (asked: string): string => `
  #### shop/models.py
  from django.db import models
  class Customer(models.Model):
      email = models.CharField(max_length=9)
  class Badge(models.Model):
      owner = models.ForeignKey(Customer, on_delete=models.CASCADE)
      code = models.CharField(max_length=9)
  #### shop/work.py
  from django.db import transaction
  def load(customer, other, key):
      if ${asked}.filter(code=key).exists():
          return customer.badge_set.get(code=key)
`;
  shows('rows behind an accessor', behind('customer.badge_set'), 'argument seen');
  shows('rows behind another one', behind('other.badge_set'), 'argument');

  const team = (test: string): string => `
  #### shop/models.py
  from django.db import models
  class Customer(models.Model):
      email = models.CharField(max_length=9)
  class Badge(models.Model):
      owner = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="badges")
      code = models.CharField(max_length=9)
  #### shop/work.py
  from shop.models import Customer
  def load(customer: Customer, key):
      if customer.badges.${test}:
          return customer.badges.get(code=key)
`;
  shows('the row of a row', team('filter(code=key).exists()'), 'argument seen');
  shows('any row of a row', team('exists()'), 'argument');
});

describe('asked by a function of the program', () => {
  const program = (answer: string, test = 'has_customer(name)'): string => `
  #### shop/work.py
  from shop.models import Customer, Order

  def has_customer(name):
      return ${answer}

  def only(name):
      if ${test}:
          return load(name)

  def load(name):
      return Customer.objects.get(email=name)
`;
  const asks = 'Customer.objects.filter(email=name).exists()';
  shows('before the call', program(asks), 'argument seen');
  shows('for another model', program('Order.objects.filter(number=name).exists()'), 'argument');
  shows('for the opposite', program(asks, 'name'), 'argument');
  shows('about something else', program(asks, 'has_customer(other)'), 'argument');

  const request = (test: string): string => `
  #### shop/work.py
  from shop.models import Customer

  def found(request):
      return Customer.objects.filter(email=request.GET["email"]).exists()

  def has(slug):
      return Customer.objects.filter(email=slug).exists()

  def page(request):
      request.slug = request.POST["slug"]
      if ${test}:
          return Customer.objects.get(email=request.slug)
`;
  shows('about all that a request holds', request('found(request)'), 'request');
  shows('about a part of it', request('has(request.slug)'), 'request seen');

  const members = (test: string): string => `
  #### shop/models.py
  from django.db import models

  class User(models.Model):
      pass

  class Team(models.Model):
      members = models.ManyToManyField(User, through="Membership")

      def has(self, user):
          return self.members.filter(pk=user.pk).exists()

      def remove(self, user, other):
          if ${test}:
              return Membership.objects.get(team=self, user=user)

  class Membership(models.Model):
      user = models.ForeignKey(User, on_delete=models.CASCADE)
      team = models.ForeignKey(Team, on_delete=models.CASCADE)
`;
  shows('of what is between the two', members('self.has(user)'), 'unknown seen');
  shows('of another one', members('self.has(other)'), 'unknown');
});

describe('listed by the relation', () => {
  const program = (listed: string): string => `
  #### shop/models.py
  from django.db import models

  class Tag(models.Model):
      pass

  class Post(models.Model):
      tags = models.ManyToManyField(Tag, through="Tagging")

  class Tagging(models.Model):
      post = models.ForeignKey(Post, on_delete=models.CASCADE)
      tag = models.ForeignKey(Tag, on_delete=models.CASCADE)

  #### shop/work.py
  from shop.models import Post, Tagging

  def untag(post: Post, other: Post, wanted):
      old = set(${listed})
      gone = old.difference(set(wanted))
      for tag in gone:
          Tagging.objects.get(post=post, tag=tag).delete()
`;
  shows('whose rows between are asked for', program('post.tags.all()'), 'row seen');
  shows('of another row', program('other.tags.all()'), 'row');
  shows('by something else', program('wanted'), 'row');
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

describe('written by what made the row at hand', () => {
  const program = (maker: string, body: string): string => `
  #### shop/models.py
  from django.db import models

  class Team(models.Model):
      name = models.CharField(max_length=9)

  class Member(models.Model):
      team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="member")
  #### shop/teams.py
  from shop.models import Member, Team

  def ${maker}(name):
      team = Team.objects.create(name=name)
      fill(team)
      return team

  def fill(team):
      Member.objects.create(team=team)
  #### shop/work.py
  from shop.models import Member, Team
  from shop.teams import ${maker}

  def enter(name):
      ${body}
`;
  const read = (maker: string): string =>
    program(
      maker,
      `team = ${maker}(name)
      return team.member #!`,
    );
  const ask = `return Member.objects.get(team=team) #!`;
  shows('its relation is read', read('create_team'), 'row seen');
  shows(
    'it is asked for',
    program(
      'make_team',
      `team = make_team(name)
      ${ask}`,
    ),
    'unknown seen',
  );
  shows('a function that may have found it', read('team_of'), 'row');
  shows(
    'a row of another call',
    program(
      'make_team',
      `make_team(name)
      team = Team.objects.first()
      ${ask}`,
    ),
    'unknown',
  );
});

describe('a method of the model that tells whether there is one', () => {
  const program = (name: string): string => `
  #### shop/models.py
  from django.db import models

  class Pause(models.Model):
      name = models.CharField(max_length=9)

      @classmethod
      def ${name}(cls, name):
          try:
              pause = cls.objects.get(name=name)
          except cls.DoesNotExist:
              return False
          return pause.pk > 0
  #### shop/work.py
  from shop.models import Pause

  def wait(name):
      if Pause.${name}(name=name):
          return Pause.objects.get(name=name) #!
`;
  shows('by its name', program('exists'), 'argument seen');
  shows('one of another name, which may do anything', program('starts'), 'argument');
});

describe('a function of the program that tells whether there is one', () => {
  const program = (test: string, returns = 'self.members.filter(name=name).exists()'): string => `
  #### shop/models.py
  from django.db import models

  class Team(models.Model):
      name = models.CharField(max_length=9)

      def knows(self, name):
          return ${returns}

      def may_enter(self, name):
          if not self.knows(name):
              return False
          ${test}
          return Member.objects.get(team=self, name=name) #!

  class Member(models.Model):
      team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
      name = models.CharField(max_length=9)
`;
  const leaves = (test: string, returns?: string): string =>
    program('pass', returns).replace('if not self.knows(name):', test);
  shows('leaves where there is none', program('pass'), 'argument seen');
  shows('of another name', leaves('if not self.knows(self.name):'), 'argument');
  shows('gives something else back', leaves('if not self.knows(name):', 'len(name) > 1'), 'argument');
  shows('behind a name', leaves('known = self.knows(name)\n          if not known:'), 'argument seen');
});
