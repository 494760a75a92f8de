import { expect, test } from 'vitest';
import { judgementOf } from '../session/testing/program.ts';

const shows = (
  title: string,
  code: string,
  expected: string,
  more = '',
  settings = 'INSTALLED_APPS = []',
): void =>
  test.each([{ title, code, more, settings, expected }])(
    '$title',
    async ({ code, more, settings, expected }) => {
      const { defects } = await judgementOf(`#### project/settings.py
${settings}
#### shop/tasks.py
from shop import work
#### shop/work.py
from shop.models import Order

${code}
${more}`);
      expect(defects.some(({ kind }) => kind === 'unnamed') ? 'unnamed' : '').toBe(expected);
    },
  );

const ship = `def ship(number):
    Order.objects.get(number=number).save() #!
`;
const method = (name: string, base = ''): string => `class Desk${base}:
    def ${name}:
        Order.objects.get(number=number).save() #!

`;
const DESK = `
desk = Desk()
`;

shows('a function whose name stands nowhere else', ship, 'unnamed');
shows(
  'that only tests call',
  ship,
  'unnamed',
  '#### shop/tests/test_work.py\nfrom shop.work import ship\n\ndef test_ship():\n    ship(1)\n',
);
shows(
  'that a setting names of which only tests tell',
  ship,
  '',
  '#### shop/tests/test_work.py\n\ndef test_ship(settings):\n    settings.HOOKS = ["shop.work.ship"]\n',
);
shows('that the module hands on', `__all__ = ["ship"]\n\n${ship}`, 'unnamed');
shows('in a table', ship, '', '#### shop/tables.py\nfrom shop import work\n\nSTEPS = {"ship": work.ship}\n');
shows('in a text', ship, '', '#### shop/settings.py\nJOBS = ["shop.work.ship"]\n');
shows('by which programs are started', ship.replace('ship', 'main'), '');
shows('handed on by its decorator', `from other import job\n\n@job\n${ship}`, '');
shows('called by one of that kind', `${ship}\ndef ship_late(number):\n    ship(number)\n`, 'unnamed');
shows('a method', `${method('ship(self, number)')}${DESK}`, 'unnamed');
shows('a method of a class that nothing names', method('ship(self, number)'), '');
shows(
  'a method that a template may run',
  `class Desk:\n    def ship(self):\n        Order.objects.get(number=self.number).save() #!\n${DESK}`,
  '',
);
shows(
  'a method of a class of a package',
  `from other import Base\n\n${method('ship(self, number)', '(Base)')}${DESK}`,
  '',
);
shows(
  'a class that finds its methods by name',
  `${method('ship(self, number)')}    def post(self, event):\n        getattr(self, event.name)(event)\n${DESK}`,
  '',
);
shows('in a part of a program', ship, '', '', 'DEBUG = False');

test('in a module that nothing imports', async () => {
  const { defects } = await judgementOf(
    `#### project/settings.py\nINSTALLED_APPS = []\n#### shop/hooks.py\nfrom shop.models import Order\n\n${ship}`,
  );
  expect(defects).toEqual([]);
});
