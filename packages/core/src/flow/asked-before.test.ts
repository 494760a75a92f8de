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
  ${imports.replaceAll('\n', '\n  ')}

  ${body.trim().replaceAll('\n', '\n  ')}
`;

describe('permission classes of function views', () => {
  const api = (asked: string, key: string): string =>
    views(
      `
class MayPay(BasePermission):
    def has_permission(self, request, view):
        try:
            return bool(${asked})
        except Order.DoesNotExist:
            return False

@api_view(["POST"])
@permission_classes([MayPay])
def pay(request, number):
    return Order.objects.get(number=${key}) #!`,
      'from rest_framework.decorators import api_view, permission_classes\nfrom rest_framework.permissions import BasePermission',
    );
  const asked = 'Order.objects.get(number=view.kwargs.get("number"))';
  shows('ask for the row', api(asked, 'number'), 'request seen');
  shows('ask by another part of the URL', api(asked, 'request.data["order"]'), 'request');
  shows(
    'ask for another model',
    api('Customer.objects.filter(email=view.kwargs["number"])', 'number'),
    'request',
  );
  shows(
    'of one action of a class',
    views(
      `
class MayPay(BasePermission):
    def has_permission(self, request, view):
        return Order.objects.filter(number=view.kwargs["number"]).exists()

class Orders(ViewSet):
    @action(detail=False, permission_classes=[MayPay])
    def pay(self, request, number):
        return Order.objects.get(number=number) #!`,
      'from rest_framework.decorators import action\nfrom rest_framework.permissions import BasePermission\nfrom rest_framework.viewsets import ViewSet',
    ),
    'request seen',
  );
});

describe('decorators of views', () => {
  const checked = (wrapper: string, decorator: string): string =>
    views(
      `
def checks(number_kwarg="number"):
    def decorator(view):
        @wraps(view)
        def wrapper(request, *args, **kwargs):
            ${wrapper}
            return view(request, *args, **kwargs)
        return wrapper
    return decorator

def refuse_missing(request, kwargs, name):
    if not Order.objects.filter(number=kwargs[name]).exists():
        raise PermissionError

class Page(View):
    ${decorator}
    def get(self, request, number):
        return Order.objects.get(number=number) #!`,
      'from functools import wraps\nfrom django.utils.decorators import method_decorator\nfrom django.views import View',
    );
  const ask = 'refuse_missing(request, kwargs, number_kwarg)';
  shows('ask for the row', checked(ask, '@method_decorator(checks(number_kwarg="number"))'), 'request seen');
  shows(
    'in a list',
    checked(ask, '@method_decorator([checks(number_kwarg="number"), print])'),
    'request seen',
  );
  shows('ask by another name', checked(ask, '@method_decorator(checks(number_kwarg="slug"))'), 'request');
  shows('ask for nothing', checked('pass', '@method_decorator(checks(number_kwarg="number"))'), 'request');
  shows(
    'by the parameters of the wrapper',
    views(
      `
def with_order(view):
    def wrapper(request, number, *args):
        if Order.objects.filter(number=number).first() is None:
            return None
        return view(request, number, *args)
    return wrapper

@with_order
def show(request, number):
    return Order.objects.get(number=number) #!`,
    ),
    'request seen',
  );
});

describe('what the program puts on the request', () => {
  const middleware = (value: string, key: string): string =>
    views(
      `
def account(get_response):
    def middleware(request):
        customer = Customer.objects.filter(email=request.GET["email"]).first()
        order = Order.objects.filter(number=request.GET["number"]).first()
        if order is not None:
            request.account_id = ${value}
        return get_response(request)
    return middleware

def show(request):
    return Customer.objects.get(pk=${key}) #!`,
    );
  const fate = (title: string, program: string, expected: string): void =>
    test.each([{ title, program, expected }])('$title', async ({ program, expected }) =>
      expect((await fateOf(program)).split(' ')[0]).toBe(expected),
    );
  fate('the id of a row', middleware('customer.id', 'request.account_id'), 'guaranteed');
  fate('a column with a constraint', middleware('order.customer_id', 'request.account_id'), 'guaranteed');
  fate('the id of another row', middleware('order.id', 'request.account_id'), 'escapes');
  fate('what the client sent', middleware('request.GET["id"]', 'request.account_id'), 'escapes');
  fate('another attribute', middleware('customer.id', 'request.owner_id'), 'escapes');
});

describe('keys that were asked for together', () => {
  const pay = (check: string): string =>
    views(`
def pay(request):
    numbers = set(request.data["numbers"])
    orders = Order.objects.filter(number__in=numbers)
    found = {order.number for order in orders}
    unknown = numbers - set(orders.values_list("number", flat=True))
    ${check.replaceAll('\n', '\n    ')}
    for number in numbers:
        Order.objects.get(number=number) #!`);
  shows('what is unknown is refused', pay('if unknown:\n    return 400'), 'request seen');
  shows('their number', pay('if len(numbers) != len(orders):\n    raise ValueError'), 'request seen');
  shows(
    'one that was not found',
    pay('if any(number not in found for number in numbers):\n    return 400'),
    'request seen',
  );
  shows('whether there is one of them', pay('if not orders:\n    return 404'), 'request');
  shows('only told', pay('if unknown:\n    print(unknown)'), 'request');
  shows(
    'of another model',
    views(`
def pay(request):
    numbers = set(request.data["numbers"])
    if numbers - set(Customer.objects.filter(email__in=numbers).values_list("email", flat=True)):
        return 400
    for number in numbers:
        Order.objects.get(number=number) #!`),
    'request',
  );
});
