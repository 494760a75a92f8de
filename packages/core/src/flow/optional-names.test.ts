import { expect, it } from 'vitest';
import { said } from '../session/testing/fresh.ts';
import { filesOf, sessionOf } from '../session/testing/program.ts';
import { freshKey } from './optional-names.ts';

it('what gives None since a fix brings nothing to light that has nothing to do with it', async () => {
  const session = await sessionOf(
    filesOf(`
  #### shop/a.py
  from shop.b import pass_row

  def give_row(number):
      return pass_row(number)

  def use(number):
      return give_row(number).name
  #### shop/b.py
  from shop.c import fetch_row

  def pass_row(number):
      return fetch_row(number)
  #### shop/c.py
  from shop.models import Order

  def fetch_row(number):
      try:
          return Order.objects.get(number=number)
      except Order.DoesNotExist:
          return None

  def other(pk):
      return Order.objects.filter(pk=pk).latest()
`),
  );
  const before = said(session);
  session.expectNone(new Set([freshKey('shop/c.py', 'other')]));
  expect(said(session)).toEqual(before);
  session.expectNone(new Set([freshKey('shop/c.py', 'fetch_row')]));
  expect(said(session)).not.toEqual(before);
});
