import { describe, expect, test } from 'vitest';
import { fateOf, filesOf, sessionOf } from '../session/testing/program.ts';

const shows = (title: string, program: string, fate: string): void =>
  test.each([{ title, program, fate }])('$title', async ({ program, fate }) =>
    expect(await fateOf(program)).toBe(fate),
  );

const MODELS = `
  #### shop/models.py
  from django.db import models

  class Customer(models.Model):
      email = models.EmailField(unique=True)

  class Shop(models.Model):
      name = models.CharField(max_length=9)

  class Order(models.Model):
      customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
      shop = models.ForeignKey(Shop, null=True, on_delete=models.SET_NULL)
      courier = models.ForeignKey(Customer, db_constraint=False, on_delete=models.DO_NOTHING, related_name="+")
      region_id = models.BigIntegerField()

  class Region(models.Model):
      pass
`;

const flow = (body: string, params = 'order_id'): string => `${MODELS}
  #### shop/work.py
  from django.core.cache import cache
  from django.db import IntegrityError, transaction
  from shop.models import Customer, Order, Region, Shop

  def run(${params}):
      ${body.trim().replaceAll('\n', '\n      ')}
`;

const ESCAPES = 'escapes to uncalled run: run';
const created = (what: string): string => `guaranteed by created "${what}"`;
const parent = (what: string): string =>
  `guaranteed by constrained-parent "${what} is a foreign key with a constraint, of a row at hand"`;

describe('a row has what was read off it', () => {
  const own = (name: string): string =>
    `guaranteed by loaded "${name} is a row at hand, and has what is asked for"`;
  shows(
    'of a relation',
    flow(
      'order = Order.objects.get(pk=order_id)  # danglint: ignore\nreturn Customer.objects.get(email=order.customer.email) #!',
    ),
    own('order.customer'),
  );
  shows(
    'under a name',
    flow(
      'customer = order.customer\nreturn Customer.objects.get(email=customer.email, pk=customer.pk) #!',
      'order: Order',
    ),
    own('customer'),
  );
  shows(
    'not where another column is asked for',
    flow('customer = order.customer\nreturn Customer.objects.get(email=customer.name) #!', 'order: Order'),
    ESCAPES,
  );
  shows(
    'nor beside something else',
    flow(
      'customer = order.customer\nreturn Customer.objects.get(email=customer.email, pk=order.region_id) #!',
      'order: Order',
    ),
    ESCAPES,
  );
  shows(
    'nor of a row that was changed here',
    flow(
      'customer = order.customer\ncustomer.email = ""\nreturn Customer.objects.get(email=customer.email) #!',
      'order: Order',
    ),
    ESCAPES,
  );
  shows(
    'nor of one that may be new',
    flow('return Customer.objects.get(email=customer.email) #!', 'customer: Customer'),
    ESCAPES,
  );
  shows(
    'nor among rows that something narrows',
    flow('return Customer.objects.exclude(email="").get(email=order.customer.email) #!', 'order: Order'),
    ESCAPES,
  );
});

describe('a relation that was read to find the model', () => {
  const program = (model: string): string => `
  #### shop/models.py
  from django.contrib.contenttypes.fields import GenericForeignKey
  from django.contrib.contenttypes.models import ContentType
  from django.db import models

  class Note(models.Model):
      target_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
      target_id = models.IntegerField()
      target = GenericForeignKey("target_type", "target_id")

      def mark(self, other):
          ${model}.objects.get(pk=self.target_id).save()
`;
  shows(
    'is there',
    program('self.target._meta.model'),
    'guaranteed by loaded "self.target was read for its model, and is a row at hand"',
  );
  shows(
    'of another row says nothing',
    program('other.target._meta.model'),
    'escapes to uncalled Note.mark: Note.mark',
  );
});

describe('a bare get after a filter', () => {
  shows(
    'by the key of a constrained parent',
    flow('return Customer.objects.filter(pk=order.customer_id).get() #!', 'order: Order'),
    parent('Order.customer_id'),
  );
  shows(
    'with a lock in between',
    flow('return Customer.objects.filter(pk=order.customer_id).select_for_update().get() #!', 'order: Order'),
    parent('Order.customer_id'),
  );
  shows(
    'of more than the key',
    flow('return Customer.objects.filter(pk=order.customer_id, email="a").get() #!', 'order: Order'),
    ESCAPES,
  );
  shows(
    'after another one',
    flow('return Customer.objects.filter(email="a").filter(pk=order.customer_id).get() #!', 'order: Order'),
    ESCAPES,
  );
  shows(
    "by the row's own key",
    flow('return Order.objects.filter(pk=order.pk).values("number").get() #!', 'order: Order'),
    ESCAPES,
  );
  shows(
    'of all but the row',
    flow('return Customer.objects.exclude(pk=order.customer_id).get() #!', 'order: Order'),
    ESCAPES,
  );
});

describe('rows that this flow made or has', () => {
  shows(
    'created',
    flow('order = Order.objects.create(customer_id=1)\nreturn Order.objects.get(pk=order.pk)'),
    created('order was made just before (create)'),
  );
  shows(
    'created, by its id',
    flow(
      'order = Order.objects.create(customer_id=1)\nreturn Order.objects.select_related("customer").get(id=order.id)',
    ),
    created('order was made just before (create)'),
  );
  shows(
    'created with acreate',
    flow('order = await Order.objects.acreate(customer_id=1)\nreturn Order.objects.get(pk=order.pk)').replace(
      'def run',
      'async def run',
    ),
    created('order was made just before (acreate)'),
  );
  shows(
    'saved',
    flow('order = Order(customer_id=1)\norder.save()\nreturn Order.objects.get(pk=order.pk)'),
    'guaranteed by loaded "order is a row at hand"',
  );
  shows(
    'a row of another model was created',
    flow('shop = Shop.objects.create()\nreturn Order.objects.get(pk=shop.pk)'),
    ESCAPES,
  );
  shows(
    'upserted just before',
    flow('Order.objects.get_or_create(customer_id=1)\nreturn Order.objects.get(customer_id=1)'),
    created('get_or_create wrote the row just before'),
  );
  shows(
    'upserted with update_or_create, and kept',
    flow('order, _ = Order.objects.update_or_create(customer_id=1)\nreturn Order.objects.get(pk=order.pk)'),
    created('update_or_create wrote the row just before'),
  );
  shows(
    'upserted in a branch only',
    flow(
      'if order_id:\n    Order.objects.get_or_create(customer_id=1)\nreturn Order.objects.get(customer_id=1)',
    ),
    ESCAPES,
  );
  shows(
    'another model was upserted',
    flow('Shop.objects.get_or_create(name="x")\nreturn Order.objects.get(customer_id=1)'),
    ESCAPES,
  );
  shows(
    "loaded by a parameter's annotation",
    flow('return Order.objects.select_for_update().get(pk=order.pk)', 'order: Order'),
    'guaranteed by loaded "order is a row at hand"',
  );
  shows(
    'loaded with first',
    flow(
      'order = Order.objects.filter(customer_id=1).first()\nif order is None:\n    return None\nreturn Order.objects.get(pk=order.pk)',
    ),
    'guaranteed by loaded "order is a row at hand"',
  );
  shows(
    'loaded in a loop',
    flow('for order in Order.objects.all():\n    Order.objects.select_for_update().get(pk=order.pk)'),
    'guaranteed by loaded "order is a row at hand"',
  );
  shows(
    'refreshed before',
    flow('order.refresh_from_db()\nreturn Order.objects.get(pk=order.pk)', 'order: Order')
      .replace('refresh_from_db()', 'refresh_from_db()')
      .replace('return Order.objects.get(pk=order.pk)', 'return Order.objects.get(pk=order.pk) #!'),
    'guaranteed by loaded "order is a row at hand"',
  );
  shows(
    'more keywords than the id: no guarantee',
    flow('return Order.objects.get(pk=order.pk, customer_id=3)', 'order: Order'),
    ESCAPES,
  );
  shows(
    'a filtered manager: no guarantee',
    flow('return Order.objects.filter(customer_id=3).get(pk=order.pk)', 'order: Order'),
    ESCAPES,
  );
  shows(
    "a subclass's row",
    `
  #### shop/models.py
  from django.db import models

  class Place(models.Model):
      pass

  class Restaurant(Place):
      pass
  #### shop/work.py
  from shop.models import Place, Restaurant

  def run(place: Restaurant):
      return Place.objects.get(pk=place.pk)
`,
    'guaranteed by loaded "place is a row at hand"',
  );
  shows(
    "a parent's row for a subclass",
    `
  #### shop/models.py
  from django.db import models

  class Place(models.Model):
      pass

  class Restaurant(Place):
      pass
  #### shop/work.py
  from shop.models import Place, Restaurant

  def run(place: Place):
      return Restaurant.objects.get(pk=place.pk)
`,
    ESCAPES,
  );
  shows(
    'deleted in between: no guarantee',
    flow('order.delete()\nreturn Order.objects.get(pk=order.pk)', 'order: Order'),
    ESCAPES,
  );
});

describe('parents of live rows', () => {
  shows(
    'a column with a constraint',
    flow('return Customer.objects.get(pk=order.customer_id)', 'order: Order'),
    parent('Order.customer_id'),
  );
  shows(
    'through the relation',
    flow('return Customer.objects.get(id=order.customer.id)', 'order: Order'),
    'guaranteed by loaded "order.customer is a row at hand"',
  );
  shows(
    'of a row that was looked up before',
    flow('order = Order.objects.get(number=1)\nreturn Customer.objects.get(pk=order.customer_id) #!'),
    parent('Order.customer_id'),
  );
  shows(
    'of a row in a loop',
    flow('for order in Order.objects.all():\n    Customer.objects.get(pk=order.customer_id)'),
    parent('Order.customer_id'),
  );
  shows(
    'without a constraint',
    flow('return Customer.objects.get(pk=order.courier_id)', 'order: Order'),
    ESCAPES,
  );
  shows(
    'a bare column of that name',
    flow('return Region.objects.get(pk=order.region_id)', 'order: Order'),
    ESCAPES,
  );
  shows('nullable, untested', flow('return Shop.objects.get(pk=order.shop_id)', 'order: Order'), ESCAPES);
  shows(
    'nullable, tested',
    flow(
      'if order.shop_id is None:\n    return None\nreturn Shop.objects.get(pk=order.shop_id)',
      'order: Order',
    ),
    parent('Order.shop_id'),
  );
  shows(
    'nullable, tested around it',
    flow('if order.shop_id:\n    return Shop.objects.get(pk=order.shop_id)', 'order: Order'),
    parent('Order.shop_id'),
  );
  shows(
    'nullable, tested in a conditional expression',
    flow('return Shop.objects.get(pk=order.shop_id) if order.shop_id else None', 'order: Order'),
    parent('Order.shop_id'),
  );
  shows(
    'nullable, tested under another name',
    flow(
      'key = order.shop_id\nif key is None or order.region_id:\n    raise ValueError\nreturn Shop.objects.get(pk=key)',
      'order: Order',
    ),
    parent('Order.shop_id'),
  );
  shows(
    'nullable, where it is None',
    flow('if order.shop_id:\n    return None\nreturn Shop.objects.get(pk=order.shop_id)', 'order: Order'),
    ESCAPES,
  );
  shows(
    'copied to another row before',
    flow(
      'note = Note()\nnote.owner_id = order.customer_id\nreturn Customer.objects.get(pk=note.owner_id)',
      'order: Order',
    ),
    parent('Order.customer_id'),
  );
  shows(
    'copied to another row on a branch only',
    flow(
      'note = Note()\nif order:\n    note.owner_id = order.customer_id\nreturn Customer.objects.get(pk=note.owner_id)',
      'order: Order',
    ),
    ESCAPES,
  );
  shows('of another model', flow('return Shop.objects.get(pk=order.customer_id)', 'order: Order'), ESCAPES);
  shows(
    'of a row from a cache',
    flow('order = cache.get("order")\nreturn Customer.objects.get(pk=order.customer_id)'),
    ESCAPES,
  );
  shows(
    'of a row from a cached manager',
    `
  #### shop/models.py
  from django.db import models
  from shop.base import CacheManager

  class Customer(models.Model):
      objects = CacheManager()

  class Order(models.Model):
      customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
      objects = CacheManager()
  #### shop/base.py
  from django.db import models

  class CacheManager(models.Manager):
      def get_from_cache(self, **kwargs):
          return self.get(**kwargs)
  #### shop/work.py
  from shop.models import Customer, Order

  def run(order_id):
      order = Order.objects.get_from_cache(pk=order_id)
      return Customer.objects.get_from_cache(pk=order.customer_id) #!
`,
    ESCAPES,
  );
  shows(
    'on_delete DO_NOTHING with a constraint: the database refuses the delete',
    flow('return Customer.objects.get(pk=order.customer_id)', 'order: Order').replace(
      'Customer, on_delete=models.CASCADE',
      'Customer, on_delete=models.DO_NOTHING',
    ),
    parent('Order.customer_id'),
  );
});

describe('parents by the column that a foreign key holds', () => {
  const held = (field: string, lookup: string): string => `
  #### shop/models.py
  from django.db import models

  class Region(models.Model):
      code = models.CharField(max_length=9, ${field})
      name = models.CharField(max_length=9)

  class Shop(models.Model):
      region = models.ForeignKey(Region, on_delete=models.CASCADE${field === 'unique=True' ? ', to_field="code"' : ''})
  #### shop/work.py
  from shop.models import Region, Shop

  def run(shop: Shop):
      return Region.objects.get(${lookup}) #!
`;
  const kept = parent('Shop.region_id');
  shows('named by `to_field`', held('unique=True', 'code=shop.region_id'), kept);
  shows('the primary key by its name', held('primary_key=True', 'code=shop.region_id'), kept);
  shows('the primary key', held('primary_key=True', 'pk=shop.region_id'), kept);
  shows('another column', held('unique=True', 'name=shop.region_id'), ESCAPES);
  shows('the id, where `to_field` names another', held('unique=True', 'pk=shop.region_id'), ESCAPES);
  shows(
    'the id of the parent itself',
    held('unique=True', 'pk=shop.region.pk'),
    'guaranteed by loaded "shop.region is a row at hand"',
  );
  shows('more is asked for', held('unique=True', 'code=shop.region_id, name="x"'), ESCAPES);
});

describe('keys that a row at hand gave to a function', () => {
  const handed = (given: string): string => `${MODELS}
  #### shop/work.py
  from shop.models import Order, Region

  def load(order_id):
      return Order.objects.get(pk=order_id)

  def run(number):
      order = Order.objects.filter(shop=number).first()
      region = Region.objects.filter(pk=number).first()
      ${given.replaceAll('\n', '\n      ')}
`;

  shows('its own key', handed('load(order.id)'), 'guaranteed by constrained-parent "id of a Order row"');
  shows(
    'the key of a row of another model',
    handed('load(region.id)'),
    'escapes to uncalled run: load < run',
  );
  shows(
    'its own key and one of another model',
    handed('load(order.pk)\nload(region.pk)'),
    'escapes to uncalled run: load < run',
  );
  shows(
    'an object that a related field of Django REST framework asks for',
    `${MODELS}
  #### shop/fields.py
  from rest_framework import serializers
  from shop.models import Order

  class OrderField(serializers.HyperlinkedRelatedField):
      def get_object(self, view_name, view_args, view_kwargs):
          return Order.objects.get(pk=view_kwargs["pk"])
`,
    'handled by framework "RelatedField.to_internal_value": OrderField.get_object',
  );
});

describe('users, natural keys, insert or fetch', () => {
  const USERS = `
  #### shop/work.py
  from django.contrib.auth.models import User
  from shop.models import Order

`;
  const user = (expr: string): string => `${USERS}
  def run(request):
      return User.objects.get(${expr})
`;
  const requested = (what: string): string =>
    `guaranteed by request-user "${what} is the row that authentication loaded"`;
  shows('request.user by id', user('pk=request.user.pk'), requested('request.user'));
  shows('request.user itself', user('pk=request.user'), requested('request.user'));
  shows(
    'self.request.user',
    user('id=self.request.user.id').replace('run(request)', 'run(self)'),
    requested('self.request.user'),
  );
  shows(
    'request.user in a database that is chosen at run time',
    user('pk=request.user.pk').replace('objects', 'objects.using(request.database)'),
    ESCAPES,
  );
  shows(
    'a column of request.user in a database that is chosen at run time',
    user('username=request.user.username').replace('objects', 'objects.using(request.database)'),
    ESCAPES,
  );
  shows(
    'request.user in its own database',
    user('pk=request.user.pk').replace('objects', 'objects.using("default")'),
    requested('request.user'),
  );
  shows('request.user_id of the query is none', user('pk=request.GET["user_id"]'), ESCAPES);
  shows(
    'request.user is no key of another model',
    user('pk=request.user.pk').replace('User.objects', 'Order.objects'),
    ESCAPES,
  );
  shows(
    'natural keys',
    `
  #### shop/models.py
  from django.db import models

  class Order(models.Model):
      number = models.CharField(max_length=9)

      @classmethod
      def from_natural_key(cls, number):
          return cls.objects.get(number=number)
`,
    'guaranteed by natural-key "natural keys are resolved by the serialisation framework, which handles the miss"',
  );
  const byNaturalKey = (model: string): string => `
  #### shop/work.py
  from django.contrib.auth.models import User
  from django.contrib.contenttypes.models import ContentType

  def run(name):
      return ${model}.objects.get_by_natural_key(name)
`;
  shows('asked for by a natural key', byNaturalKey('User'), ESCAPES);
  shows(
    'rows that the framework writes',
    byNaturalKey('ContentType'),
    'guaranteed by natural-key "natural keys are resolved by the serialisation framework, which handles the miss"',
  );
  const fetched = 'guaranteed by insert-or-fetch "fetches the row that made the insert fail"';
  shows(
    'insert or fetch',
    flow(
      'try:\n    with transaction.atomic():\n        return Order.objects.create(number=order_id)\nexcept IntegrityError:\n    return Order.objects.get(number=order_id)',
    ),
    fetched,
  );
  shows(
    'insert or fetch, by the name of the module',
    flow(
      'try:\n    return Order.objects.create(number=order_id)\nexcept db.IntegrityError:\n    return Order.objects.get(number=order_id)',
    ).replace('from django.core.cache', 'from django import db\n  from django.core.cache'),
    fetched,
  );
  shows(
    "insert or fetch, by the project's own exception",
    flow(
      'try:\n    return place(order_id)\nexcept DuplicateOrder:\n    return Order.objects.get(number=order_id)',
    ).replace(
      'def run',
      'class DuplicateOrder(Exception):\n      pass\n\n  def place(number):\n      raise DuplicateOrder\n\n  def run',
    ),
    fetched,
  );
  shows(
    "insert or fetch, by the project's own exception of a row that is there",
    flow(
      'try:\n    return place(order_id)\nexcept OrderAlreadyExist:\n    return Order.objects.get(number=order_id)',
    ).replace(
      'def run',
      'class OrderAlreadyExist(Exception):\n      pass\n\n  def place(number):\n      raise OrderAlreadyExist\n\n  def run',
    ),
    fetched,
  );
  shows(
    "in the handler of the project's own exception about something else",
    flow(
      'try:\n    return channel_of(order_id)\nexcept DuplicateDisplayName:\n    return Order.objects.get(number=order_id)',
    ).replace(
      'def run',
      'class DuplicateDisplayName(Exception):\n      pass\n\n  def channel_of(number):\n      raise DuplicateDisplayName\n\n  def run',
    ),
    ESCAPES,
  );
  const checked = (block: string): string =>
    flow(
      `try:\n    ${block}\nexcept ValidationError:\n    return Order.objects.get(number=order_id)`,
    ).replace(
      'from django.core.cache',
      'from django.core.exceptions import ValidationError\n  from django.core.cache',
    );
  shows('a check of the row', checked('Order(number=order_id).full_clean()'), fetched);
  shows('a write that names the model', checked('register_order(order_id)'), fetched);
  shows('a write of something', checked('order_id.save()'), fetched);
  shows('a write that names another model', checked('create_jobs(order_id)'), ESCAPES);
  shows('a check of another model', checked('Shop(name=order_id).full_clean()'), ESCAPES);
  shows('a check of no row', checked('parse(order_id)'), ESCAPES);
  shows(
    'in the handler of something else',
    flow('try:\n    return int(order_id)\nexcept ValueError:\n    return Order.objects.get(number=order_id)'),
    ESCAPES,
  );
  shows(
    'a row of another model after the insert failed',
    flow(
      'try:\n    return Order.objects.create(number=order_id)\nexcept IntegrityError:\n    return Shop.objects.get(name=order_id)',
    ),
    ESCAPES,
  );
});

describe('relations', () => {
  const relation = (body: string): string => `
  #### shop/models.py
  from django.db import models

  class Person(models.Model):
      pass

  class Profile(models.Model):
      person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="profile")

  class Badge(models.Model):
      person = models.ForeignKey(Person, db_constraint=False, on_delete=models.DO_NOTHING)
  #### shop/work.py
  from shop.models import Badge, Person

  def run(person: Person, badge: Badge):
      ${body.trim().replaceAll('\n', '\n      ')}
`;
  shows('a reverse one-to-one that nothing asks for', relation('return person.profile'), ESCAPES);
  shows(
    'a reverse one-to-one that is named after its app',
    relation('return person.shop_profile').replace('"profile"', '"%(app_label)s_%(class)s"'),
    ESCAPES,
  );
  const account = (field: string): string => `
  #### shop/models.py
  from annoying.fields import AutoOneToOneField
  from django.contrib.auth.models import User
  from django.db import models

  class Account(models.Model):
      user = ${field}(User, models.CASCADE)
  #### shop/work.py
  def run(request):
      return request.user.account
`;
  shows('a reverse one-to-one of a model that a package defines', account('models.OneToOneField'), ESCAPES);
  test('a reverse one-to-one that reading creates is no lookup', async () => {
    const session = await sessionOf(filesOf(account('AutoOneToOneField')));
    expect(session.judgements()).toEqual([]);
  });
  shows(
    'a reverse one-to-one that the lookup of its row asks for',
    relation('person = Person.objects.get(profile__pk=badge.pk)\nreturn person.profile  #!'),
    'guaranteed by loaded "the query asks for profile"',
  );
  shows(
    'a foreign key without a constraint that a row at hand was given for',
    relation('found = Badge.objects.get(person=person)\nreturn found.person  #!'),
    'guaranteed by loaded "the query asks for person"',
  );
  shows(
    'a foreign key without a constraint that an id was given for',
    relation('found = Badge.objects.get(person=person.pk)\nreturn found.person  #!'),
    ESCAPES,
  );
  shows(
    'a reverse one-to-one behind hasattr',
    relation('if hasattr(person, "profile"):\n    return person.profile'),
    'guaranteed by loaded "hasattr asks for profile first"',
  );
  shows(
    'a reverse one-to-one after hasattr left',
    relation('if not hasattr(person, "profile"):\n    return None\nreturn person.profile'),
    'guaranteed by loaded "hasattr asks for profile first"',
  );
  shows(
    'a reverse one-to-one behind hasattr in the same test',
    relation('return hasattr(person, "profile") and person.profile'),
    'guaranteed by loaded "hasattr asks for profile first"',
  );
  const formsRow = (form: string): string => `
  #### shop/models.py
  from django.db import models

  class Person(models.Model):
      pass

  class Profile(models.Model):
      person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="profile")
  #### shop/forms.py
  from django import forms
  from shop.models import Person

  class PersonForm(forms.ModelForm):
      class Meta:
          model = Person
  #### shop/work.py
  from shop.forms import PersonForm

  class Close:
      def run(self, form: PersonForm, other: PersonForm):
          person = ${form}.instance
          self.object = form.save()
          if hasattr(person, "profile"):
              self.object.profile.delete()
`;
  shows(
    "a reverse one-to-one of a form's row, behind hasattr for the row that the form saves",
    formsRow('form'),
    'guaranteed by loaded "hasattr asks for profile first"',
  );
  shows(
    "a reverse one-to-one of another form's row",
    formsRow('other'),
    'escapes to uncalled Close.run: Close.run',
  );
  shows(
    'a reverse one-to-one behind hasattr for another name',
    relation('if hasattr(person, "badge"):\n    return person.profile'),
    ESCAPES,
  );
  test('a reverse one-to-one that a property has taken the place of is no lookup', async () => {
    const session = await sessionOf(
      filesOf(`${relation('return person.profile')}
  #### shop/apps.py
  from shop.models import Person, Profile

  Person.profile = property(lambda person: Profile.objects.get_or_create(person=person)[0])
`),
    );
    expect(session.judgements()).toEqual([]);
  });
  const again = (way: string): string => `guaranteed by loaded "${way} was read before, and is kept"`;
  shows(
    'a relation that was read before',
    relation('print(person.profile) #\nreturn [person.profile.id #!\n]'),
    again('person.profile'),
  );
  shows(
    'a relation that was written to before',
    relation('person.profile.name = "x" #\nreturn [person.profile.id #!\n]'),
    again('person.profile'),
  );
  shows(
    'a relation that a block before read, which only its end leads out of',
    relation(
      'try:\n    print(person.profile) #\nexcept ValueError:\n    return None\nreturn [person.profile.id #!\n]',
    ),
    again('person.profile'),
  );
  shows(
    'a relation that a block before may not have read',
    relation(
      'try:\n    print(person.profile) #\nexcept ValueError:\n    pass\nreturn [person.profile.id #!\n]',
    ),
    ESCAPES,
  );
  shows(
    'a relation that the condition of an expression read',
    relation('return [person.profile.id #!\n  if person.profile #\n  else None]'),
    again('person.profile'),
  );
  shows(
    'a relation that a part of the condition read',
    relation('if badge and person.profile: #\n    return [person.profile.id #!\n]'),
    again('person.profile'),
  );
  shows(
    'a relation that one of two conditions read',
    relation('if badge or person.profile:\n    return [person.profile.id #!\n]'),
    ESCAPES,
  );
  shows(
    'a relation that one branch read',
    relation('if badge:\n    print(person.profile)\nreturn [person.profile.id #!\n]'),
    ESCAPES,
  );
  shows(
    'a relation of another row under the name',
    relation('print(person.profile) #\nperson = Person.objects.first()\nreturn [person.profile.id #!\n]'),
    ESCAPES,
  );
  shows(
    'a reverse one-to-one that a receiver creates with the parent',
    `${relation('return person.profile')}
  #### shop/receivers.py
  from django.db.models.signals import post_save
  from django.dispatch import receiver
  from shop.models import Person, Profile

  @receiver(post_save, sender=Person)
  def on_person(sender, instance, created, **kwargs):
      if created:
          Profile.objects.create(person=instance)
`,
    'guaranteed by created "on_person writes the row together with its parent"',
  );
  shows('a relation without a constraint', relation('return badge.person'), ESCAPES);
  shows(
    'the raw column of a relation without a constraint',
    relation('print(badge.person_id)\nreturn badge.person'),
    ESCAPES,
  );
});

describe('columns that values() read', () => {
  const values = (body: string, columns = '"customer_id"'): string =>
    flow(`row = Order.objects.values(${columns}).first()\n${body}`);
  const ofCustomer = 'guaranteed by constrained-parent "Order.customer_id, a foreign key with a constraint"';
  shows('by item', values('return Customer.objects.get(pk=row["customer_id"]) #!'), ofCustomer);
  shows('by get()', values('return Customer.objects.get(pk=row.get("customer_id")) #!'), ofCustomer);
  shows('all of them', values('return Customer.objects.get(pk=row["customer_id"]) #!', ''), ofCustomer);
  shows(
    'one that may be NULL',
    values('return Shop.objects.get(pk=row["shop_id"]) #!', '"shop_id"'),
    ESCAPES,
  );
  shows('of another model', values('return Region.objects.get(pk=row["customer_id"]) #!'), ESCAPES);
  shows(
    'the value alone, which is None where there is no row',
    flow(
      'key = Order.objects.values_list("customer_id", flat=True).first()\nreturn Customer.objects.get(pk=key) #!',
    ),
    ESCAPES,
  );
  shows(
    'of a row that a parameter is declared to be',
    flow('return Customer.objects.get(pk=order["customer_id"]) #!', 'order: Order'),
    ofCustomer,
  );
});

shows(
  'an item that a container gives is a column all the same',
  flow(
    'queue = [order.customer.email]\nemail = queue.pop(0)\nreturn Customer.objects.get(email=email) #!',
    'order: Order',
  ),
  'guaranteed by constrained-parent "email of a Customer row"',
);

shows(
  'a proxy of a model of a package',
  `
  #### shop/models.py
  from django.contrib.auth.models import User

  class Member(User):
      class Meta:
          proxy = True
  #### shop/work.py
  from django.contrib.auth import get_user_model
  from shop.models import Member

  def run(name):
      user = get_user_model().objects.create_user(name)
      return Member.objects.get(pk=user.pk) #!
`,
  created('user was made just before (create_user)'),
);
