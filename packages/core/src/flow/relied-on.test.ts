import { describe, expect, test } from 'vitest';
import { judgementOf } from '../session/testing/program.ts';

const MODELS = `
  #### shop/models.py
  from django.db import models

  class Person(models.Model):
      kind = models.CharField(max_length=9)

  class Buyer(Person):
      limit = models.IntegerField()

  class Seller(models.Model):
      person_ptr = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)

  class Profile(models.Model):
      person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="profile")

`;

/** Whether the program relies on \`person.profile\` of the marked line. */
async function reliesOn(program: string): Promise<boolean> {
  return (await judgementOf(MODELS + program)).defects.some(({ kind }) => kind === 'relied-on');
}

const shows = (title: string, program: string, expected: boolean): void =>
  test.each([{ title, program, expected }])('$title', async ({ program, expected }) =>
    expect(await reliesOn(program)).toBe(expected),
  );

const READS = `  #### shop/work.py
  from shop.models import Person, Profile

  def one(person: Person):
      return person.profile.pk

  def two(person: Person):
      return person.profile.language

  def three(person: Person):
      return person.profile #!
`;

const more = (body: string): string => `${READS}  #### shop/more.py
  from django.core.exceptions import ObjectDoesNotExist
  from shop.models import Person, Profile

  def more(person: Person):
      ${body.replaceAll('\n', '\n      ')}
`;

describe('a reverse one-to-one that the program relies on', () => {
  shows('many functions read it, and none asks', READS, true);
  shows(
    'two functions read it, and something asks',
    more('return hasattr(person, "profile")').replace(
      'def two(person: Person):\n      return person.profile.language',
      '',
    ),
    false,
  );
  const asked: Readonly<Record<string, string>> = {
    hasattr: 'return hasattr(person, "profile")',
    'a default of getattr': 'return getattr(person, "profile", None)',
    'a query': 'return Person.objects.filter(profile__isnull=True)',
    'whoever needs it and writes it': 'return Profile.objects.get_or_create(person=person)',
  };
  const ofUser = READS.replaceAll('person', 'user');
  for (const [by, body] of Object.entries(asked)) {
    shows(`another function asks: ${by}`, more(body), true);
    shows(
      `the same of a user, whoever that is: ${by}`,
      more(body).replaceAll(/\bperson\b(?!=)/g, 'user'),
      false,
    );
  }
  shows('nothing asks for a relation of a user', ofUser, true);
  shows(
    'the function itself takes it for None',
    READS.replace(
      'return person.profile #!',
      'return [person.profile #!\n          ] if person.profile is not None else None',
    ),
    false,
  );
  shows(
    'a handler answers it',
    more('try:\n    return person.profile\nexcept ObjectDoesNotExist:\n    return None'),
    false,
  );
  shows(
    'a handler answers rows of another model around it',
    more(
      'try:\n    return Buyer.objects.get(pk=person.profile.pk)\nexcept Buyer.DoesNotExist:\n    return None',
    ).replace('import Person, Profile\n\n  def more', 'import Buyer, Person, Profile\n\n  def more'),
    true,
  );
  const readers = (many: number): string =>
    Array.from(
      { length: many },
      (_, i) => `\n  def reader${String(i)}(user: Person):\n      return user.profile.pk\n`,
    ).join('');
  for (const [title, many, expected] of [
    ['far more functions read it than ask for it', 9, true],
    ['a few more functions read it than ask for it', 1, false],
  ] as const)
    shows(
      `a user's: ${title}`,
      `${READS.replace('return person.profile #!', 'user = person\n      return user.profile #!')}${readers(many)}${more(
        'return hasattr(person, "profile")',
      ).slice(READS.length)}`,
      expected,
    );
  shows(
    'a handler of something else does not',
    more('try:\n    return person.profile\nexcept ValueError:\n    return None'),
    true,
  );
  shows(
    'tests that ask for it say nothing',
    `${READS}  #### shop/tests/test_work.py
  def test_it(person):
      assert hasattr(person, "profile")
`,
    true,
  );
  shows(
    'a child of the model: the program knows of which kind the row is',
    `  #### shop/work.py
  from shop.models import Person

  def one(person: Person):
      return person.buyer.limit
`,
    true,
  );
  const apart = more('return hasattr(person, "profile")')
    .replace('return person.profile.pk', 'return None')
    .replace('return person.profile.language', 'return None');
  shows(
    'a test of the kind of row around it',
    apart.replace(
      'return person.profile #!',
      'if person.kind == "buyer":\n          return person.profile #!',
    ),
    true,
  );
  shows(
    'a test of the kind of row that leaves',
    apart.replace(
      'return person.profile #!',
      'if person.kind != "buyer":\n          return None\n      return person.profile #!',
    ),
    true,
  );
  const cases = (first: string): string =>
    apart.replace(
      'return person.profile #!',
      `match person.kind:\n          case ${first}:\n              return person.profile #!\n          case _:\n              return None`,
    );
  shows('a case of a match of the kind of row', cases('"buyer"'), true);
  shows('a case of a match for rows of any kind', cases('_'), false);
  shows(
    'a test of the key',
    apart.replace('return person.profile #!', 'if person.pk == 1:\n          return person.profile #!'),
    false,
  );
  const view = (asks: string): string => `  #### shop/api.py
  from django.contrib.auth.models import User
  from django.db import models
  from rest_framework.permissions import BasePermission
  from rest_framework.views import APIView

  class Staff(models.Model):
      user = models.OneToOneField(User, models.CASCADE)

  class IsStaff(BasePermission):
      role = "staff"

      def has_permission(self, request, view):
          return hasattr(request.user, ${asks})

  class Page(APIView):
      permission_classes = [IsStaff]

      def get(self, request):
          return request.user.staff #!
`;
  shows('a permission class asks for it', view('"staff"'), true);
  shows('a permission class asks by a name of its own', view('self.role'), true);
  shows('a permission class asks for something else', view('"email"'), false);
  const page = (asks: string): string => `  #### shop/pages.py
  from django import forms
  from django.contrib.auth.models import User
  from django.db import models
  from django.views.generic import FormView

  class Staff(models.Model):
      user = models.OneToOneField(User, models.CASCADE)

  class StaffForm(forms.Form):
      def clean_code(self):
          if not hasattr(self.user, ${asks}):
              raise forms.ValidationError("no staff")

  class Page(FormView):
      form_class = StaffForm

      def form_valid(self, form):
          return self.request.user.staff #!
`;
  shows('the form that was checked asks for it', page('"staff"'), true);
  shows('the form that was checked asks for something else', page('"email"'), false);
  shows(
    'a child that is no class below the model',
    `  #### shop/work.py
  from shop.models import Person

  def one(person: Person):
      return person.seller
`,
    true,
  );
  shows(
    'written for one kind of parents, whose code reads it',
    `  #### shop/receivers.py
  from django.db.models.signals import post_save
  from django.dispatch import receiver
  from shop.models import Person, Profile

  @receiver(post_save, sender=Person)
  def on_person(sender, instance, created, **kwargs):
      if instance.kind == "buyer" and not hasattr(instance, "profile"):
          Profile.objects.create(person=instance)
  #### shop/work.py
  from shop.models import Person

  def one(person: Person):
      return person.profile #!
`,
    true,
  );
});
