import { describe, expect, it, test } from 'vitest';
import { expectFresh, said } from '../session/testing/fresh.ts';
import { fateOf, filesOf, sessionOf } from '../session/testing/program.ts';

const ANSWERED = 'handled by except "except Order.DoesNotExist in run": load < run';
const UNCALLED = 'escapes to uncalled load: load';

/** A registry, a function that is registered in it (`registered`: the line or decorator), and one that asks it. */
const program = (registry: string, registered: string, asked: string): string => `
#### shop/registry.py
${registry}
#### shop/loaders.py
from shop.models import Order
from shop.registry import *

${registered.startsWith('@') ? registered : ''}
def load(order_id):
    return Order.objects.get(pk=order_id)

${registered.startsWith('@') ? '' : registered}
#### shop/work.py
from shop.models import Order
from shop.registry import *

def run(kind, order_id):
    try:
        ${asked}
    except Order.DoesNotExist:
        return None
`;

type Case = readonly [title: string, registry: string, registered: string, asked: string, fate: string];
const shows = (cases: readonly Case[]): void =>
  test.each(cases)('%s', async (_, registry, registered, asked, fate) =>
    expect(await fateOf(program(registry, registered, asked))).toBe(fate),
  );

const BASE = `
class Base:
    handlers = {}

    @classmethod
    def register(cls, function):
        cls.handlers[function.__name__] = function
        return function

class Own(Base):
    handlers = {}

class Other(Base):
    handlers = {}

class Heir(Base):
    pass
`;

describe('a table of classes', () => {
  shows([
    ['is that of the class that registers', BASE, '@Own.register', 'Own.handlers[kind](order_id)', ANSWERED],
    ['is not that of its sister', BASE, '@Own.register', 'Other.handlers[kind](order_id)', UNCALLED],
    ['is not that of its base', BASE, '@Own.register', 'Base.handlers[kind](order_id)', UNCALLED],
    ['is read of its instances', BASE, '@Own.register', 'Own().handlers[kind](order_id)', ANSWERED],
    ["is the base's where it has none", BASE, '@Heir.register', 'Base.handlers[kind](order_id)', ANSWERED],
  ]);
});

const SHARED = `
class Registry:
    entries = {}

    def register(self, function):
        self.entries[function.__name__] = function
        return function

    def get(self, key):
        return self.entries[key]

ships = Registry()
mails = Registry()
boats = ships
`;
const SEPARATE = SHARED.replace('    entries = {}', '    def __init__(self):\n        self.entries = {}');

describe('a table of instances', () => {
  shows([
    [
      'is one for all that have it of their class',
      SHARED,
      '@ships.register',
      'mails.get(kind)(order_id)',
      ANSWERED,
    ],
    [
      "is each one's own where they make it",
      SEPARATE,
      '@ships.register',
      'mails.get(kind)(order_id)',
      UNCALLED,
    ],
    ['has the instance under two names', SEPARATE, '@boats.register', 'ships.get(kind)(order_id)', ANSWERED],
  ]);
});

const TABLE = `
HANDLERS = {}
SAME = HANDLERS

def handles(kind):
    def wrap(function):
        HANDLERS[kind] = function
        return function
    return wrap
`;

describe('a table of a module', () => {
  shows([
    ['has two names', TABLE, '@handles("a")', 'SAME[kind](order_id)', ANSWERED],
    [
      'is imported under another name and read',
      TABLE,
      '@handles("a")',
      'from shop.registry import HANDLERS as known\n        known[kind](order_id)',
      ANSWERED,
    ],
    [
      'is imported under another name and filled',
      TABLE,
      'from shop.registry import HANDLERS as known\nknown["a"] = load',
      'HANDLERS[kind](order_id)',
      ANSWERED,
    ],
    ['is filled by a map', TABLE, 'HANDLERS.update({"a": load})', 'HANDLERS[kind](order_id)', ANSWERED],
    [
      'is filled by a list',
      `${TABLE}\nCHECKS = []\n`,
      'CHECKS.extend([load])',
      'for check in CHECKS:\n            check(order_id)',
      ANSWERED,
    ],
    [
      'holds nothing of a function that the decorator keeps for itself',
      TABLE.replace('    return wrap', '    def other(function):\n        return function\n    return other'),
      '@handles("a")',
      'HANDLERS[kind](order_id)',
      UNCALLED,
    ],
    [
      'holds what a loop gives under the name of what was given',
      TABLE.replace('        HANDLERS[', '        for function in function.parts:\n            HANDLERS['),
      '@handles("a")',
      'HANDLERS[kind](order_id)',
      UNCALLED,
    ],
  ]);
});

describe('a table that a base class fills', () => {
  it('holds its subclasses', async () => {
    const base = `
class Base:
    known = {}

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        cls.known[cls.__name__] = cls
`;
    const asked = program(base, '', 'Base.known[kind]().load(order_id)').replace(
      'def load(order_id):\n    return',
      'class Loader(Base):\n    def load(self, order_id):\n        return',
    );
    expect(await fateOf(asked)).toBe(ANSWERED.replace('load', 'Loader.load'));
  });
});

describe('after an edit of a function that gives an entry', () => {
  const given = (body: string): string =>
    `${TABLE}\nOTHERS = {}\n\ndef found(kind):\n    ${body}\n\ndef handler_for(kind):\n    return HANDLERS.get(kind)\n\ndef nothing(kind):\n    return None\n`;
  const edit = async (from: string, to: string): Promise<void> => {
    const files = filesOf(program(given(from), '@handles("a")', 'found(kind)(order_id)'));
    const session = await sessionOf(files);
    const before = said(session);
    const path = 'shop/registry.py';
    const text = (files.get(path) ?? '').replace(from, to);
    session.update(path, Buffer.from(text));
    expect(said(session)).not.toEqual(before);
    await expectFresh(session, new Map([...files, [path, text]]));
  };

  it('of a loop', () =>
    edit(
      'for handler in OTHERS.values():\n        return handler',
      'for handler in HANDLERS.values():\n        return handler',
    ));
  it('of another function', () => edit('return handler_for(kind)', 'return nothing(kind)'));
  it('of another function, by a name', () =>
    edit('handler = nothing(kind)\n    return handler', 'handler = handler_for(kind)\n    return handler'));
});
