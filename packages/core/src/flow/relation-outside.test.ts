import { describe, expect, test } from 'vitest';
import { fateOf } from '../session/testing/program.ts';

const MODELS = `
  #### shop/models.py
  from django.db import models

  class Order(models.Model):
      number = models.CharField(max_length=20)

  class Invoice(models.Model):
      order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="invoice")
`;

const work = (body: string): string => `${MODELS}
  #### shop/work.py
  from django.views.generic import FormView
  from shop.models import Invoice, Order

  ${body.trim().replaceAll('\n', '\n  ')}
`;

const ASKED = 'guaranteed by loaded "hasattr asks for invoice first"';

const shows = (title: string, body: string, fate: string): void =>
  test.each([{ title, body, fate }])('$title', async ({ body, fate }) =>
    expect(await fateOf(work(body))).toContain(fate),
  );

describe('the row behind a parameter, for which all callers ask', () => {
  const calls = (caller: string): string => `
def total(order: Order):
    return order.invoice.pk #!

${caller}`;
  const tells = (asked: string): string => `def tell(order: Order):
    if hasattr(order, "${asked}"):
        return total(order)`;
  shows('in a test around', calls(tells('invoice')), ASKED);
  shows(
    'in a test before, whatever comes of it',
    calls(`def tell(order: Order):
    if hasattr(order, "invoice"):
        text = "paid"
    else:
        text = "open"
    return text, total(order)`),
    'escapes',
  );
  shows(
    'in a test that leaves',
    calls(`def tell(order: Order):
    if not hasattr(order, "invoice"):
        return None
    return total(order)`),
    ASKED,
  );
  shows('for something else', calls(tells('number')), 'escapes');
  shows('under another name', calls(tells('invoice').replaceAll('order', 'sale')), ASKED);
  shows(
    'two calls away',
    calls(`def rounded(order: Order):
    return round(total(order))

${tells('invoice').replace('total', 'rounded')}`),
    ASKED,
  );
  shows(
    'but for one',
    calls(`${tells('invoice')}

def late(order: Order):
    return total(order)`),
    'escapes',
  );
  shows('of another row', calls(tells('invoice').replace('total(order)', 'total(order.parent)')), 'escapes');
  shows('and nobody calls', calls(''), 'escapes');
  shows(
    'that is another row by now',
    calls(tells('invoice')).replace(
      '    return order.',
      '    order = Order.objects.last()\n    return order.',
    ),
    'escapes',
  );
});

describe('a method that the object asks for in an override', () => {
  const tokens = (check: string): string => `
class Tokens:
    def check(self, order, token):
        return token == self.sign(order)

    def sign(self, order):
        return order.number

class InvoiceTokens(Tokens):
    def check(self, order: Order, token):
        ${check.replaceAll('\n', '\n        ')}
        return super().check(order, token)

    def sign(self, order: Order):
        return order.invoice.pk #!

def open_page(tokens: Tokens, order: Order, token):
    return tokens.check(order, token)`;
  shows(
    'before it runs the one of its base',
    tokens('try:\n    order.invoice #\nexcept Invoice.DoesNotExist:\n    return False'),
    'guaranteed by loaded "order.invoice was read before, and is kept"',
  );
  shows('which does not', tokens('print(token)'), 'escapes');
});

describe('the row of a view, for which `dispatch` asks', () => {
  const view = (test: string): string => `
class Pay(FormView):
    def dispatch(self, request, *args, **kwargs):
        self.order = Order.objects.first()
        if ${test}:
            return redirect("orders")
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"invoice": self.order.invoice.pk} #!`;
  const asked = 'guaranteed by loaded "dispatch asks for invoice first"';
  shows('and leaves', view('not hasattr(self.order, "invoice")'), asked);
  shows('and leaves where it is', view('hasattr(self.order, "invoice")'), 'escapes');
  shows('of another row', view('not hasattr(self.cart, "invoice")'), 'escapes');
});

describe('the row that a call before has made', () => {
  const made = (call: string, last = 'return Invoice.objects.get_or_create(order=order)[0]'): string => `
def invoice_of(order):
    if not order:
        return None
    ${last}

def pay(order: Order, other: Order):
    ${call}
    return order.invoice.pk #!`;
  const created = 'guaranteed by created "invoice was made just before"';
  shows('as a statement', made('invoice_of(order)'), created);
  shows('in a test', made('if not invoice_of(order).is_open:\n        return None'), created);
  shows('of another order', made('invoice_of(other)'), 'escapes');
  shows(
    'that only some tests come to',
    made('if other.number and invoice_of(order):\n        pass'),
    'escapes',
  );
  shows(
    'which it does not',
    made('invoice_of(order)', 'return Invoice.objects.filter(order=order)'),
    'escapes',
  );
});
