import { expect, test } from 'vitest';
import { fateOf } from '../session/testing/program.ts';

const shows = (title: string, program: string, expected: string): void =>
  test.each([{ title, program, expected }])('$title', async ({ program, expected }) =>
    expect((await fateOf(program)).replace(/ ".*/, '')).toBe(expected),
  );

/** An object that is connected to a signal, and code that sends it. */
const program = (sent: string, more = ''): string => `
  #### shop/receivers.py
  from shop.models import Customer, Order

  class Notify:
      def __call__(self, sender, **kwargs):
          self.notify(**kwargs)

      def notify(self, **kwargs):
          return Customer.objects.get(pk=kwargs["customer_id"]) #!
  #### shop/work.py
  from shop.models import Customer, Order
  from shop.signals import shipped

  def tell(signal, order, **kwargs):
      signal.send(sender=order, **kwargs)

  def ship(order: Order, payload):
      ${sent}
${more}`;

const ESCAPES = 'escapes to receiver Notify.__call__: Notify.notify < Notify.__call__';
shows(
  'ids of rows',
  program('shipped.send(sender=order, customer_id=order.customer.pk)'),
  'guaranteed by constrained-parent',
);
shows(
  'ids that a helper sends',
  program('tell(shipped, order, customer_id=order.customer_id)'),
  'guaranteed by constrained-parent',
);
shows('what somebody else said', program('shipped.send(sender=order, customer_id=payload["id"])'), ESCAPES);
shows(
  'one of several',
  program(
    'shipped.send(sender=order, customer_id=order.customer.pk)\n      shipped.send(sender=order, customer_id=payload)',
  ),
  ESCAPES,
);
shows('nobody sends it', program('shipped.send(sender=order)'), ESCAPES);
shows(
  'what a test sends',
  program(
    'shipped.send(sender=order, customer_id=order.customer.pk)',
    '\n  #### shop/tests/test_work.py\n  from shop.signals import shipped\n\n  def test_it():\n      shipped.send(sender=None, customer_id=3)\n',
  ),
  'guaranteed by constrained-parent',
);

/** A receiver that has a parameter for what it is sent. */
const named = (sent: string): string => `
  #### shop/receivers.py
  from django.dispatch import receiver
  from shop.models import Customer, Order
  from shop.signals import shipped

  @receiver(shipped)
  def notify(sender, customer_id, **kwargs):
      return Customer.objects.get(pk=customer_id) #!
  #### shop/work.py
  from shop.models import Order
  from shop.signals import shipped

  def ship(order: Order, payload):
      ${sent}
`;
shows(
  'a parameter that is sent ids of rows',
  named('shipped.send(sender=order, customer_id=order.customer.pk)'),
  'guaranteed by constrained-parent',
);
shows(
  'a parameter that is sent what somebody else said',
  named('shipped.send(sender=order, customer_id=payload["id"])'),
  'escapes to receiver notify: notify',
);
