import { describe, expect, test } from 'vitest';
import { fateText, filesOf, sessionOf } from '../session/testing/program.ts';

/** Where the handler for the shared lookup may stand. */
type Home = 'callee' | 'first' | 'second';

function answered(call: string, here: boolean): string {
  if (!here) return call;
  return `try:\n          ${call}\n      except Order.DoesNotExist:\n          return None`;
}

/** One lookup that two tasks share, and lookups beside it in every file. */
function program(homes: readonly Home[]): string {
  const at = (home: Home, call: string): string => answered(call, homes.includes(home));
  return `
  #### shop/loaders.py
  from shop.models import Customer, Order

  def load(order_id):
      ${at('callee', 'order = Order.objects.get(pk=order_id)')}
      return order

  def owner(email):
      try:
          return Customer.objects.get(email=email)
      except Customer.DoesNotExist:
          return None
  #### shop/first.py
  from celery import shared_task
  from shop.loaders import load, owner
  from shop.models import Customer, Order

  @shared_task
  def first(order_id, email):
      ${at('first', 'load(order_id)')}
      owner(email)
      return Customer.objects.get(email=email)
  #### shop/second.py
  from celery import shared_task
  from shop.loaders import load
  from shop.models import Order

  @shared_task
  def second(order_id):
      ${at('second', 'load(order_id)')}
      return Order.objects.get(number=order_id)
`;
}

/** Every verdict of the program, by model and function of its lookup. */
async function verdicts(homes: readonly Home[]): Promise<Record<string, string>> {
  const session = await sessionOf(filesOf(program(homes)));
  return Object.fromEntries(
    session
      .judgements()
      .map(({ lookup, verdict }) => [
        `${lookup.model} in ${lookup.host.function}`,
        fateText(verdict, lookup.host.function),
      ]),
  );
}

const UNTOUCHED = {
  'Customer in owner': 'handled by except "except Customer.DoesNotExist in owner": owner',
  'Customer in first': 'escapes to task first: first',
  'Order in second': 'escapes to task second: second',
};

const handledBy = (name: string, path: string): string =>
  `handled by except "except Order.DoesNotExist in ${name}": ${path}`;

describe('a handler that moves to another file changes the verdict of what it answers, and no other one', () => {
  test.each([
    { homes: ['callee'], fate: handledBy('load', 'load') },
    { homes: ['first'], fate: 'escapes to task second: load < second' },
    { homes: ['second'], fate: 'escapes to task first: load < first' },
    { homes: ['first', 'second'], fate: handledBy('first', 'load < first') },
    { homes: ['callee', 'first'], fate: handledBy('load', 'load') },
    { homes: [], fate: 'escapes to task first: load < first' },
  ] satisfies { homes: Home[]; fate: string }[])('$homes', async ({ homes, fate }) => {
    expect(await verdicts(homes)).toEqual({ ...UNTOUCHED, 'Order in load': fate });
  });

  test('the direct callers that do not answer are all named', async () => {
    const session = await sessionOf(filesOf(program([])));
    const shared = session.judgements().find(({ lookup }) => lookup.host.function === 'load');
    expect(shared?.verdict).toMatchObject({
      kind: 'escapes',
      otherPaths: 1,
      callers: [{ function: 'first' }, { function: 'second' }],
    });
  });
});
