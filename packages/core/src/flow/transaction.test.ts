import { describe, expect, it } from 'vitest';
import { judgementOf } from '../session/testing/program.ts';

/** Why leaving a task early would commit what the exception rolled back; null where nothing was written before the lookup. */
async function doubt(body: string, decorators = ''): Promise<string | null> {
  const lines = body.split('\n').map((line) => `    ${line}`);
  const head = `from celery import shared_task
from django.db import transaction
from shop.models import Customer, Order

def note(text):
    return remember(text)

def remember(text):
    Customer.objects.create(email=text)

def count(words):
    seen = set()
    for word in words:
        seen.add(word)
    return len(seen)

`;
  const code = `${head}${decorators}@shared_task\ndef run(order_id, ids):\n${lines.join('\n')}\n`;
  const { lookup } = await judgementOf(`#### shop/tasks.py\n${code}`);
  return lookup.host.hazards.find(({ kind }) => kind === 'atomic')?.why ?? null;
}

const GET = 'order = Order.objects.get(pk=order_id)';
const DIRECT = expect.stringMatching(/^rows were written before it in the same transaction: /);
const BY_NOTE = expect.stringMatching(/^rows were written before it in the same transaction \(by `note`\): /);

describe('rows that were written before a lookup in its transaction', () => {
  it.each([
    [
      'by the function itself',
      `with transaction.atomic():\n    Customer(email="a").save()\n    ${GET}`,
      DIRECT,
    ],
    [
      'by a function that another one calls',
      `with transaction.atomic():\n    note("a")\n    ${GET}`,
      BY_NOTE,
    ],
    [
      'in an earlier pass of a loop',
      `with transaction.atomic():\n    for order_id in ids:\n        ${GET}\n        order.save()`,
      DIRECT,
    ],
    [
      'in an earlier pass of the loop around its loop',
      `with transaction.atomic():\n    for part in ids:\n        for order_id in part:\n            ${GET}\n        note("a")`,
      BY_NOTE,
    ],
  ])('%s', async (_, body, why) => {
    expect(await doubt(body)).toEqual(why);
  });

  it('counts from the start of a function that is a transaction', async () => {
    expect(await doubt(`note("a")\n${GET}`, '@transaction.atomic\n')).toEqual(BY_NOTE);
  });

  it.each([
    ['no transaction', `note("a")\n${GET}\norder.save()`],
    ['before the transaction', `note("a")\nwith transaction.atomic():\n    ${GET}`],
    ['after it', `with transaction.atomic():\n    ${GET}\n    order.save()`],
    [
      'a transaction for each pass',
      `for order_id in ids:\n    with transaction.atomic():\n        ${GET}\n        order.save()`,
    ],
    ['a set, which is no table', `with transaction.atomic():\n    count(ids)\n    ${GET}`],
  ])('nothing: %s', async (_, body) => {
    expect(await doubt(body)).toBeNull();
  });
});
