import { describe, expect, it, test } from 'vitest';
import { expectFresh, said } from '../session/testing/fresh.ts';
import { fateOf, filesOf, sessionOf } from '../session/testing/program.ts';

/** A program of one lookup, and what becomes of its exception. */
const shows = (title: string, program: string, fate: string): void =>
  test.each([{ title, program, fate }])('$title', async ({ program, fate }) =>
    expect(await fateOf(program)).toBe(fate),
  );

const REGISTRY = `
  #### shop/registry.py
  HANDLERS = {}
  CHECKS = []

  def handles(kind):
      def wrap(function):
          HANDLERS[kind] = function
          return function
      return wrap

  def checks(function):
      CHECKS.append(function)
      return function

  def add(kind, function):
      HANDLERS.setdefault(kind, []).append(function)

  def handler_for(kind):
      handler = HANDLERS.get(kind)
      return handler
`;

const LOADER = `
  #### shop/loaders.py
  from shop.models import Order
  from shop.registry import add, checks, handles

  def load(order_id):
      return Order.objects.get(pk=order_id)
`;

const decorated = (decorator: string): string => LOADER.replace('  def load', `  ${decorator}\n  def load`);

const RUN = `
  #### shop/work.py
  from shop.models import Order
  from shop.registry import CHECKS, HANDLERS, handler_for

  def run(kind, order_id):
      try:
          HANDLERS[kind](order_id)
      except Order.DoesNotExist:
          return None
`;

const ANSWERED = 'handled by except "except Order.DoesNotExist in run": load < run';
const UNCALLED = 'escapes to uncalled load: load';

describe('a table that is filled elsewhere', () => {
  shows('by a decorator with a key', `${REGISTRY}${decorated('@handles("order")')}${RUN}`, ANSWERED);
  shows(
    'by a plain decorator, run one after the other',
    `${REGISTRY}${decorated('@checks')}${RUN.replace('try:', 'for check in CHECKS:\n        try:').replace('HANDLERS[kind](order_id)', '    check(order_id)').replace('except', '    except').replace('return None', '    return None')}`,
    ANSWERED,
  );
  shows(
    'by a call where the module is loaded',
    `${REGISTRY}${LOADER}\n  add("order", load)\n${RUN}`,
    ANSWERED,
  );
  shows(
    'where the app gets ready',
    `${REGISTRY}${LOADER}${RUN}
  #### shop/apps.py
  from django.apps import AppConfig

  class ShopConfig(AppConfig):
      def ready(self):
          from shop.loaders import load
          from shop.registry import add
          add("order", load)
`,
    ANSWERED,
  );
  shows(
    'by its own name in another file',
    `${REGISTRY}${LOADER}
  from shop import registry
  registry.HANDLERS["order"] = load
${RUN}`,
    ANSWERED,
  );
  shows(
    'and asked by a function',
    `${REGISTRY}${decorated('@handles("order")')}${RUN.replace('HANDLERS[kind](', 'handler_for(kind)(')}`,
    ANSWERED,
  );
  shows('and never read: nobody is blamed', `${REGISTRY}${decorated('@handles("order")')}`, UNCALLED);
  shows(
    'is another one than a table of the same name elsewhere',
    `${REGISTRY}${decorated('@handles("order")')}${RUN.replace('import CHECKS, HANDLERS, handler_for', 'import CHECKS').replace('  def run', '  HANDLERS = {}\n\n  def run')}`,
    UNCALLED,
  );
  shows(
    'inside a function only says nothing',
    `${LOADER}
  #### shop/registry.py
  #### shop/work.py
  from shop.loaders import load
  from shop.models import Order

  def fill(function):
      table = {}
      table["order"] = function

  fill(load)

  def run(kind, order_id):
      table = {}
      try:
          table[kind](order_id)
      except Order.DoesNotExist:
          return None
`,
    UNCALLED,
  );
});

describe('a registry class', () => {
  const CLASS = `
  #### shop/registry.py
  class Registry:
      def __init__(self):
          self.entries = {}

      def register(self, key):
          def wrap(entry):
              self.entries[key] = entry
              return entry
          return wrap

      def get(self, key):
          return self.entries[key]

  ships = Registry()
  mails = Registry()
  #### shop/ship.py
  from shop.models import Order
  from shop.registry import ships

  @ships.register("order")
  class Ship:
      def go(self, order_id):
          return Order.objects.get(pk=order_id)
`;
  const run = (call: string): string => `${CLASS}
  #### shop/work.py
  from shop.models import Order
  from shop.registry import mails, ships

  def run(kind, order_id):
      try:
          ${call}
      except Order.DoesNotExist:
          return None
`;
  const SHIPPED = 'handled by except "except Order.DoesNotExist in run": Ship.go < run';
  shows('that gives the class', run('ships.get(kind)().go(order_id)'), SHIPPED);
  shows(
    'that runs it itself',
    run('ships.run(kind, order_id)').replace(
      '  ships = Registry()',
      '      def run(self, key, order_id):\n          return self.entries[key]().go(order_id)\n\n  ships = Registry()',
    ),
    'handled by except "except Order.DoesNotExist in run": Ship.go < Registry.run < run',
  );
  shows(
    'is asked for its own entries only',
    run('mails.get(kind)().go(order_id)'),
    'escapes to uncalled Ship.go: Ship.go',
  );
});

describe('after an edit', () => {
  const program = filesOf(`${REGISTRY}${decorated('@handles("order")')}${RUN}`);
  const edit = async (path: string, from: string, to: string): Promise<void> => {
    const session = await sessionOf(program);
    const before = said(session);
    const text = (program.get(path) ?? '').replace(from, to);
    expect(text).not.toBe(program.get(path));
    session.update(path, Buffer.from(text));
    expect(said(session)).not.toEqual(before);
    await expectFresh(session, new Map([...program, [path, text]]));
  };

  it('a decorator that registers nothing any more', () =>
    edit('shop/registry.py', 'HANDLERS[kind] = function', 'pass'));
  it('an entry that is taken of another table', () =>
    edit('shop/work.py', 'HANDLERS[kind](order_id)', 'CHECKS[kind](order_id)'));
  it('a function that asks another table', async () => {
    const asked = filesOf(
      `${REGISTRY}${decorated('@handles("order")')}${RUN.replace('HANDLERS[kind](', 'handler_for(kind)(')}`,
    );
    const session = await sessionOf(asked);
    const before = said(session);
    const path = 'shop/registry.py';
    const text = (asked.get(path) ?? '').replace('HANDLERS.get(kind)', 'OTHERS.get(kind)');
    session.update(path, Buffer.from(text));
    expect(said(session)).not.toEqual(before);
    await expectFresh(session, new Map([...asked, [path, text]]));
  });
});
