import { describe, expect, test } from 'vitest';
import { fateOf, judgementOf } from '../session/testing/program.ts';

const MODELS = `
  #### shop/models.py
  from django.contrib.auth.models import User
  from django.core.exceptions import ObjectDoesNotExist
  from django.db import models

  class Link(models.Model):
      url = models.CharField(max_length=90)

      def has_job(self):
          try:
              self.job
          except ObjectDoesNotExist:
              return False
          return True

      @property
      def is_named(self):
          return self.url != ""

  class Job(models.Model):
      link = models.OneToOneField(Link, on_delete=models.CASCADE, related_name="job")

  class Staff(models.Model):
      user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="staff")
`;

const reads = (body: string, more = ''): string => `${MODELS}
  #### shop/work.py
  from shop.models import Job, Link, Staff, User

  def read(link: Link, user: User):
      ${body.replaceAll('\n', '\n      ')}
  ${more.replaceAll('\n', '\n  ')}
`;

describe('a relation that two functions read', () => {
  const reliesOn = async (program: string): Promise<boolean> =>
    (await judgementOf(program)).defects.some(({ kind }) => kind === 'relied-on');
  // The method of the models that asks for the row is what questions it.
  const unasked = (program: string): string => program.replace('self.job\n', 'self.url\n');
  test.each([
    ['nothing questions it', unasked(reads('return link.job.pk #!')), true],
    ['a handler somewhere does', reads('return link.job.pk #!'), false],
    [
      'a query asks for rows without it',
      unasked(reads('return link.job.pk #!', 'def late():\n    return Link.objects.filter(job=None)')),
      false,
    ],
    [
      'a test takes it for None',
      unasked(reads('return link.job.pk #!', 'def has(link: Link):\n    return link.job and link.job.pk')),
      false,
    ],
    ['a user has it, who may be anybody', reads('return user.staff.pk #!'), false],
  ])('%s', async (_title, program, expected) => expect(await reliesOn(program)).toBe(expected));
});

describe('a test by a member of the row', () => {
  test.each([
    ['a method', 'if link.has_job():\n    return link.job #!', 'guaranteed by loaded'],
    ['in an expression', 'return link.job if link.has_job() else None #!', 'guaranteed by loaded'],
    ['that is negated', 'if not link.has_job():\n    return link.job #!', 'escapes'],
    ['a query', 'if Job.objects.filter(link=link).exists():\n    return link.job #!', 'guaranteed by loaded'],
    [
      'a query for another row',
      'if Job.objects.filter(link=other).exists():\n    return link.job #!',
      'escapes',
    ],
    ['of another row', 'if other.has_job():\n    return link.job #!', 'escapes'],
    ['that asks for something else', 'if link.is_named:\n    return link.job #!', 'escapes'],
  ])('%s', async (_title, body, fate) => expect(await fateOf(reads(body))).toContain(fate));
});

test('a class whose `__getattr__` makes the row has no lookup in it', async () => {
  const program = (name: string): string => `
  #### shop/models.py
  from django.db import models

  class Person(models.Model):
      def __getattr__(self, name):
          if name == "${name}":
              return Prefs.objects.get_or_create(person=self)[0]
          raise AttributeError(name)

  class Prefs(models.Model):
      person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="prefs")
  #### shop/work.py
  from shop.models import Person

  def read(person: Person):
      return person.prefs #!
`;
  await expect(fateOf(program('prefs'))).rejects.toThrow('0 lookups of 0');
  expect(await fateOf(program('other'))).toContain('escapes');
});

describe('a manager of the rows', () => {
  const program = (method: string): string => `
  #### shop/models.py
  from django.contrib.auth.models import User, UserManager
  from django.db import models

  class MemberManager(UserManager):
      def get_queryset(self):
          return super().get_queryset().${method}

  class Member(User):
      objects = MemberManager()

      class Meta:
          proxy = True

  class Profile(models.Model):
      user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
  #### shop/work.py
  from shop.models import Member, Profile

  def find():
      return Member.objects.filter(profile__isnull=True)

  def read(member: Member):
      return member.profile.pk #!
`;
  test.each([
    ['leaves out those without', 'exclude(profile=None)', true],
    ['chooses those with', 'filter(profile__isnull=False)', true],
    ['leaves out others', 'exclude(email=None)', false],
    ['chooses those without', 'filter(profile=None)', false],
  ])('%s', async (_title, method, expected) => {
    const { defects } = await judgementOf(program(method));
    expect(defects.some(({ kind }) => kind === 'relied-on')).toBe(expected);
  });
});

describe('a test of the relation before its row is asked for', () => {
  const asks = (test: string, key = 'link=link'): string =>
    reads(`if ${test}:\n    return Job.objects.get(${key}) #!`);
  const seen = async (program: string): Promise<boolean> =>
    (await judgementOf(program)).defects.some(({ kind }) => kind === 'exists-check');
  test.each([
    ['of the same row', asks('hasattr(link, "job")'), true],
    ['of another relation', asks('hasattr(link, "url")'), false],
    ['of another row', asks('hasattr(user, "job")'), false],
    ['and something else is asked, too', asks('hasattr(link, "job")', 'link=link, pk=1'), false],
  ])('%s', async (_title, program, expected) => expect(await seen(program)).toBe(expected));
});
