import { describe, expect, test } from 'vitest';
import { judgementOf } from '../session/testing/program.ts';

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

const code = (imports: string, body: string): string => `
  #### shop/views.py
  from shop.models import Customer, Order
  ${imports.replaceAll('\n', '\n  ')}

  ${body.trim().replaceAll('\n', '\n  ')}
`;

describe('the object of a view', () => {
  const view = (names: string, asks: string, before = 'order = self.get_object()'): string =>
    code(
      'from rest_framework.decorators import action\nfrom rest_framework.viewsets import ModelViewSet',
      `
class OrderViewSet(ModelViewSet):
    ${names}

    @action(detail=True)
    def lock(self, request, order__pk):
        ${before}
        with atomic():
            return Order.objects.select_for_update().get(${asks}) #!`,
    );
  const own = 'queryset = Order.objects.all()\n    lookup_url_kwarg = "order__pk"';
  shows('by the part of the address that the view names', view(own, 'pk=order__pk'), 'request seen');
  shows('by the part itself', view(own, 'pk=self.kwargs["order__pk"]'), 'request seen');
  shows('by another column', view(own, 'number=order__pk'), 'request');
  shows('by another part', view(own, 'pk=self.kwargs["pk"]'), 'request');
  shows('of a view on other rows', view(own.replace('Order', 'Customer'), 'pk=order__pk'), 'request');
  shows('that nobody asked for', view(own, 'pk=order__pk', 'pass'), 'request');
  shows(
    'of a get_object of its own',
    view(`${own}\n\n    def get_object(self):\n        return self.request.user.cart`, 'pk=order__pk'),
    'request',
  );
});

describe('what the base class of a view does with its object', () => {
  const view = (body: string, after: string, base = 'UpdateAPIView'): string =>
    code(
      'from rest_framework.exceptions import NotFound\nfrom rest_framework.generics import CreateAPIView, UpdateAPIView',
      `
class OrderView(${base}):
    ${body.replaceAll('\n', '\n    ')}

    def patch(self, request, *args, **kwargs):
        response = ${after}
        number = self.kwargs.get("number")
        order = Order.objects.get(number=number) #!
        return response`,
    );
  const own = 'queryset = Order.objects.all()\nlookup_field = "number"';
  const getter = (answer: string): string =>
    `def get_object(self):\n    found = self.kwargs.get("number")\n    try:\n        return Order.objects.get(number=found)\n    except Order.DoesNotExist:\n        ${answer}`;
  const patch = 'super().patch(request, *args, **kwargs)';
  shows('by the part that the view names', view(own, patch), 'request seen');
  shows('by another part', view(own.replace('number', 'slug'), patch), 'request');
  shows('in a method of its own that answers', view(getter('raise NotFound'), patch), 'request seen');
  shows('in a method of its own that goes on', view(getter('return None'), patch), 'request');
  shows('of a view without one', view(own, patch, 'CreateAPIView'), 'request');
  shows('where nothing calls it', view(own, 'Response()'), 'request');
});

describe('a row that was found by the value of the one it belongs to', () => {
  const found = (asks: string, wants = 'email=email'): string =>
    code(
      'from django.shortcuts import get_object_or_404',
      `
def show(request, email, number):
    ${asks}
    return Customer.objects.get(${wants}) #!`,
    );
  const by = 'get_object_or_404(Order, customer__email=email, number=number)';
  shows('by the same value', found(by), 'request seen');
  shows('with get', found(by.replace('get_object_or_404(Order, ', 'Order.objects.get(')), 'request seen');
  shows('by another value', found(by.replace('=email', '=number')), 'request');
  shows('in another way', found(by.replace('email=', 'email__iexact=')), 'request');
  shows(
    'in the same way',
    found(by.replace('email=', 'email__iexact='), 'email__iexact=email'),
    'request seen',
  );
  shows('of many rows', found('Order.objects.filter(customer__email=email)'), 'request');
  shows('where there is one', found(`if number:\n        ${by}`), 'request');
});

describe('a key that a function gives only where there is a row', () => {
  const given = (test: string, body = 'number = checked(request)\n    return pay(request, number)'): string =>
    code(
      'from shop_errors import Unknown',
      `
def checked(request):
    number = request.GET["number"]
    if ${test}:
        raise Unknown
    return number

def pay(request, number):
    return Order.objects.get(number=number) #!

def show(request):
    ${body}`,
    );
  const none = 'not Order.objects.filter(number=number).exists()';
  shows('to the caller', given(none), 'request seen');
  shows('where there is none', given(none.slice(4)), 'request');
  shows('of another model', given(none.replace('Order', 'Customer')), 'request');
  shows('for another key', given(none.replace('=number', '=request.user')), 'request');
  shows('but for another caller', given(none, 'return pay(request, request.GET["number"])'), 'request');
});

describe('the model that the row which the key found names', () => {
  const found = (row: string): string =>
    code(
      'from shop_parts import part_of',
      `
def show(request, part_id):
    part = ${row}
    return part.kind.model.objects.get(pk=part_id) #!`,
    );
  shows('by the same key', found('part_of(part_id)'), 'request seen');
  shows('by another key', found('part_of(request.GET["part"])'), 'request');
});

describe('a method of the view that asks by its own words', () => {
  const view = (check: string, asks: string): string =>
    code(
      'from django.shortcuts import get_object_or_404\nfrom django.views import View',
      `
class OrderView(View):
    def check(self):
        ${check.replaceAll('\n', '\n        ')}

    def get(self, request, *args, **kwargs):
        self.check()
        return Order.objects.get(${asks}) #!`,
    );
  const asks = 'number=self.kwargs["number"], customer__email=self.kwargs["email"]';
  const found = `order = get_object_or_404(Order, ${asks})\nif order.is_secret:\n    raise PermissionDenied`;
  shows('all that is asked for', view(found, asks), 'request seen');
  shows(
    'of another object',
    code(
      'from django.views import View',
      `
class Checks:
    def check(self):
        Order.objects.get(number=self.kwargs["number"])

class OrderView(View):
    checks = Checks()

    def get(self, request, *args, **kwargs):
        self.checks.check()
        return Order.objects.get(number=self.kwargs["number"]) #!`,
    ),
    'request',
  );
  shows('less than that', view('get_object_or_404(Order, number=self.kwargs["number"])', asks), 'request');
  shows('rows of another model', view(`get_object_or_404(Customer, ${asks})`, asks), 'request');
  shows('behind a test', view(`if self.strict:\n    get_object_or_404(Order, ${asks})`, asks), 'request');
});

describe('tasks whose functions do not know of each other', () => {
  const task = (make: string): string =>
    code(
      'from celery import shared_task',
      `
def message_of(number):
    ${make.replaceAll('\n', '\n    ')}

@shared_task
def send(number):
    body = message_of(number)
    return body, Order.objects.get(number=number) #!`,
    );
  shows('the row was found', task('return str(Order.objects.get(number=number))'), 'task-argument seen');
  shows(
    'it may have been missed',
    task('return str(Order.objects.filter(number=number).first())'),
    'task-argument',
  );
  shows(
    'the miss was answered',
    task('try:\n    Order.objects.get(number=number)\nexcept Order.DoesNotExist:\n    return None'),
    'task-argument',
  );
});

describe('callers that have the row', () => {
  const task = (before: string, more = ''): string =>
    code(
      'from celery import shared_task',
      `
def mark_failed(number):
    order = Order.objects.get(number=number) #!
    order.fail()

@shared_task
def send(number):
    ${before.replaceAll('\n', '\n    ')}
    try:
        deliver(number)
    except OSError:
        mark_failed(number)
${more}`,
    );
  shows('by the same argument', task('order = Order.objects.get(number=number)'), 'task-argument seen');
  shows('by another one', task('order = Order.objects.get(number=number.strip())'), 'task-argument');
  shows('whatever became of it', task('if number:\n    Order.objects.get(number=number)'), 'task-argument');
  shows(
    'but for one',
    task(
      'order = Order.objects.get(number=number)',
      '\n@shared_task\ndef give_up(number):\n    mark_failed(number)\n',
    ),
    'task-argument seen'.replace(' seen', ''),
  );
});

describe('asked again after a miss', () => {
  const task = (between: string, again = 'number=number'): string =>
    code(
      'from celery import shared_task',
      `
@shared_task
def take_in(number):
    try:
        Order.objects.get(number=number)
    except Order.DoesNotExist:
        ${between}
        return Order.objects.get(${again}) #!`,
    );
  shows('when the row was made', task('import_order(number)'), 'task-argument seen');
  shows('when nothing made it', task('sleep(1)'), 'task-argument');
  shows('by another key', task('import_order(number)', 'pk=number'), 'task-argument');
});

describe('keys among those of rows', () => {
  const view = (rows: string, test: string): string =>
    code(
      '',
      `
def show(request, pk, order_id):
    customer = found_customer(pk)
    known = [order.pk for order in ${rows}]
    if ${test}:
        return Order.objects.get(pk=order_id) #!`,
    );
  shows('as numbers', view('Order.objects.all()', 'order_id and int(order_id) in known'), 'request seen');
  shows('of whatever has them', view('customer.order_set.all()', 'order_id in known'), 'request seen');
  shows('of other rows', view('customer.parcel_set.all()', 'order_id in known'), 'request');
});

describe('fields that the client does not fill in', () => {
  const form = (field: string): string => `
  #### shop/forms.py
  from django import forms
  from shop.models import Order

  class EditForm(forms.Form):
      pk = forms.IntegerField(${field})

      def clean(self):
          data = super().clean()
          return Order.objects.get(pk=data.get("pk")) #!
`;
  shows('a disabled one', form('required=False, disabled=True'), 'choice');
  shows('one that is not', form('required=False, disabled=False'), 'request');
});

describe('decorators that ask by whatever the address names', () => {
  const view = (decorator: string, asks = '**kwargs'): string =>
    code(
      'from functools import wraps\nfrom django.shortcuts import get_object_or_404',
      `
def permitted(permission, model):
    def decorator(view):
        @wraps(view)
        def wrapper(request, *args, **kwargs):
            order = get_object_or_404(model, ${asks})
            return view(request, *args, **kwargs)
        return wrapper
    return decorator

def may_view(model):
    return permitted("view", model)

@${decorator}
def show(request, id):
    return Order.objects.get(pk=id) #!`,
    );
  shows('itself', view('permitted("view", Order)'), 'request seen');
  shows('through another decorator', view('may_view(Order)'), 'request seen');
  shows('rows of another model', view('may_view(Customer)'), 'request');
  shows('by another part of it', view('may_view(Order)', 'pk=kwargs["order"]'), 'request');
});

describe('what no client sends', () => {
  const filter = (asks: string): string =>
    code(
      'import django_filters',
      `
class OrderFilter(django_filters.FilterSet):
    owner = django_filters.CharFilter(method="by_owner")

    def by_owner(self, queryset, name, value):
        return queryset.filter(customer=Customer.objects.get(${asks})) #!`,
    );
  shows('the name of a filter', filter('email=name'), 'literal');
  shows('but its value is', filter('email=value'), 'request');
  shows('the name of a model', filter('email=queryset.model._meta.model_name'), 'literal');
});
