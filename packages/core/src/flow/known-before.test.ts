import { describe, expect, test } from 'vitest';
import { fateOf, judgementOf } from '../session/testing/program.ts';

/** The kinds of a key's origins, and `seen` where something has asked for the row before. */
async function seen(program: string): Promise<string> {
  const { origins, defects } = await judgementOf(program);
  const asked = defects.some(({ kind }) => kind === 'exists-check') ? ['seen'] : [];
  return [...origins.map(({ kind }) => kind), ...asked].join(' ');
}

const shows = (title: string, program: string, expected: string): void =>
  test.each([{ title, program, expected }])('$title', async ({ program, expected }) =>
    expect(await seen(program)).toBe(expected),
  );

const views = (body: string, imports = ''): string => `
  #### shop/views.py
  from shop.models import Customer, Order
  ${imports}

  ${body.trim().replaceAll('\n', '\n  ')}
`;

describe('callers that ask first', () => {
  const helper = (check: string): string =>
    views(`
def pay(request, number):
    ${check.replaceAll('\n', '\n    ')}
    return found(number)

def found(number):
    return Order.objects.get(number=number) #!`);
  shows(
    'whether there is one',
    helper('if not Order.objects.filter(number=number).exists():\n    raise ValueError(number)'),
    'request seen',
  );
  shows(
    'for rows of another model',
    helper('if not Customer.objects.filter(email=number).exists():\n    raise ValueError(number)'),
    'request',
  );
  shows(
    'only one of two callers',
    `${helper('if not Order.objects.filter(number=number).exists():\n    return None')}
  def refund(request, number):
      return found(number)
`,
    'request',
  );
});

describe('one side of a conditional expression', () => {
  const chosen = (expr: string): string =>
    views(`
def pay(request, number):
    rows = Order.objects.filter(number=number)
    there = rows.exists()
    return ${expr}`);
  shows('where the row is', chosen('rows.get() if there else None #!'), 'request seen');
  shows('where it is not', chosen('None if there else rows.get() #!'), 'request');
  shows('with the test turned round', chosen('None if not there else rows.get() #!'), 'request seen');
  shows('without rows', chosen('None if rows.count() == 0 else rows.get() #!'), 'request seen');
  shows('asked for something else', chosen('rows.get() if request.user else None #!'), 'request');
});

describe('keys that are among those of rows', () => {
  const sync = (test: string): string =>
    views(`
def sync(request):
    customer = Customer.objects.first()
    rows = customer.order_set.all()
    known = {row.number for row in rows}
    old = {item["id"] for item in request.data if item["id"] in known}
    new = {item["id"] for item in request.data if item["id"] not in known}
    for item in request.data:
        if ${test}:
            rows.get(number=item["id"]) #!`);
  shows('behind a test', sync('item["id"] in known'), 'request seen');
  shows('chosen before', sync('item["id"] in old'), 'request seen');
  shows('behind the test of others', sync('item["id"] in new'), 'request');
  shows('another value is tested', sync('item["name"] in old'), 'request');
});

describe('keys that a loop takes from the rows that it asks', () => {
  const loop = (items: string, asked = 'rows.get(number=number)', head = 'def sync(request):'): string =>
    views(`
${head}
    rows = Order.objects.filter(customer=1)
    known = set(rows.values_list("number", flat=True))
    sent = {str(item) for item in request.data}
    for number in ${items}:
        ${asked} #!`);
  shows('all of them', loop('known'), 'row seen');
  shows('some of them', loop('known - sent'), 'row seen');
  shows('less others', loop('known.difference(sent)'), 'row seen');
  shows('what else was sent', loop('sent - known'), 'request');
  shows(
    'what was sent and is among them',
    loop('[int(one) for one in sent if one in known]'),
    'request seen',
  );
  shows('read one by one', loop('[row.number for row in rows]'), 'row seen');
  shows('another column', loop('[row.pk for row in rows]'), 'row');
  shows('rows of another model', loop('known', 'Customer.objects.get(email=number)'), 'row');
  shows('something else beside', loop('known', 'rows.get(number=number, pk=request.id)'), 'request');
  shows(
    'in a task, which may run for long',
    loop('known', undefined, '@shared_task\ndef sync(request):').replace(
      'from shop.models',
      'from celery import shared_task\n  from shop.models',
    ),
    'row',
  );
});

describe('ids that SQL has read', () => {
  const fix = (rows: string, head = 'def fix(request):'): string =>
    views(`
${head}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM shop_order WHERE number IS NULL")
        rows = ${rows}
        for row in rows:
            Order.objects.get(id=row[0]) #!`);
  shows('in a page', fix('cursor.fetchall()'), 'unknown seen');
  shows('of anything else', fix('cursor.numbers()'), 'unknown');
  shows(
    'in a task, which may run for long',
    fix('cursor.fetchall()', '@shared_task\ndef fix():').replace(
      'from shop.models',
      'from celery import shared_task\n  from shop.models',
    ),
    'unknown',
  );
});

describe('a test of all that is asked by', () => {
  const move = (test: string): string =>
    views(`
def move(request):
    rows = Order.objects.filter(paid=True)
    known = rows.values_list("number", "place")
    for item in request.data:
        if ${test}:
            rows.get(number=item.number, place=item.place) #!`);
  shows('at once', move('(item.number, item.place) in known'), 'request seen');
  shows('and more', move('(item.number, item.kind, item.place) in known'), 'request seen');
  shows('of a part of it', move('(item.number, item.kind) in known'), 'request');
});

describe('ids that are those of the rows, all and nothing else', () => {
  const sort = (test: string, body = 'return None'): string =>
    views(`
def sort(request):
    customer = Customer.objects.first()
    given = set([int(item[0]) for item in request.data["orders"]])
    known = {row.id for row in customer.order_set.all()}
    if ${test}:
        ${body}
    for pk, place in request.data["orders"]:
        Order.objects.get(id=int(pk)) #!`);
  shows('others are refused', sort('given != known'), 'request seen');
  shows('the other way round', sort('known != given'), 'request seen');
  shows(
    'of rows of which nothing is known',
    sort('given != {row.id for row in request.group.members.all()}'),
    'request seen',
  );
  shows('of rows of another model', sort('given != {row.id for row in Customer.objects.all()}'), 'request');
  shows('others are told of', sort('given != known', 'print(known)'), 'request');
  shows('only their number is compared', sort('len(given) == 0'), 'request');
});

describe('a row that is asked for twice in a row', () => {
  const twice = (between: string): string => `
  #### shop/tasks.py
  from celery import shared_task
  from shop.models import Order

  @shared_task
  def send(pk):
      order = Order.objects.get(pk=pk)
      ${between}order = Order.objects.get(pk=pk) #!
`;
  shows('by the very statement before', twice(''), 'task-argument seen');
  shows('after something else', twice('order.send()\n      '), 'task-argument');
});

describe('an id that was drawn', () => {
  const draw = (rows: string, lookup = 'return Order.objects.get(pk=pk) #!'): string => `
  #### shop/tasks.py
  from random import choice
  from celery import shared_task
  from shop.models import Customer, Order

  @shared_task
  def retry():
      ids = ${rows}.objects.values_list("pk", flat=True)
      pk = choice(ids)
      ${lookup}
`;
  shows('from those of the rows', draw('Order'), 'row seen');
  shows('from those of other rows', draw('Customer'), 'row');
  shows('in a loop', draw('Order', 'for _ in range(9):\n          Order.objects.get(pk=pk) #!'), 'row');
});

describe('a row beside the key that was tested', () => {
  const sync = (test: string): string =>
    views(`
def sync(request):
    rows = Order.objects.filter(number="x")
    known = set(rows.values_list("customer_id", flat=True))
    for item in request.data:
        customer = Customer.objects.get(email=item)
        if ${test}:
            rows.get(customer=customer) #!`);
  shows('its own key', sync('customer.pk in known'), 'unknown seen');
  shows('another column of it', sync('customer.email in known'), 'unknown');
});

describe('rows that come with the program', () => {
  shows(
    'a group that a constant names',
    views(
      'def join(request):\n    request.user.groups.add(Group.objects.get(name="staff")) #!',
      'from django.contrib.auth.models import Group',
    ),
    'natural-key',
  );
  shows(
    'a group that the request names',
    views(
      'def join(request):\n    request.user.groups.add(Group.objects.get(name=request.POST["group"])) #!',
      'from django.contrib.auth.models import Group',
    ),
    'request',
  );
  shows(
    'the tenant that is served',
    views(
      'def show(request):\n    return Customer.objects.get(email=connection.schema_name) #!',
      'from django.db import connection',
    ),
    'settings',
  );
  shows(
    'the schema of all tenants',
    views(
      'def show(request):\n    return Customer.objects.get(email=get_public_schema_name()) #!',
      'from django_tenants.utils import get_public_schema_name',
    ),
    'settings',
  );
});

describe('constants of a class', () => {
  const kind = (key: string): string => `
  #### shop/models.py
  from django.db import models

  class Kind(models.Model):
      OPEN = "open"
      name = models.CharField(max_length=20)
  #### shop/sync.py
  from shop.models import Kind

  def sync():
      return Kind.objects.get(name=${key}) #!
`;
  shows('name one of its rows', kind('Kind.OPEN'), 'natural-key');
  shows('an attribute that is none', kind('Kind.name'), 'unknown');
});

describe('forms', () => {
  const form = (value: string): string =>
    views(
      `
class PayForm(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        Order.objects.get(pk=self.${value}) #!`,
      'from django import forms',
    );
  shows('what was sent', form('data.get("order")'), 'request');
  shows('what it starts with', form('initial.get("order")'), 'argument');
  shows(
    'a form that is made from a model is no row',
    views(
      `
def form_from_model(model, names):
    return modelform_factory(model, fields=names)

class PayForm(form_from_model(Order, ["number"]), forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        Order.objects.get(pk=self.data["id"]) #!`,
      'from django import forms\n  from django.forms import modelform_factory',
    ),
    'request',
  );
});

describe('the form of a view', () => {
  const page = (check: string): string =>
    views(
      `
class PayForm(forms.Form):
    number = forms.CharField()

    def clean_number(self):
        order = Order.objects.filter(number=self.cleaned_data["number"]).first()
        if ${check}:
            raise forms.ValidationError("gone")
        return order.number

class Page(FormView):
    form_class = PayForm

    def form_valid(self, form):
        return Order.objects.get(number=self.form.cleaned_data["number"]) #!`,
      'from django import forms\n  from django.views.generic import FormView',
    );
  shows('refuses what it does not find', page('not order'), 'choice');
  shows('looks at something else', page('not self.is_bound'), 'request');
});

describe('what a form view puts into its context', () => {
  const page = (base: string, context: string): string =>
    views(
      `
class Page(${base}):
    def get_initial(self):
        return {"order": Order.objects.get(number=self.kwargs["number"])}

    def get_context_data(self, **kwargs):
        ${context}
        return context`,
      'from django.views.generic import CreateView, TemplateView',
    );
  const above = 'context = super().get_context_data(**kwargs)\n        ';
  const put = (name: string): string =>
    `context["order"] = Order.objects.get(number=self.kwargs["${name}"]) #!`;
  shows('was asked for the form', page('CreateView', above + put('number')), 'request seen');
  shows('by another part of the address', page('CreateView', above + put('other')), 'request');
  shows(
    'before the base class asks',
    page('CreateView', `context = {}\n        ${put('number')}`),
    'request',
  );
  shows('of a view without a form', page('TemplateView', above + put('number')), 'request');
});

describe('methods of views that frameworks call without an argument', () => {
  const page = (bases: string, imports: string, caller: string): string =>
    views(
      `
class Page(${bases}):
    def get_object(self, pk=None):
        return Order.objects.get(pk=pk) #!

    ${caller.replaceAll('\n', '\n    ')}`,
      imports,
    );
  const detail = 'from django.views.generic import DetailView';
  shows('nobody gives one', page('DetailView', detail, 'pass'), 'argument');
  shows(
    'the method that serves the request gives one',
    page('DetailView', detail, 'def get(self, request, number):\n    return self.get_object(number)'),
    'request',
  );
  const caller = (answer: string): string =>
    `def get(self, request, number):\n    try:\n        return self.get_object(number)\n    except Order.DoesNotExist:\n        ${answer}`;
  const fate = (title: string, program: string, expected: string): void =>
    test.each([{ title, program, expected }])('$title', async ({ program, expected }) =>
      expect(await fateOf(program)).toBe(expected),
    );
  fate(
    'a view that asks for no object itself',
    page('View', 'from django.views import View', caller('return None')),
    'handled by except "except Order.DoesNotExist in Page.get": Page.get_object < Page.get',
  );
  fate(
    'a viewset without an action that asks for one',
    page('ViewSet', 'from rest_framework.viewsets import ViewSet', caller('return None')),
    'handled by except "except Order.DoesNotExist in Page.get": Page.get_object < Page.get',
  );
  fate(
    'a viewset with one',
    page('ModelViewSet', 'from rest_framework.viewsets import ModelViewSet', caller('return None')),
    'escapes to api Page.get_object: Page.get_object',
  );
  fate(
    'a view whose base asks for it too',
    page('DetailView', detail, caller('return None')),
    'escapes to view Page.get_object: Page.get_object',
  );
  fate(
    'a base of the program that asks, and whose model the subclasses name',
    views(
      `
class Editing(ModelFormMixin, ProcessFormView):
    def get(self, request):
        try:
            self.object = self.get_object()
        except self.model.DoesNotExist:
            self.object = None

class Page(Editing):
    model = Order

    def get_object(self, queryset=None):
        return self.model.objects.get(number=self.kwargs["number"]) #!`,
      'from django.views.generic.edit import ModelFormMixin, ProcessFormView',
    ),
    'handled by except "except Model.DoesNotExist in Editing.get": Page.get_object < Editing.get',
  );
});

describe('a row in data that were checked, under the name of its model', () => {
  const item = (owner: string, model = 'Order'): string =>
    views(`def save(items):\n    for item in items:\n        ${model}.objects.get(id=${owner}.id) #!`);
  test.each([
    ['under it', item('item["order"]'), 'guaranteed'],
    ['under another', item('item["entry"]'), 'escapes'],
    ['of another model', item('item["customer"]'), 'escapes'],
    ['under a name that is not told', item('item[order]'), 'escapes'],
  ])('%s', async (_title, program, verdict) => {
    expect((await judgementOf(program)).verdict.kind).toBe(verdict);
  });
});

describe('the row that a framework hands over under its usual name', () => {
  const saved = (owner: string): string =>
    views(`def save(form, ${owner}):\n    return Order.objects.get(id=${owner}.id) #!`);
  test.each([
    ['obj', 'guaranteed'],
    ['entry', 'escapes'],
  ])('%s', async (owner, verdict) => {
    expect((await judgementOf(saved(owner))).verdict.kind).toBe(verdict);
  });
});

describe('what a docstring tells', () => {
  const documented = (text: string, caller = '', decorator = ''): string => `
  #### shop/work.py
  from modernrpc.core import rpc_method
  from shop.models import Order

  ${decorator}
  def load(order_id):
      '''Loads an order.

      ${text}
      '''
      return Order.objects.get(pk=order_id) #!

  ${caller}
`;
  const long = 'A paragraph of many words about what this function is for. '.repeat(5);
  test.each([
    [
      'the exception',
      documented(`${long}\n\n      Raises:\n          Order.DoesNotExist: without the row`),
      true,
    ],
    ['in other words', documented(':raises Order.DoesNotExist: without the row'), true],
    ['an exception for anything but success', documented('Returns True, else raises an exception.'), true],
    ['what others raise', documented('The exception is raised by the worker.'), false],
    ['nothing of it', documented(long), false],
    [
      'of an RPC method',
      documented(':raises Order.DoesNotExist: without the row', '', '@rpc_method(name="load")'),
      true,
    ],
    ['nothing, of an RPC method', documented(long, '', '@rpc_method(name="load")'), false],
    [
      'to a caller of the program',
      documented(':raises Order.DoesNotExist: without the row', 'def run(order_id):\n      load(order_id)'),
      false,
    ],
  ])('%s', async (_title, program, told) => {
    const { defects } = await judgementOf(program);
    expect(defects.some(({ kind }) => kind === 'documented')).toBe(told);
  });
});

test('what only tests call is called by nobody', async () => {
  const program = `
  #### shop/work.py
  from shop.models import Order

  def run(order_id):
      return Order.objects.get(pk=order_id) #!
  #### shop/tests/test_work.py
  from shop.work import run

  def test_run():
      run(1)
`;
  expect(await fateOf(program)).toBe('escapes to uncalled run: run');
});

describe('views that only people with a right can open', () => {
  const confidence = (title: string, program: string, expected: string): void =>
    test.each([{ title, program, expected }])('$title', async ({ program, expected }) =>
      expect((await judgementOf(program)).confidence).toBe(expected),
    );
  const view = (decorator: string): string =>
    views(
      `@${decorator}\ndef show(request, number):\n    return Order.objects.get(number=number) #!`,
      'from django.contrib.auth.decorators import login_required, permission_required\n  from django.contrib.admin.views.decorators import staff_member_required',
    );
  confidence('everybody who is signed in', view('login_required'), 'high');
  confidence('staff', view('staff_member_required'), 'medium');
  confidence('a permission', view('permission_required("shop.pay")'), 'medium');
  const page = (bases: string, body = 'pass'): string =>
    views(
      `class Page(${bases}):\n    ${body}\n\n    def get(self, request, number):\n        return Order.objects.get(number=number) #!`,
      'from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin\n  from django.views import View\n  from rest_framework.permissions import IsAdminUser, IsAuthenticated\n  from rest_framework.views import APIView',
    );
  confidence('a class for everybody', page('LoginRequiredMixin, View'), 'high');
  confidence('a class for some', page('PermissionRequiredMixin, View'), 'medium');
  confidence('an API for everybody', page('APIView', 'permission_classes = [IsAuthenticated]'), 'high');
  confidence('an API for administrators', page('APIView', 'permission_classes = [IsAdminUser]'), 'medium');
});

describe('ids of rows in a dictionary', () => {
  const sync = (put: string, asked: string): string =>
    views(`
def sync(request):
    orders = {}
    for order in Order.objects.all():
        customer, _ = Customer.objects.get_or_create(email=order.number)
        ${put.replaceAll('\n', '\n        ')}
    ${asked.replaceAll('\n', '\n    ')} #!`);
  const fate = (title: string, program: string, expected: string): void =>
    test.each([{ title, program, expected }])('$title', async ({ program, expected }) =>
      expect((await fateOf(program)).split(' ')[0]).toBe(expected),
    );
  const lists =
    'if customer.id not in orders:\n    orders[customer.id] = []\norders[customer.id].append(order.id)';
  fate('as its keys', sync(lists, 'for pk in orders:\n    Customer.objects.get(pk=pk)'), 'guaranteed');
  fate(
    'in its lists',
    sync(lists, 'for key in orders:\n    for pk in sorted(orders[key]):\n        Order.objects.get(pk=pk)'),
    'guaranteed',
  );
  fate('of other rows', sync(lists, 'for pk in orders:\n    Order.objects.get(pk=pk)'), 'escapes');
  fate(
    'as values',
    sync('orders[request.GET["x"]] = order.id', 'for pk in orders.values():\n    Order.objects.get(pk=pk)'),
    'guaranteed',
  );
});

describe('the only filter before a bare get()', () => {
  const fate = (title: string, key: string, expected: string): void =>
    test.each([{ title, key, expected }])('$title', async ({ key, expected }) =>
      expect(
        (
          await fateOf(
            views(`
def show(order: Order, pk):
    rows = Order.objects.filter(${key})
    return rows.select_related("customer").get() #!`),
          )
        ).split(' ')[0],
      ).toBe(expected),
    );
  fate('by a row at hand', 'pk=order.pk', 'guaranteed');
  fate('by anything', 'pk=pk', 'escapes');
  fate('by more than that', 'pk=order.pk, number=1', 'escapes');
});
