import { type Source, RuleTester } from '@danglint/testing';
import { describe, it } from 'vitest';
import { uncheckedOptionalRow } from './unchecked-optional-row.ts';

/** Orders that lose their customer, two functions that check it, and one that is given. */
function greeting(code: string, { onDelete = 'SET_NULL', others = CHECKING } = {}): Source {
  return {
    'app/models.py': `from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=20)
    orders_seen = models.IntegerField()


class Order(models.Model):
    customer = models.ForeignKey(Customer, null=True, on_delete=models.${onDelete})
    paid = models.BooleanField()

    def is_ours(self):
        return self.customer is not None

    def assign(self, customer):
        self.customer = customer
`,
    'app/labels.py': others,
    'app/tasks.py': `from celery import shared_task
from app.models import Customer, Order


${code}
`,
  };
}

const CHECKING = `from app.models import Order


def label(order: Order):
    return order.customer.name if order.customer else ""


def address(order: Order):
    if order.customer is None:
        return ""
    return order.customer.name
`;

/** A task that reads an order by \`pk\`. */
const task = (body: string): string =>
  `@shared_task
def greet(pk):
    order = Order.objects.filter(pk=pk).first()
    if order is None:
        return
    ${body.replaceAll('\n', '\n    ')}`;

const USE = 'print(order.customer.name)';

const loop = (rows: string): string => `@shared_task
def greet_all(names):
    for order in ${rows}:
        ${USE}`;

const called = (body: string): string => `def greet(order: Order):
    ${USE}


${task(body).replace('def greet', 'def start')}`;

const ASKED = `def check(order):
    if order.customer:
        print(order)


`;

const error = {
  path: 'app/tasks.py',
  severity: 'warning',
  message:
    /^`order.customer` may be `None`: the foreign key `customer` is NULL once its row is deleted and an attribute of it is used unchecked$/,
  labels: [/^checked for `None` here$/],
} as const;

new RuleTester([uncheckedOptionalRow], { describe, it }, { recipes: new Map() }).run({
  valid: [
    { name: 'checked before', code: greeting(task(`if order.customer:\n    ${USE}`)) },
    { name: 'checked by the id', code: greeting(task(`if order.customer_id is None:\n    return\n${USE}`)) },
    {
      name: 'checked with others',
      code: greeting(task(`if all([order.paid, order.customer]):\n    ${USE}`)),
    },
    {
      name: 'checked by a name that holds the test',
      code: greeting(task(`known = order.customer is not None and order.paid\nif known:\n    ${USE}`)),
    },
    { name: 'checked by a method of the row', code: greeting(task(`if order.is_ours():\n    ${USE}`)) },
    {
      name: 'set before',
      code: greeting(task(`order.customer = Customer.objects.create()\n${USE}`)),
    },
    {
      name: 'set by a method before',
      code: greeting(task(`order.assign(Customer.objects.create())\n${USE}`)),
    },
    { name: 'filtered by', code: greeting(loop('Order.objects.filter(customer__isnull=False)')) },
    {
      name: 'filtered by a column behind',
      code: greeting(loop('Order.objects.filter(customer__name__in=names)')),
    },
    {
      name: 'the first of rows that have it',
      code: greeting(
        task(`rows = Order.objects.filter(customer__isnull=False)\nprint(rows[0].customer.name)`),
      ),
    },
    {
      name: 'one that was asked for by it',
      code: greeting(
        `def greet(name):\n    order = Order.objects.filter(paid=True).get(customer__name=name)\n    ${USE}`,
      ),
    },
    { name: 'left out where it is NULL', code: greeting(loop('Order.objects.exclude(customer=None)')) },
    {
      name: 'numbered rows, left out where it is NULL',
      code: greeting(
        loop('Order.objects.exclude(customer=None)')
          .replace('for order in ', 'for i, order in enumerate(')
          .replace('None):', 'None).iterator(), 1):'),
      ),
    },
    { name: 'checked by every caller', code: greeting(called('if order.customer:\n    greet(order)')) },
    {
      name: 'refused by what every caller calls before',
      code: greeting(
        `def check(order):\n    if not order.customer:\n        raise ValueError(order)\n\n\n${called('check(order)\ngreet(order)')}`,
      ),
    },
    {
      name: 'the program only asserts that it is there',
      code: greeting(task(USE), {
        others: `from app.models import Order\n\n\ndef label(order: Order):\n    assert order.customer is not None\n    return order.customer.name\n\n\ndef address(order: Order):\n    assert order.customer\n    return order.customer.name\n`,
      }),
    },
    {
      name: 'set by every caller',
      code: greeting(called('order.customer = Customer.objects.get()\ngreet(order)')),
    },
    { name: 'deleted together', code: greeting(task(USE), { onDelete: 'CASCADE' }) },
    { name: 'nothing checks it', code: greeting(task(USE), { others: '' }) },
    {
      name: 'most do not check it',
      code: greeting(task(USE), {
        others: `${CHECKING}\n\n${['a', 'b'].map((name) => `def ${name}(order: Order):\n    return order.customer.name\n`).join('\n\n')}`,
      }),
    },
    { name: 'handed on', code: greeting(task('print(order.customer)')) },
  ],
  invalid: [
    {
      name: 'looked at, without refusing it, by what every caller calls before',
      code: greeting(`${ASKED}${called('check(order)\ngreet(order)')}`),
      errors: [error],
    },
    { name: 'read at once', code: greeting(task(USE)), errors: [{ ...error, line: 10 }] },
    {
      name: 'through a name',
      code: greeting(task('customer = order.customer\nprint(customer.name)')),
      errors: [{ path: 'app/tasks.py', line: 11 }],
    },
    {
      name: 'set to None before',
      code: greeting(task(`if order.paid:\n    order.customer = None\n${USE}`)),
      errors: [{ path: 'app/tasks.py', line: 12 }],
    },
    {
      name: 'the first of rows that may have none',
      code: greeting(
        `def greet(name):\n    order = Order.objects.filter(customer=None).earliest("pk")\n    ${USE}`,
      ),
      errors: [{ ...error, line: 7 }],
    },
    {
      name: 'rows asked for by something else',
      code: greeting(loop('Order.objects.filter(paid=True)')),
      errors: [{ ...error, line: 8 }],
    },
    {
      name: 'one caller checks it, another does not',
      code: greeting(
        `${called('if order.customer:\n    greet(order)')}\n\n\n@shared_task\ndef again(pk):\n    for order in Order.objects.all():\n        greet(order)`,
      ),
      errors: [{ ...error, line: 6 }],
    },
  ],
});

/** A property of orders that reads the customer, and who reads it. */
const shown = (fields: string, more = ''): Source => {
  const files = greeting('') as Readonly<Record<string, string>>;
  return {
    ...files,
    'app/models.py': `${files['app/models.py'] ?? ''}
    @property
    def customer_name(self):
        return self.customer.name
`,
    'app/serializers.py': `from app.models import Order
from rest_framework import serializers


class OrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = ("paid", "${fields}")
`,
    'app/more.py': more,
  };
};

new RuleTester([uncheckedOptionalRow], { describe, it }, { recipes: new Map() }).run({
  valid: [{ name: 'a serializer leaves a field without a value out', code: shown('customer_name') }],
  invalid: [
    {
      name: 'no serializer has the property',
      code: shown('pk'),
      errors: [{ path: 'app/models.py', line: 21 }],
    },
    {
      name: 'something else reads it, too',
      code: shown(
        'customer_name',
        'from app.models import Order\n\n\ndef names():\n    return [order.customer_name for order in Order.objects.all()]\n',
      ),
      errors: [{ path: 'app/models.py', line: 21 }],
    },
  ],
});
