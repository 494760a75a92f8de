import { describe, expect, test } from 'vitest';
import { judgementOf } from '../session/testing/program.ts';

const shows = (title: string, body: string, expected: string): void =>
  test.each([{ title, body, expected }])('$title', async ({ body, expected }) => {
    const { origins } = await judgementOf(`#### shop/views.py
from django.conf import settings
from shop.models import Order

ROLES = ["packer", "driver"]

def show(request):
    names = request.GET.getlist("name")
    name = request.GET["name"]
    ${body.replaceAll('\n', '\n    ')} #!
`);
    expect(origins.map(({ kind }) => kind).join(' ')).toBe(expected);
  });

describe('keys that are refused unless they are', () => {
  const get = 'return Order.objects.get(number=name)';
  const each = 'return {name: Order.objects.get(number=name) for name in names}';
  shows('among constants', `if name not in {"packer", "driver"}:\n    return None\n${get}`, 'literal');
  shows('in a constant', `if name not in ROLES:\n    return None\n${get}`, 'literal');
  shows('in a setting', `if name not in settings.ROLES:\n    return None\n${get}`, 'settings');
  shows('in what was sent', `if name not in names:\n    return None\n${get}`, 'request');
  shows(
    'all in a setting',
    `unknown = set(names) - set(settings.ROLES)\nif unknown:\n    return None\n${each}`,
    'settings',
  );
  shows('all in a constant', `if set(names).difference(ROLES):\n    raise ValueError\n${each}`, 'literal');
  shows('some of them', `if set(ROLES) - set(names):\n    return None\n${each}`, 'request');
  shows('only told', `if set(names) - set(ROLES):\n    print(names)\n${each}`, 'request');
});

describe('an attribute of whatever object', () => {
  const program = (value: string, more = ''): string => `#### shop/actions.py
from shop.models import Order

class Start:
    mail_name: str | None = None

class Ship(Start):
    mail_name = ${value}
    ${more}
#### shop/views.py
from shop.actions import Ship
from shop.models import Order

ACTIONS = {"ship": Ship}

def show(request, action):
    return Order.objects.get(number=action.mail_name) #!
`;
  test.each([
    ['a text', '"shipped"', '', 'literal'],
    ['a constant', 'Order.SHIPPED', '', 'literal'],
    ['made by a call', 'name_of("shipped")', '', 'request'],
    ['set elsewhere', '"shipped"', 'def __init__(self, name):\n        self.mail_name = name', 'request'],
  ])('that is %s in each class that has it', async (_, value, more, expected) => {
    const { origins } = await judgementOf(program(value, more));
    expect(origins.map(({ kind }) => kind).join(' ')).toBe(expected);
  });
});

describe('an attribute of the object at hand', () => {
  const program = (value: string, key: string, more = ''): string => `#### shop/actions.py
from shop.models import Order

class Ship:
    kinds = ${value}

    def show(self, kind):
        return Order.objects.get(number=${key}) #!
${more}`;
  const below = (value: string): string => `
class Late(Ship):
    kinds = ${value}
`;
  test.each([
    [
      'an entry of a dictionary of constants',
      program('{"tea": "T1", "milk": "M1"}', 'self.kinds[kind]'),
      'literal',
    ],
    ['by a constant', program('{"tea": "T1"}', 'self.kinds["tea"]'), 'literal'],
    ['a constant', program('"T1"', 'self.kinds'), 'literal'],
    ['other constants below', program('"T1"', 'self.kinds', below('"T2"')), 'literal'],
    ['something else below', program('"T1"', 'self.kinds', below('load()')), 'unknown'],
    ['a dictionary of something else', program('{"tea": load()}', 'self.kinds[kind]'), 'unknown'],
  ])('%s', async (_name, code, expected) => {
    const { origins } = await judgementOf(code);
    expect(origins.map(({ kind }) => kind).join(' ')).toBe(expected);
  });
});
