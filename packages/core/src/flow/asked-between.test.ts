import { describe, expect, test } from 'vitest';
import { seenIn } from '../session/testing/program.ts';

/** `seen` where something has asked for the row before. */
const shows = (title: string, body: string, expected: 'seen' | ''): void =>
  test.each([{ title, body, expected }])('$title', async ({ body, expected }) => {
    const seen = await seenIn(`#### shop/models.py
from django.db import models

class Customer(models.Model):
    email = models.EmailField(unique=True)

class Team(models.Model):
    members = models.ManyToManyField(Customer, through="Membership", related_name="teams")

    @property
    def active_members(self):
        return self.members.filter(membership__active=True)

    @property
    def guests(self):
        return Customer.objects.exclude(teams=self)

class Membership(models.Model):
    team = models.ForeignKey(Team, on_delete=models.CASCADE)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    active = models.BooleanField(default=True)
#### shop/work.py
from shop.models import Customer, Membership, Team

def leave(team: Team, other: Team, customer: Customer):
    ${body.trim().replaceAll('\n', '\n    ')}
`);
    expect(seen).toBe(expected);
  });

const get = 'customer.membership_set.get(team=team) #!';

describe('a row between two rows', () => {
  shows(
    'of which one is tested to be of the other',
    `if customer in team.members.all():\n    return ${get}`,
    'seen',
  );
  shows(
    'whose other side is refused',
    `if customer not in team.members.all():\n    return None\n${get}`,
    'seen',
  );
  shows('by a property', `if customer not in team.active_members:\n    raise ValueError\n${get}`, 'seen');
  shows(
    'by a property that gives others',
    `if customer not in team.guests:\n    raise ValueError\n${get}`,
    '',
  );
  shows('from the other side', `if team not in customer.teams.all():\n    raise ValueError\n${get}`, 'seen');
  shows('who has left', `if customer in team.members.all():\n    return None\n${get}`, '');
  shows('in the wrong branch', `if customer not in team.members.all():\n    return ${get}`, '');
  shows('of another team', `if customer not in other.members.all():\n    return None\n${get}`, '');
  shows('who was added', `team.members.add(customer)\nif team.pk:\n    return ${get}`, 'seen');
  shows('who was added elsewhere', `other.members.add(customer)\n${get}`, '');
  shows('who may have been added', `if team.pk:\n    team.members.add(customer)\n${get}`, '');
  shows(
    'of a loop over the other side',
    'for one in customer.teams.all():\n    Membership.objects.get(team=one, customer=customer) #!',
    'seen',
  );
});
