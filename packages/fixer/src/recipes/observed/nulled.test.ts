import { rules } from '@danglint/rules';
import { expect, it } from 'vitest';
import { fixAll } from '../../apply/fix-all.ts';
import { sessionOf } from '../../testing/program.ts';
import { pythonErrors } from '../../testing/python.ts';

const MODELS = `from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=20)


class Order(models.Model):
    customer = models.ForeignKey(Customer, null=True, on_delete=models.SET_NULL)
    paid = models.BooleanField()


def label(order: Order):
    return order.customer.name if order.customer else ""


def is_known(order: Order):
    if order.customer is None:
        return False
    return True
`;

const HEAD = `import logging

from celery import shared_task

from shop.models import Order

logger = logging.getLogger(__name__)


@shared_task
def greet(ids):
    for order in Order.objects.filter(id__in=ids):
`;

/** The task with a body of its loop, before and after all fixes; and how each of them is told. */
async function fixed(body: string): Promise<{ after: string; told: readonly unknown[] }> {
  const text = `${HEAD}${body.replace(/^(?=.)/gm, '        ')}\n`;
  const session = await sessionOf(
    { 'shop/models.py': MODELS, 'shop/tasks.py': text },
    { rules: rules.filter(({ meta }) => meta.code === 'DNE007') },
  );
  const outcome = fixAll(session, { unsafe: true });
  const after = session.source('shop/tasks.py')?.text ?? '';
  expect(pythonErrors([after])).toEqual([null]);
  const told = outcome.applied.map(({ applicability, why }) => [applicability, why]);
  return { after: after.slice(HEAD.length).replace(/^ {8}/gm, ''), told };
}

const WHY = 'what has lost its `customer` may be worth an answer without it';

it('keeps the row of a foreign key in a name, and asks whether it is there', async () => {
  expect(await fixed('# at last\nsend(order.paid, order.customer.name, order.customer.pk)  # now')).toEqual({
    after: `# at last
customer = order.customer
if customer is None:
    logger.info("customer.not_found", extra={"order_id": order.pk})
    continue
send(order.paid, customer.name, customer.pk)  # now
`,
    told: [['unsafe', WHY]],
  });
});

it('asks for the name that holds it', async () => {
  expect(await fixed('customer = order.customer\nsend(customer.name)')).toEqual({
    after: `customer = order.customer
if customer is None:
    logger.info("customer.not_found", extra={"order_id": order.pk})
    continue
send(customer.name)
`,
    told: [['unsafe', WHY]],
  });
});
