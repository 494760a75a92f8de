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

test('one model out of a table: a lookup of a model that is not known', async () => {
  const { lookup, confidence, verdict } = await judgementOf(`
  #### shop/work.py
  from shop.models import Customer, Order

  MODELS = {"customer": Customer, "order": Order}

  def run(kind, pk):
      return MODELS[kind].objects.get(pk=pk)
`);
  expect([lookup.model, confidence, verdict.kind]).toEqual([null, 'low', 'escapes']);
});

test('the class of a row at hand that may be of two models: silent', async () => {
  const files = filesOf(`
  #### shop/work.py
  from shop.models import Customer, Order

  def run(row: Customer | Order):
      return type(row).objects.select_for_update().get(pk=row.pk)
`);
  expect((await sessionOf(files)).judgements()).toEqual([]);
});
