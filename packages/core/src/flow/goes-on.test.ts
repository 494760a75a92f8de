import { describe, expect, it } from 'vitest';
import { judgementOf } from '../session/testing/program.ts';

/** Who would go on as if a task had done its work. */
async function waiting(caller: string): Promise<string[]> {
  const { lookup } = await judgementOf(`
  #### shop/tasks.py
  from celery import shared_task
  from shop.models import Order

  @shared_task
  def charge(order_id):
      order = Order.objects.get(pk=order_id) #!
      order.charge()
  #### shop/management/commands/charge.py
  from celery import shared_task
  from django.core.management.base import BaseCommand
  from shop.models import Order
  from shop.tasks import charge

  ${caller.trim().replaceAll('\n', '\n  ')}
`);
  return lookup.host.hazards.flatMap(({ kind, why }) =>
    kind === 'caller-goes-on' ? (/`(.*)` calls/.exec(why)?.slice(1) ?? []) : [],
  );
}

const command = (line: string): string =>
  `class Command(BaseCommand):\n    def handle(self, *args, **options):\n        ${line}\n        print("charged")`;

describe('a task that is called as a plain function', () => {
  it.each([
    ['by a command', command('charge(options["order"])'), ['Command.handle']],
    ['with a row at hand', command('charge(Order.objects.first().pk)'), []],
    ['is sent to the queue', command('charge.delay(options["order"])'), []],
    ['by another task', '@shared_task\ndef charge_all(ids):\n    for pk in ids:\n        charge(pk)', []],
  ])('%s', async (_title, caller, expected) => {
    expect(await waiting(caller)).toEqual(expected);
  });
});
