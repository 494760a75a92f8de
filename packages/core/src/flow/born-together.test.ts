import { describe, expect, test } from 'vitest';
import { judgementOf } from '../session/testing/program.ts';

const reliesOn = async (program: string): Promise<boolean> =>
  (await judgementOf(program)).defects.some(({ kind }) => kind === 'relied-on');

const shows = (title: string, program: string, expected: boolean): void =>
  test.each([{ title, program, expected }])('$title', async ({ program, expected }) =>
    expect(await reliesOn(program)).toBe(expected),
  );

const MAKES = `match = Match.objects.create(name=name)
Seat.objects.create(match=match, number=1)
Seat.objects.create(match=match, number=2)`;

const program = (ask: string, makes = MAKES, more = ''): string => `
  #### shop/models.py
  from django.db import models

  class Match(models.Model):
      name = models.CharField(max_length=9)

  class Seat(models.Model):
      match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="seats")
      number = models.IntegerField()
  #### shop/making.py
  from shop.models import Match, Seat

  def make(name):
      ${makes.replaceAll('\n', '\n      ')}
  ${more.replaceAll('\n', '\n  ')}
  #### shop/work.py
  from shop.models import Match, Seat

  def show(match: Match, match_id, number):
      ${ask} #!
`;

describe('rows that are made wherever their parent is made', () => {
  shows('through the parent', program('match.seats.get(number=1)'), true);
  shows('through a query of it', program('match.seats.select_related("match").get(number=2)'), true);
  shows('by the parent', program('Seat.objects.get(match=match, number=1)'), true);
  shows('by the key of the parent', program('Seat.objects.get(match_id=match.id, number=1)'), true);
  shows('by a key that somebody gives', program('Seat.objects.get(match_id=match_id, number=1)'), false);
  shows('one that is not made', program('match.seats.get(number=3)'), false);
  shows('one that somebody chooses', program('match.seats.get(number=number)'), false);
  shows(
    'filled one column after the other',
    program(
      'match.seats.get(number=1)',
      'match = Match.objects.create(name=name)\nseat = Seat()\nseat.match = match\nseat.number = 1\nseat.save()',
    ),
    true,
  );
  shows(
    'filled, and not saved',
    program(
      'match.seats.get(number=1)',
      'match = Match.objects.create(name=name)\nseat = Seat()\nseat.match = match\nseat.number = 1',
    ),
    false,
  );
  shows(
    'filled with another number',
    program(
      'match.seats.get(number=1)',
      'match = Match.objects.create(name=name)\nseat = Seat()\nseat.match = match\nseat.number = 2\nseat.save()',
    ),
    false,
  );
  shows('the only one', program('match.seats.get()', MAKES.replace(/\n.*number=2.*/, '')), true);
  shows(
    'one that a function makes which is called then',
    program(
      'match.seats.get(number=1)',
      'match = Match.objects.create(name=name)\nseat(match)',
      'def seat(match):\n    Seat.objects.create(match=match, number=1)',
    ),
    true,
  );
  shows(
    'one that is made where something else holds',
    program(
      'match.seats.get(number=1)',
      'match = Match.objects.create(name=name)\nif name:\n    Seat.objects.create(match=match, number=1)',
    ),
    false,
  );
  shows(
    'both where something holds',
    program('match.seats.get(number=1)', `if name:\n    ${MAKES.replaceAll('\n', '\n    ')}`),
    true,
  );
  shows(
    'by the accessor of the parent',
    program(
      'match.seats.get(number=1)',
      'match = Match.objects.create(name=name)\nmatch.seats.create(number=1)',
    ),
    true,
  );
  shows(
    'one without its parent',
    program('match.seats.get()', 'match = Match.objects.create(name=name)\nSeat()'),
    false,
  );
  shows(
    'another function makes a parent alone',
    program('match.seats.get(number=1)', MAKES, 'def other():\n    Match.objects.create(name="x")'),
    false,
  );
  shows(
    'what only tests make says nothing',
    `${program('match.seats.get(number=1)')}
  #### shop/tests/test_work.py
  from shop.models import Match

  def test_it():
      Match.objects.create(name="x")
`,
    true,
  );
  shows('nobody makes the parent', program('match.seats.get(number=1)', 'pass'), false);
});

describe('a reverse one-to-one that is made wherever its row is', () => {
  const described = (makes: string, parent = 'Group', ask = 'hasattr(other, "text")'): string => `
  #### shop/models.py
  from django.contrib.auth.models import User
  from django.db import models

  class Group(models.Model):
      name = models.CharField(max_length=9)

  class Text(models.Model):
      of = models.OneToOneField(${parent}, on_delete=models.CASCADE, related_name="text")
  #### shop/making.py
  from django.contrib.auth.models import User
  from shop.models import Group, Text

  def make(name, other):
      group = ${parent}.objects.create(name=name)
      ${makes}
      return ${ask}
  #### shop/work.py
  from django.contrib.auth.models import User
  from shop.models import Group, Text

  def show(group: ${parent}):
      return group.text.pk #!
`;
  const makes = 'group.text = Text.objects.create(of=group)';
  shows('although something asks for one of that name', described(makes), true);
  shows('but is not', described('pass'), false);
  shows('of users, who come from elsewhere, too', described(makes, 'User'), false);
});
