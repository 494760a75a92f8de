import { describe, expect, it } from 'vitest';
import { judgementOf } from '../session/testing/program.ts';

/** How the first lookup of a program names its exception. */
const named = async (head: string): Promise<string> =>
  (
    await judgementOf(`
  #### shop/types.py
  import graphene
  class Order(graphene.ObjectType):
      pass
  #### shop/work.py
  from shop import models
  ${head}

  def run(pk):
      order = models.Order.objects.filter(pk=pk).first()
      order.refresh_from_db()
`)
  ).lookup.exception;

describe('the exception of a lookup', () => {
  it('is named by its model', async () => expect(await named('')).toBe('Order.DoesNotExist'));

  it('is named by none where the name stands for another class', async () =>
    expect(await named('from shop.types import Order')).toBe('ObjectDoesNotExist'));
});
