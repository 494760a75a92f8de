import { expect, test } from 'vitest';
import { filesOf, judgementOf, sessionOf } from '../session/testing/program.ts';

const program = (rows: string, lookup: string): string => `
  #### shop/work.py
  from shop.models import Customer, Order

  def run(flag, pk):
      rows = ${rows}
      ${lookup}
`;

test('a slice in one branch rules first() out', async () => {
  const { lookup } = await judgementOf(
    program('Order.objects.filter(number="1") if flag else Order.objects.all()[:5]', 'rows.get(pk=pk)'),
  );
  expect(lookup.model).toBe('Order');
  expect(lookup.first).toEqual({ kind: 'never', why: 'the queryset is sliced' });
});

test('a filter in one branch proves no uniqueness', async () => {
  const { lookup } = await judgementOf(
    program('Order.objects.filter(pk=pk) if flag else Order.objects.all()', 'rows.get(number="1")'),
  );
  expect(lookup.uniqueness.proven).toBe(false);
});

test('plain querysets of one model keep first()', async () => {
  const { lookup } = await judgementOf(
    program('Order.objects.all() if flag else Order.objects.filter(number="1")', 'rows.get(pk=pk)'),
  );
  expect(lookup.first.kind).toBe('same');
});

test('two models: silent', async () => {
  const files = filesOf(program('Order.objects if flag else Customer.objects', 'rows.get(pk=pk)'));
  expect((await sessionOf(files)).judgements()).toEqual([]);
});
