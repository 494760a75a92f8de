import { type Source, RuleTester } from '@danglint/testing';
import { describe, it } from 'vitest';
import { unhandledRelation } from './unhandled-relation.ts';

interface Told {
  readonly body: string;
  /** How an order names its customer. */
  readonly key?: string;
  readonly connected?: string;
  readonly behind?: string;
  readonly params?: string;
}

/** Orders that go with their customer, each of which has a profile, and what is told of a deleted order. */
function receiver({
  body,
  key = 'models.CASCADE',
  connected = '@receiver(post_delete, sender=Order)',
  behind = '',
  params = 'sender, instance, **kwargs',
}: Told): Source {
  return {
    'app/models.py': `from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver


class Customer(models.Model):
    name = models.CharField(max_length=20)


class Profile(models.Model):
    customer = models.OneToOneField(Customer, on_delete=models.CASCADE)
    orders = models.IntegerField()


class Order(models.Model):
    customer = models.ForeignKey(Customer, ${key})


@receiver(post_save, sender=Customer)
def make_profile(sender, instance, created, **kwargs):
    if created:
        Profile.objects.create(customer=instance, orders=0)
`,
    'app/signals.py': `from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from app.models import Order


${connected}
def uncount(${params}):
    ${body.replaceAll('\n', '\n    ')}


${behind}
`,
  };
}

const PROFILE = 'instance.customer.profile.save()';
const NAME = 'print(instance.customer.name)';
const nullable = { key: 'null=True, on_delete=models.CASCADE' };
const error = { path: 'app/signals.py', line: 8, severity: 'warning' } as const;

new RuleTester([unhandledRelation], { describe, it }, { recipes: new Map() }).run({
  valid: [
    {
      name: 'before anything is deleted',
      code: receiver({ body: PROFILE, connected: '@receiver(pre_delete, sender=Order)' }),
    },
    { name: 'one that a foreign key which is never NULL names', code: receiver({ body: NAME }) },
    { name: 'nullable, kept', code: receiver({ body: NAME, key: 'null=True, on_delete=models.SET_NULL' }) },
    {
      name: 'a profile that a kept order leads to',
      code: receiver({ body: PROFILE, key: 'models.PROTECT' }),
    },
    {
      name: 'deleted by itself',
      code: receiver({ body: `if instance == kwargs["origin"]:\n    ${PROFILE}` }),
    },
    {
      name: 'deleted by itself, the parent of a nullable foreign key',
      code: receiver({
        body: `if instance != origin:\n    return\n${NAME}`,
        params: 'sender, instance, origin, **kwargs',
        ...nullable,
      }),
    },
    { name: 'the id alone', code: receiver({ body: 'print(instance.customer_id)', ...nullable }) },
    {
      name: 'asked for',
      code: receiver({ body: `if hasattr(instance.customer, "profile"):\n    ${PROFILE}` }),
    },
    {
      name: 'answered',
      code: receiver({
        body: `try:\n    ${NAME}\nexcept Order.customer.field.related_model.DoesNotExist:\n    pass`,
        ...nullable,
      }),
    },
  ],
  invalid: [
    {
      name: "the parent's other child",
      code: receiver({ body: PROFILE }),
      errors: [
        {
          ...error,
          message:
            /^`Profile` row behind `.profile` may be gone: it is deleted along with the row that this receiver is told of and nobody handles/,
        },
      ],
    },
    {
      name: "the parent's other child, of a parent under a name",
      code: receiver({ body: 'customer = instance.customer\ncustomer.profile.save()' }),
      errors: [{ ...error, line: 9 }],
    },
    {
      name: 'a parent of a nullable foreign key, once',
      code: receiver({ body: `${NAME}\n${NAME}`, ...nullable }),
      errors: [
        {
          ...error,
          message:
            /^`Customer` row behind `.customer` may be gone: it is deleted along with the row that this/,
        },
      ],
    },
    {
      name: 'taken out of the keywords',
      code: receiver({
        body: 'order = kwargs["instance"]\nprint(order.customer.name)',
        params: '**kwargs',
        ...nullable,
      }),
      errors: [{ ...error, line: 9 }],
    },
    {
      name: 'connected by a call',
      code: receiver({
        body: NAME,
        ...nullable,
        connected: '',
        behind: 'post_delete.connect(uncount, sender=Order)',
      }),
      errors: [error],
    },
  ],
});
