import { describe, expect, test } from 'vitest';
import { fateOf, judgementOf } from '../session/testing/program.ts';

const shows = (title: string, program: string, fate: string): void =>
  test.each([{ title, program, fate }])('$title', async ({ program, fate }) =>
    expect(await fateOf(program)).toBe(fate),
  );

/** A lookup of an order under one handler. `before` stands at module level, `inside` at the function's top. */
const under = (handler: string, before = '', inside = 'pass'): string => `
  #### shop/work.py
  from shop.models import Customer, Order
  ${before.replaceAll('\n', '\n  ')}

  def run(order_id):
      ${inside}
      try:
          order = Order.objects.get(pk=order_id)
      except ${handler}:
          return None
      return order
`;

const handled = (named: string): string => `handled by except "except ${named} in run": run`;
const ESCAPES = 'escapes to uncalled run: run';

describe('which handlers match', () => {
  shows('the class of the model', under('Order.DoesNotExist'), handled('Order.DoesNotExist'));
  shows('the class of another model', under('Customer.DoesNotExist'), ESCAPES);
  shows(
    'ObjectDoesNotExist',
    under('ObjectDoesNotExist', 'from django.core.exceptions import ObjectDoesNotExist'),
    handled('ObjectDoesNotExist'),
  );
  shows(
    'ObjectDoesNotExist of django.db.models',
    under('models.ObjectDoesNotExist', 'from django.db import models'),
    handled('ObjectDoesNotExist'),
  );
  shows(
    'ObjectDoesNotExist under another name',
    under('Missing', 'from django.core.exceptions import ObjectDoesNotExist as Missing'),
    handled('ObjectDoesNotExist'),
  );
  shows('a tuple', under('(ValueError, Order.DoesNotExist)'), handled('(ValueError, Order.DoesNotExist)'));
  shows('a tuple without it', under('(ValueError, Customer.DoesNotExist)'), ESCAPES);
  shows(
    'a tuple at module level',
    under('MISSING', 'MISSING = (Customer.DoesNotExist, Order.DoesNotExist)'),
    handled('(Customer.DoesNotExist, Order.DoesNotExist)'),
  );
  shows(
    'a tuple at module level without it',
    under('MISSING', 'MISSING = (Customer.DoesNotExist, ValueError)'),
    ESCAPES,
  );
  shows(
    'tuples that are added',
    under('MISSING + (Order.DoesNotExist,)', 'MISSING = (Customer.DoesNotExist,)'),
    handled('(Customer.DoesNotExist, Order.DoesNotExist)'),
  );
  shows(
    'a tuple of another file',
    `${under('MISSING', 'from shop.errors import MISSING')}
  #### shop/errors.py
  from shop.models import Order
  MISSING = (ValueError, Order.DoesNotExist)
`,
    handled('(ValueError, Order.DoesNotExist)'),
  );
  shows(
    '`A or B` names A alone',
    under('Order.DoesNotExist or Customer.DoesNotExist'),
    handled('Order.DoesNotExist'),
  );
  shows('`B or A` does not name A', under('Customer.DoesNotExist or Order.DoesNotExist'), ESCAPES);
  shows('MultipleObjectsReturned', under('Order.MultipleObjectsReturned'), ESCAPES);
  shows('KeyError', under('KeyError'), ESCAPES);
  shows('LookupError', under('LookupError'), ESCAPES);
  shows('AttributeError', under('AttributeError'), ESCAPES);
  shows('Http404', under('Http404', 'from django.http import Http404'), ESCAPES);
  shows('DatabaseError', under('DatabaseError', 'from django.db import DatabaseError'), ESCAPES);
  shows('Exception', under('Exception'), handled('Exception'));
  shows('BaseException', under('BaseException'), handled('BaseException'));
  shows('nothing', under(''), 'handled by except "except: in run": run');
  shows(
    'a name that nobody knows: silent',
    under('ERRORS', 'from toolbox import ERRORS'),
    handled('an exception'),
  );
});

describe('aliases of the class', () => {
  shows(
    'type(row)',
    under('type(row).DoesNotExist', '', 'row = Order(pk=order_id)'),
    handled('Order.DoesNotExist'),
  );
  shows('a row', under('row.DoesNotExist', '', 'row = Order(pk=order_id)'), handled('Order.DoesNotExist'));
  shows(
    "a queryset's model",
    under('rows.model.DoesNotExist', '', 'rows = Order.objects.all()'),
    handled('Order.DoesNotExist'),
  );
  shows("a manager's model", under('Order.objects.model.DoesNotExist'), handled('Order.DoesNotExist'));
  shows("a manager's model, of another one", under('Customer.objects.model.DoesNotExist'), ESCAPES);
  shows(
    'a module',
    under('models.Order.DoesNotExist', 'from shop import models'),
    handled('Order.DoesNotExist'),
  );
  shows('a module, another model', under('models.Customer.DoesNotExist', 'from shop import models'), ESCAPES);
  shows(
    'get_model',
    `
  #### shop/work.py
  from django.apps import apps

  def run(order_id):
      Order = apps.get_model("shop", "Order")
      try:
          return Order.objects.get(pk=order_id)
      except Order.DoesNotExist:
          return None
`,
    handled('Order.DoesNotExist'),
  );
  shows(
    'get_user_model',
    `
  #### shop/models.py
  from django.contrib.auth.models import AbstractUser

  class Person(AbstractUser):
      pass
  #### shop/work.py
  from django.contrib.auth import get_user_model
  from shop.models import Person

  def run(order_id):
      try:
          return get_user_model().objects.get(pk=order_id)
      except Person.DoesNotExist:
          return None
`,
    handled('Person.DoesNotExist'),
  );
  shows(
    'self.model in a manager',
    `
  #### shop/models.py
  from django.db import models

  class OrderManager(models.Manager):
      def run(self, number):
          try:
              return self.get(number=number)
          except self.model.DoesNotExist:
              return None

  class Order(models.Model):
      objects = OrderManager()
`,
    'handled by except "except Order.DoesNotExist in OrderManager.run": OrderManager.run',
  );
  shows(
    'self.model in a manager of several models',
    `
  #### shop/models.py
  from django.db import models

  class NumberManager(models.Manager):
      def run(self, number):
          try:
              return self.get(number=number)
          except self.model.DoesNotExist:
              return None

  class Order(models.Model):
      objects = NumberManager()

  class Parcel(models.Model):
      objects = NumberManager()
`,
    'handled by except "except Model.DoesNotExist in NumberManager.run": NumberManager.run',
  );
  shows(
    'self.model of a view',
    `
  #### shop/work.py
  from shop.models import Order

  class Page:
      model = Order

      def run(self, order_id):
          try:
              return self.model.objects.get(pk=order_id)
          except self.model.DoesNotExist:
              return None
`,
    'handled by except "except Order.DoesNotExist in Page.run": Page.run',
  );
  shows(
    'cls in a class method of the model',
    `
  #### shop/models.py
  from django.db import models

  class Order(models.Model):
      @classmethod
      def run(cls, number):
          try:
              return cls.objects.get(number=number)
          except cls.DoesNotExist:
              return None
`,
    'handled by except "except Order.DoesNotExist in Order.run": Order.run',
  );
  shows(
    'self.DoesNotExist in a method of the model',
    `
  #### shop/models.py
  from django.db import models

  class Order(models.Model):
      def run(self, number):
          try:
              return Order.objects.get(number=number)
          except self.DoesNotExist:
              return None
`,
    'handled by except "except Order.DoesNotExist in Order.run": Order.run',
  );
  shows(
    'a class in a parameter: silent',
    `
  #### shop/work.py
  def run(model, order_id):
      try:
          return model.objects.get(pk=order_id)
      except model.DoesNotExist:
          return None
`,
    handled('Model.DoesNotExist'),
  );
  shows(
    'a class in an annotated parameter',
    `
  #### shop/work.py
  from shop.models import Customer, Order

  def run(model: type[Order], order_id):
      try:
          return model.objects.get(pk=order_id)
      except Customer.DoesNotExist:
          return None
`,
    ESCAPES,
  );
});

describe('class relations of models', () => {
  const MODELS = `
  #### shop/models.py
  from django.db import models

  class Base(models.Model):
      class Meta:
          abstract = True

  class Place(Base):
      name = models.CharField(max_length=9)

  class Restaurant(Place):
      stars = models.IntegerField()

  class Shack(Place):
      class Meta:
          proxy = True
`;
  const looked = (model: string, handler: string): string => `${MODELS}
  #### shop/work.py
  from shop import models

  def run(pk):
      try:
          return models.${model}.objects.get(pk=pk)
      except models.${handler}.DoesNotExist:
          return None
`;
  shows(
    'the parent catches a multi-table child',
    looked('Restaurant', 'Place'),
    handled('Place.DoesNotExist'),
  );
  shows('the child does not catch its parent', looked('Place', 'Restaurant'), ESCAPES);
  shows('the concrete model catches its proxy', looked('Shack', 'Place'), handled('Place.DoesNotExist'));
  shows('the proxy does not catch its concrete model', looked('Place', 'Shack'), ESCAPES);
  shows('siblings do not catch each other', looked('Shack', 'Restaurant'), ESCAPES);
  shows('an abstract base has no such class', looked('Place', 'Base'), ESCAPES);
  shows(
    'models.Model has no such class',
    `
  #### shop/work.py
  from django.db import models
  from shop.models import Order

  def run(pk):
      try:
          return Order.objects.get(pk=pk)
      except models.Model.DoesNotExist:
          return None
`,
    ESCAPES,
  );
  shows(
    'another model of the same name in another app',
    `
  #### blog/__init__.py
  #### blog/models.py
  from django.db import models

  class Order(models.Model):
      pass
  #### shop/work.py
  from blog import models as blog
  from shop.models import Order

  def run(pk):
      try:
          return Order.objects.get(pk=pk)
      except blog.Order.DoesNotExist:
          return None
`,
    ESCAPES,
  );
  shows(
    'a reverse one-to-one: the class of the child',
    `
  #### shop/models.py
  from django.db import models

  class Person(models.Model):
      pass

  class Profile(models.Model):
      person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="profile")
  #### shop/work.py
  from shop.models import Person, Profile

  def run(person: Person):
      try:
          return person.profile
      except Profile.DoesNotExist:
          return None
`,
    handled('Profile.DoesNotExist'),
  );
  shows(
    'a reverse one-to-one: not the class of the owner',
    `
  #### shop/models.py
  from django.db import models

  class Person(models.Model):
      pass

  class Profile(models.Model):
      person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="profile")
  #### shop/work.py
  from shop.models import Person

  def run(person: Person):
      try:
          return person.profile
      except Person.DoesNotExist:
          return None
`,
    ESCAPES,
  );
  shows(
    'a reverse one-to-one is an AttributeError too',
    `
  #### shop/models.py
  from django.db import models

  class Person(models.Model):
      pass

  class Profile(models.Model):
      person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="profile")
  #### shop/work.py
  from shop.models import Person

  def run(person: Person):
      try:
          return person.profile
      except AttributeError:
          return None
`,
    handled('AttributeError'),
  );
  shows(
    'a historical model is not the real one',
    `
  #### shop/migrations/0002_fill.py
  from shop.models import Order as Real

  def run(apps, schema_editor):
      Order = apps.get_model("shop", "Order")
      try:
          Order.objects.get(pk=1)
      except Real.DoesNotExist:
          return None
`,
    ESCAPES,
  );
  shows(
    "a historical model's own class",
    `
  #### shop/migrations/0002_fill.py
  def run(apps, schema_editor):
      Order = apps.get_model("shop", "Order")
      try:
          Order.objects.get(pk=1)
      except Order.DoesNotExist:
          return None
`,
    handled('Model.DoesNotExist'),
  );
  shows(
    'ObjectDoesNotExist for a historical model',
    `
  #### shop/migrations/0002_fill.py
  from django.core.exceptions import ObjectDoesNotExist

  def run(apps, schema_editor):
      Order = apps.get_model("shop", "Order")
      try:
          Order.objects.get(pk=1)
      except ObjectDoesNotExist:
          return None
`,
    handled('ObjectDoesNotExist'),
  );
  shows(
    'for the model that a class of a package keeps',
    `
  #### shop/auth.py
  from django.contrib.auth.models import User
  from mozilla_django_oidc.auth import OIDCAuthenticationBackend

  class Backend(OIDCAuthenticationBackend):
      def run(self, email):
          try:
              return User.objects.get(email=email)
          except self.UserModel.DoesNotExist:
              return None
`,
    'handled by except "except User.DoesNotExist in Backend.run": Backend.run',
  );
  for (const [handler, asked] of [
    ['except User.DoesNotExist', 'self.UserModel'],
    ['except User.DoesNotExist', 'UserModel'],
    ['except UserModel.DoesNotExist', 'User'],
  ] as const)
    shows(
      `for the model of users that a package keeps: ${asked}, ${handler}`,
      `
  #### shop/settings.py
  AUTH_USER_MODEL = "shop.Person"
  #### shop/models.py
  from django.contrib.auth.models import AbstractUser

  class Person(AbstractUser):
      pass
  #### shop/auth.py
  from django.contrib.auth.backends import UserModel
  from mozilla_django_oidc.auth import OIDCAuthenticationBackend
  from shop.models import Person as User

  class Backend(OIDCAuthenticationBackend):
      def run(self, email):
          try:
              return ${asked}.objects.get(email=email)
          ${handler}:
              return None
`,
      'handled by except "except Person.DoesNotExist in Backend.run": Backend.run',
    );
  test('a handler for another model is a defect of its own', async () => {
    const { defects } = await judgementOf(under('Customer.DoesNotExist'));
    expect(defects).toMatchObject([{ kind: 'wrong-model', named: 'Customer' }]);
  });
});

describe('exceptions of the project', () => {
  const raising = (handler: string, cls: string): string => `
  #### shop/errors.py
  from django.core.exceptions import ObjectDoesNotExist

  class ${cls}:
      pass

  class Unrelated(Exception):
      pass
  #### shop/work.py
  from shop.errors import Missing, Unrelated
  from shop.models import Order

  def load(order_id):
      try:
          return Order.objects.get(pk=order_id)
      except Exception as error:
          raise Missing() from error

  def run(order_id):
      try:
          load(order_id)
      except ${handler}:
          return None
`;
  const by = (named: string): string => `handled by except "except ${named} in run": load < load! < run`;
  shows(
    'a broad catch that raises another one: that one is followed',
    raising('Missing', 'Missing(Exception)'),
    by('Missing'),
  );
  shows(
    'and its base answers it',
    raising('ObjectDoesNotExist', 'Missing(ObjectDoesNotExist)').replace(
      'from shop.models',
      'from django.core.exceptions import ObjectDoesNotExist\n  from shop.models',
    ),
    by('ObjectDoesNotExist'),
  );
  shows(
    'and an unrelated one does not',
    raising('Unrelated', 'Missing(Exception)'),
    'escapes to uncalled run: load < load! < run',
  );
  shows(
    'the first class of the row is gone then',
    raising('Order.DoesNotExist', 'Missing(Exception)'),
    'escapes to uncalled run: load < load! < run',
  );
});
