import { RuleTester, type Source } from '@danglint/testing';
import { describe, it } from 'vitest';
import { uncheckedOptionalRow } from './unchecked-optional-row.ts';

/** Orders with lines, and code about them. */
function shop(code: string): Source {
  return {
    'shop/models.py': `from django.db import models


class OrderExists(Exception):
    pass


class Order(models.Model):
    number = models.CharField(max_length=20)

    def line_or_none(self, product=None):
        return Line.objects.filter(order=self, product=product).first()

    def has_line(self):
        line = self.line_or_none()
        return line is not None

    def has_number(self):
        return self.number != ""

    def product(self):
        return Line.objects.filter(order=self).first().product

    def tea(self):
        return Line.objects.filter(order=self, product="tea", price__gt=self.number).first().product

    def open_line(self, product):
        if not self.has_number():
            return None
        return Line.objects.filter(order=self, product=product).first()


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    product = models.CharField(max_length=20)
    price = models.IntegerField()


class Buyer(models.Model):
    name = models.CharField(max_length=20)
    watched = models.ManyToManyField(Order, related_name="watchers")

    @property
    def watches(self):
        return self.watched.exists()


class Address(models.Model):
    buyer = models.ForeignKey(Buyer, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=20)


class Sale(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="sales")
    buyer = models.ForeignKey(Buyer, on_delete=models.CASCADE)
    price = models.IntegerField()


class Versioned(models.Model):
    name_column = "name"

    class Meta:
        abstract = True

    def since(self):
        return self._meta.default_manager.filter(**{self.name_column: getattr(self, self.name_column)}).first().start

    def other_since(self, other):
        return self._meta.default_manager.filter(**{self.name_column: getattr(other, self.name_column)}).first().start
`,
    'shop/signals.py': `from django.db.models.signals import post_save
from django.dispatch import receiver
from shop.models import Address, Buyer


@receiver(post_save, sender=Buyer)
def on_buyer(sender, instance, created, **kwargs):
    if created:
        Address.objects.create(buyer=instance, kind="home")
`,
    'shop/a.py': `from django.db.models import Q\nfrom shop.models import Address, Buyer, Line, Order, OrderExists, Sale\n\n\n${code}`,
  };
}

const GETTER = `def find(number, product):
    old = Line.objects.filter(order__number=number, product=product).first()
    if old is None:
        new = Line.objects.create(product=product)
    else:
        old.save()
    return `;

const FLAG = `def save(number, price):
    found = False
    line = Line.objects.filter(product=number, price=price).first()
    if line:
        found = True
`;

const SILENT: Readonly<Record<string, string>> = {
  'a getter that gives a new row where there is none': `${GETTER}new if old is None else old\n\n\ndef f(number):\n    return find(number, "tea").price\n`,
  'a flag that was set where the row is there': `${FLAG}    if found is False:\n        line = Line(product=number)\n    line.save()\n`,
  'a flag in a conditional expression': `${FLAG}    return line.price if found else 0\n`,
  'a flag that leaves': `${FLAG}    if not found:\n        return None\n    return line.price\n`,
  'a flag that was set where the row is missing':
    'def save(number, price):\n    gone = False\n    line = Line.objects.filter(product=number, price=price).first()\n    if line is None:\n        gone = True\n    if not gone:\n        line.save()\n',
  'a property asks for rows that the question leads through':
    'def f(buyer: Buyer):\n    if not buyer.watches:\n        return None\n    return Sale.objects.filter(order__watchers=buyer).order_by("price").first().price\n',
  'another method asks for the same row':
    'def f(order: Order):\n    return order.line_or_none().price if order.has_line() else 0\n',
  'a method that the getter asks, too':
    'def f(order: Order):\n    return order.open_line("tea").price if order.has_number() else 0\n',
  'who made the order made a line as well':
    'def start(number):\n    order = Order(number=number)\n    order.save()\n    add(order)\n    return order\n\n\ndef add(order):\n    Line.objects.create(order=order, product="tea")\n\n\ndef f(number):\n    order = start(number)\n    return order.line_or_none("tea").price\n',
  'every caller asks for the same row by another method':
    'class Slip:\n    def line(self, product):\n        return Line.objects.filter(product=product).first()\n\n    def has_line(self):\n        return checked(self.line(self.product))\n\n    def price(self):\n        return self.line(self.product).price\n\n\ndef f():\n    slip = Slip()\n    if slip.has_line():\n        return slip.price()\n    return 0\n',
  'the handler of an exception that says that there is one':
    'def f(number, register):\n    try:\n        register(number)\n    except OrderExists:\n        Order.objects.filter(number=number).first().save()\n',
};

const FOUND: Readonly<Record<string, string>> = {
  'a getter that gives a new row where there is one': `${GETTER}old if old is None else new\n\n\ndef f(number):\n    return find(number, "tea").price\n`,
  'the other side of a flag': `${FLAG}    if not found:\n        line.save()\n`,
  'a name that is set on both sides':
    'def save(number, price, data):\n    line = Line.objects.filter(product=number, price=price).first()\n    if line:\n        old = line.price\n    elif data:\n        old = data\n    if old:\n        line.save()\n',
  'a flag that only chooses something else': `${FLAG}    price = 1 if found else 2\n    line.save(price)\n`,
  'a property asks for rows that the question does not lead through':
    'def f(buyer: Buyer):\n    if not buyer.watches:\n        return None\n    return Address.objects.filter(buyer__name=buyer.name).first().kind\n',
  'another method asks for something else':
    'def f(order: Order):\n    return order.line_or_none().price if order.has_number() else 0\n',
  'a method that the getter does not ask':
    'def f(order: Order):\n    return order.open_line("tea").price if order.tea() else 0\n',
  'who made the order made no line':
    'def start(number):\n    order = Order(number=number)\n    order.save()\n    return order\n\n\ndef f(number):\n    order = start(number)\n    return order.line_or_none("tea").price\n',
  'a caller does not ask for the same row':
    'class Slip:\n    def line(self, product):\n        return Line.objects.filter(product=product).first()\n\n    def has_line(self):\n        return checked(self.line(self.product))\n\n    def price(self):\n        return self.line(self.product).price\n\n\ndef f():\n    slip = Slip()\n    return slip.price()\n',
  'the handler of an exception about another model':
    'def f(number, register):\n    try:\n        register(number)\n    except OrderExists:\n        Line.objects.filter(product=number).first().save()\n',
};

/** Rows that are there as a rule: not worth more than an info. */
const LIKELY: Readonly<Record<string, string>> = {
  'orders were listed for it':
    'def f(buyer):\n    for order in Order.objects.filter(sales__buyer=buyer):\n        print(order.sales.filter(buyer=buyer).first().price)\n',
  'orders were listed for it, among others':
    'def f(buyer):\n    for order in Order.objects.filter(Q(number=buyer) | Q(sales__buyer=buyer)).distinct():\n        print(order.sales.filter(buyer=buyer).first().price)\n',
  'a receiver writes rows for each parent':
    'def f(buyer: Buyer):\n    return buyer.addresses.filter(kind="home").first().kind\n',
  'a receiver writes rows for each parent, which they are asked by':
    'def f(buyer: Buyer):\n    return Address.objects.filter(buyer=buyer, kind="home").first().kind\n',
};

const UNLIKELY: Readonly<Record<string, string>> = {
  'orders were listed for something else':
    'def f(buyer):\n    for order in Order.objects.filter(sales__price=buyer):\n        print(order.sales.filter(buyer=buyer).first().price)\n',
  'a receiver writes rows, but the parent may be anything':
    'def f(pk):\n    return Address.objects.filter(buyer=pk).first().kind\n',
  'a receiver writes rows, but the key is anything':
    'def f(buyer: Buyer, kind):\n    return buyer.addresses.filter(kind=kind).first().kind\n',
};

/** Of the model's own methods only those that ask by more than the row itself are warned of. */
const OWN = [
  { path: 'shop/models.py', line: 22, severity: 'info' as const },
  { path: 'shop/models.py', line: 25, severity: 'error' as const },
  { path: 'shop/models.py', line: 66, severity: 'info' as const },
  { path: 'shop/models.py', line: 69, severity: 'error' as const },
];

new RuleTester([uncheckedOptionalRow], { describe, it }, { recipes: new Map() }).run({
  valid: [],
  invalid: [
    ...Object.entries(SILENT).map(([name, code]) => ({
      name: `silent: ${name}`,
      code: shop(code),
      errors: OWN,
    })),
    ...[...Object.entries(LIKELY), ...Object.entries(UNLIKELY)].map(([name, code]) => ({
      name,
      code: shop(code),
      errors: [
        { path: 'shop/a.py', severity: name in LIKELY ? ('info' as const) : ('error' as const) },
        ...OWN,
      ],
    })),
    ...Object.entries(FOUND).map(([name, code]) => ({
      name,
      code: shop(code),
      errors: [{ path: 'shop/a.py' }, ...OWN],
    })),
  ],
});
