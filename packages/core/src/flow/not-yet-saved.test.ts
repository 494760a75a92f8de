import { describe, expect, test } from 'vitest';
import { fateOf } from '../session/testing/program.ts';

const program = (name: string, body: string, key = ''): string => `
  #### shop/models.py
  import uuid
  from django.db import models

  class Order(models.Model):
      ${key === '' ? 'number = models.IntegerField()' : key}
      status = models.CharField(max_length=9)

      def ${name}(self, *args, **kwargs):
          ${body.replaceAll('\n', '\n          ')}
`;

const UUID = 'id = models.UUIDField(primary_key=True, default=uuid.uuid4)';
const OLD = 'old = Order.objects.get(pk=self.pk)';

const isThere = (title: string, text: string): void =>
  test.each([{ title, text }])('$title', async ({ text }) =>
    expect(await fateOf(text)).toBe('guaranteed by loaded "self is a row at hand"'),
  );
const mayBeNew = (title: string, text: string, name = 'save'): void =>
  test.each([{ title, text }])('$title', async ({ text }) =>
    expect(await fateOf(text)).toBe(`escapes to uncalled Order.${name}: Order.${name}`),
  );

describe('a model that is about to be written', () => {
  mayBeNew('nothing tells new rows from others', program('save', OLD));
  mayBeNew('nor in clean, which an add form calls', program('clean', OLD), 'clean');
  mayBeNew('a key that new rows have, too', program('save', `if self.pk:\n    ${OLD}`, UUID));
  mayBeNew('the same, left early', program('save', `if self.id is None:\n    return\n${OLD}`, UUID));
  isThere('a key that the table gives', program('save', `if self.pk:\n    ${OLD}`));
  isThere('left early without one', program('save', `if not self.id:\n    return super().save()\n${OLD}`));
  isThere('what Django says of it', program('save', `if not self._state.adding:\n    ${OLD}`, UUID));
  isThere('its else', program('save', `if self._state.adding:\n    pass\nelse:\n    ${OLD}`, UUID));
  isThere(
    'the table was asked',
    program('save', `if Order.objects.filter(pk=self.pk).exists():\n    ${OLD}`, UUID),
  );
  isThere('another column says so', program('save', `if self.status:\n    ${OLD}`, UUID));
  isThere('it was written just before', program('save', `super().save(*args, **kwargs)\n${OLD}`));
  isThere(
    'it was written in a block before',
    program('save', `with transaction.atomic():\n    made = super().save(*args, **kwargs)\n${OLD}`),
  );
  isThere('any other method', program('refresh', OLD, UUID));
});

describe('rows in forms and signals', () => {
  const work = (body: string, head = 'def run(form, instance):'): string => `
  #### shop/models.py
  import uuid
  from django.db import models

  class Order(models.Model):
      ${UUID}
  #### shop/work.py
  from django.db.models.signals import post_delete, post_save, pre_save
  from django.dispatch import receiver
  from shop.models import Order

  ${head.replaceAll('\n', '\n  ')}
      ${body.replaceAll('\n', '\n      ')}
  `;
  const escapes = (title: string, text: string): void =>
    test.each([{ title, text }])('$title', async ({ text }) =>
      expect(await fateOf(text)).toMatch(/^escapes/),
    );
  escapes('kept back', work('order = form.save(commit=False)\nOrder.objects.get(pk=order.pk)'));
  test('kept back, and written then', async () =>
    expect(
      await fateOf(work('order = form.save(commit=False)\norder.save()\nOrder.objects.get(pk=order.pk)')),
    ).toMatch(/^guaranteed/));
  escapes(
    'a receiver that only asks for a key which new rows have',
    work(
      'if not instance.pk:\n    return\nOrder.objects.get(pk=instance.pk)',
      '@receiver(pre_save, sender=Order)\ndef run(sender, instance: Order, **kwargs):',
    ),
  );
  for (const taken of ['kwargs["instance"]', 'kwargs.get("instance")', 'kwargs.pop("instance")'])
    escapes(
      `a receiver that takes its row out of ${taken}`,
      work(
        `order = ${taken}\nOrder.objects.get(pk=order.pk)`,
        '@receiver(pre_save, sender=Order)\ndef run(sender, **kwargs):',
      ),
    );
  escapes(
    'and its model, too',
    work(
      'order = kwargs["instance"]\nkwargs["sender"].objects.get(pk=order.pk)',
      '@receiver(pre_save, sender=Order)\ndef run(**kwargs):',
    ),
  );
  test('such a row after it was written', async () =>
    expect(
      await fateOf(
        work(
          'order = kwargs["instance"]\nOrder.objects.get(pk=order.pk)',
          '@receiver(post_save, sender=Order)\ndef run(sender, **kwargs):',
        ),
      ),
    ).toBe('guaranteed by loaded "order is a row at hand"'));
  escapes(
    'what was deleted just now',
    work(
      'Order.objects.get(pk=instance.pk)',
      '@receiver(post_delete, sender=Order)\ndef run(sender, instance, **kwargs):',
    ),
  );
  escapes(
    'deleted by a query',
    work(
      'Order.objects.filter(pk=order.pk).delete()\nOrder.objects.get(pk=order.pk)',
      'def run(order: Order):',
    ),
  );
  escapes(
    'deleted, its key kept',
    work('pk = order.pk\norder.delete()\nOrder.objects.get(pk=pk)', 'def run(order: Order):'),
  );
});
