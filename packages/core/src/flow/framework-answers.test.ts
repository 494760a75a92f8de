import { expect, it } from 'vitest';
import { fateOf } from '../session/testing/program.ts';

const fate = (code: string): Promise<string> => fateOf(`#### shop/work.py\n${code}`);

it.each([
  ['named by list_display', 'list_display = ["number", "amount"]'],
  ['named by a sum of lists', 'list_display = BASE + ["amount"]'],
  ['named by readonly_fields', 'readonly_fields = ("amount",)'],
  ['decorated', '@admin.display(description="amount")'],
])('shows `-` for a missing row in a cell of the admin: %s', async (_, head) => {
  const code = `from django.contrib import admin
from shop.models import Customer, Order

BASE = ["number"]

@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    ${head}
    def amount(self, obj):
        return Customer.objects.get(email=obj.number).pk
`;
  expect(await fate(code)).toBe('handled by framework "the admin, which shows -": OrderAdmin.amount');
  expect(await fate(code.replace(head, 'actions = ["amount"]'))).toBe(
    'escapes to admin OrderAdmin.amount: OrderAdmin.amount',
  );
});

it('is answered by the handler that a view has instead of the settings', async () => {
  const code = `from django.core.exceptions import ObjectDoesNotExist
from rest_framework.response import Response
from rest_framework.views import APIView
from shop.models import Order

def on_error(exc, context):
    if isinstance(exc, ObjectDoesNotExist):
        return Response(status=404)

class Orders(APIView):
    def get_exception_handler(self):
        return on_error

    def get(self, request, pk):
        return Response(Order.objects.get(pk=pk).number)
`;
  expect(await fate(code)).toBe('handled by base-class "on_error": Orders.get');
  expect(await fate(code.replace('ObjectDoesNotExist):', 'KeyError):'))).toBe(
    'escapes to api Orders.get: Orders.get',
  );
});

it('is answered by what a command runs its `handle` in', async () => {
  const code = `from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand
from shop.models import Order

class Command(BaseCommand):
    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except ObjectDoesNotExist as exc:
            self.stderr.write(str(exc))

    def handle(self, *args, **options):
        print(Order.objects.get(pk=options["pk"]))
`;
  expect(await fate(code)).toBe('handled by base-class "Command.execute": Command.handle');
  expect(await fate(code.replace('except ObjectDoesNotExist', 'except OSError'))).toBe(
    'escapes to command Command.handle: Command.handle',
  );
});

it('is no matter of a middleware where GraphQL answers', async () => {
  const code = `import graphene
from shop.models import Order

class Query(graphene.ObjectType):
    def resolve_number(root, info, pk):
        return Order.objects.get(pk=pk).number
#### shop/middleware.py
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponseNotFound

class MissingMiddleware:
    def process_exception(self, request, exception):
        if isinstance(exception, ObjectDoesNotExist):
            return HttpResponseNotFound()
#### shop/settings.py
MIDDLEWARE = ["shop.middleware.MissingMiddleware"]
`;
  expect(await fate(code)).toBe('escapes to graphql Query.resolve_number: Query.resolve_number');
});

it('is answered by a resource of Tastypie', async () => {
  const code = `from tastypie.resources import ModelResource
from shop.models import Customer, Order

class OrderResource(ModelResource):
    def hydrate_customer(self, bundle):
        bundle.obj.customer = self.customer_of(bundle.data["customer"])
        return bundle

    def customer_of(self, pk):
        return Customer.objects.get(pk=pk)
`;
  expect(await fate(code)).toBe(
    'handled by framework "Resource.wrap_view, which answers 404": OrderResource.customer_of < OrderResource.hydrate_customer',
  );
});
