import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Shortcut, SHORTCUTS } from '../project/index.ts';
import { said, shop } from './testing/fresh.ts';
import { type Files, filesOf, sessionOf } from './testing/program.ts';
import { plans, programOf } from './testing/random-program.ts';

/** Fails when a program's answers are other ones without some shortcuts. */
async function expectSame(files: Files, without: readonly Shortcut[]): Promise<readonly string[]> {
  const answers = said(await sessionOf(files));
  expect(said(await sessionOf(files, {}, without))).toEqual(answers);
  return answers;
}

/** Functions that are called by other names than their own, rows that may be None, maps and items of rows. */
const NAMES = filesOf(`
  #### shop/load.py
  from functools import partial
  from shop.models import Order

  def load(pk):
      return Order.objects.get(pk=pk)

  def first(number):
      return Order.objects.filter(number=number).first()

  renamed = load
  bound = partial(load, 3)
  TABLE = {"load": load}

  class Loader:
      def __call__(self, pk):
          return load(pk)

      run = load
  #### shop/tasks.py
  from celery import shared_task
  from shop.load import Loader, TABLE, bound, first, load as other, renamed
  from shop.models import Order

  @shared_task
  def by_name(pk):
      other(pk)

  @shared_task
  def by_value(pk):
      renamed(pk)

  @shared_task
  def by_part():
      bound()

  @shared_task
  def by_table(pk):
      TABLE["load"](pk)

  @shared_task
  def by_loop(pk):
      for call in [renamed, other]:
          call(pk)

  @shared_task
  def by_choice(pk):
      chosen = renamed if pk else bound
      chosen(pk)

  @shared_task
  def by_parameter(pk):
      run(other, pk)

  def run(call, pk):
      call(pk)

  def loader() -> Loader:
      return Loader()

  @shared_task
  def by_instance(pk):
      made = loader()
      made(pk)

  @shared_task
  def by_class(pk):
      Loader()(pk)

  @shared_task
  def optional(number, pks):
      first(number).delete()
      rows = Order.objects.in_bulk(pks)
      filled = {}
      for row in Order.objects.filter(pk__in=pks):
          filled[row.pk] = row
      return rows[pks[0]], filled[pks[1]], Order.objects.filter(number=number)[0]
`);

const CHOICES: readonly { readonly without: readonly Shortcut[] }[] = [
  ...SHORTCUTS.map((one) => ({ without: [one] })),
  { without: SHORTCUTS },
];

describe.each(CHOICES)('without $without the same is said', ({ without }) => {
  it('of the shop', async () => {
    expect((await expectSame(shop(), without)).length).toBeGreaterThan(10);
  });

  it('of functions with several names and of rows that may be missing', async () => {
    const answers = await expectSame(NAMES, without);
    expect(answers.filter((one) => one.includes('"optional-row"'))).toHaveLength(1);
    expect(answers.filter((one) => one.includes('"row-map"')).length).toBeGreaterThan(0);
  });

  it('of programs that go in circles', async () => {
    const names = ['mod_a', 'mod_b', 'mod_c', 'mod_d', 'mod_e', 'mod_f'];
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        await expectSame(programOf(plan, names), without);
      }),
      { seed: 61, numRuns: 25 },
    );
  });
});
