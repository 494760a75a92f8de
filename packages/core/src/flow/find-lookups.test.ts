import { describe, expect, it } from 'vitest';
import { fateOf, filesOf, judgementOf, sessionOf } from '../session/testing/program.ts';

/** How the first lookup of a program names its exception. */
const named = async (head: string): Promise<string> =>
  (
    await judgementOf(`
  #### shop/types.py
  import graphene
  class Order(graphene.ObjectType):
      pass
  #### shop/work.py
  from shop import models
  ${head}

  def run(pk):
      order = models.Order.objects.filter(pk=pk).first()
      order.refresh_from_db()
`)
  ).lookup.exception;

describe('the exception of a lookup', () => {
  it('is named by its model', async () => expect(await named('')).toBe('Order.DoesNotExist'));

  it('is named by none where the name stands for another class', async () =>
    expect(await named('from shop.types import Order')).toBe('ObjectDoesNotExist'));
});

describe('the model of a lookup', () => {
  const modelOf = async (lines: string, params = 'kind, pk'): Promise<readonly (string | null)[]> => {
    const { lookup } = await judgementOf(`
  #### shop/work.py
  import elsewhere
  from elsewhere import Order

  def run(${params}):
      ${lines.replaceAll('\n', '\n      ')}
`);
    return [lookup.model, lookup.exception];
  };

  it('is told by the name of a class', async () =>
    expect(await modelOf('return Order.objects.get(pk=pk)')).toEqual(['Order', 'Order.DoesNotExist']));

  it('is told by a name for what is loaded by that name', async () =>
    expect(await modelOf('Order = elsewhere.get_model("Order")\nreturn Order.objects.get(pk=pk)')).toEqual([
      'Order',
      'Order.DoesNotExist',
    ]));

  it('is not told by a variable', async () => {
    const variable = [null, 'ModelClass.DoesNotExist'];
    expect(await modelOf('ModelClass = kind.model_class()\nreturn ModelClass.objects.get(pk=pk)')).toEqual(
      variable,
    );
    expect(await modelOf('ModelClass = elsewhere.KINDS[kind]\nreturn ModelClass.objects.get(pk=pk)')).toEqual(
      variable,
    );
    expect(await modelOf('return ModelClass.objects.get(pk=pk)', 'ModelClass, pk')).toEqual(variable);
  });
});

/** The methods of all lookups of a program, in the order of the text. */
const lookups = async (program: string): Promise<readonly string[]> =>
  (await sessionOf(filesOf(program))).judgements().map(({ lookup }) => lookup.method);

describe("a manager's own method of Django's name", () => {
  const manager = (body: string): string => `
  #### shop/rows.py
  from django.db import models

  class ParcelQuerySet(models.QuerySet):
      def latest(self):
          ${body}

  class Parcel(models.Model):
      sent = models.BooleanField()
      objects = models.Manager.from_queryset(ParcelQuerySet)()
  #### shop/work.py
  from shop.rows import Parcel

  def run():
      return Parcel.objects.filter(sent=True).latest()
`;

  it('is no lookup where it asks for no row', async () =>
    expect(await lookups(manager('return self.filter(sent=False)'))).toEqual([]));
  it('is none where it answers the missing row itself', async () =>
    expect(
      await lookups(
        manager(`try:
              return super().latest("id")
          except self.model.DoesNotExist:
              return None`),
      ),
    ).toEqual([]));
  it("is the manager's alone: its querysets have Django's", async () => {
    const own = `objects = ParcelManager()
  #### shop/work.py`;
    const program = manager('return super().latest("id")')
      .replace('objects = models.Manager.from_queryset(ParcelQuerySet)()\n  #### shop/work.py', own)
      .replace('ParcelQuerySet(models.QuerySet)', 'ParcelManager(models.Manager)')
      .replace('return super().latest("id")', 'return self.filter(sent=False)');
    expect(await lookups(program)).toEqual(['latest']);
    expect(await lookups(program.replace('.filter(sent=True).latest', '.latest'))).toEqual([]);
  });
  it('is one where it asks on', async () =>
    expect(await lookups(manager('return super().latest("id")'))).toEqual(['latest']));
});

describe('a row of a child model', () => {
  const asked = (model: string): string => `
  #### shop/jobs.py
  from django.db import models

  class Job(models.Model):
      name = models.TextField()

  class ImportJob(Job):
      archive = models.TextField()
  #### shop/work.py
  from shop.jobs import ImportJob, Job

  def run(pk):
      job = ${model}.objects.filter(pk=pk).first()
      return job.importjob.archive
`;

  it('is behind the accessor of its parent', async () =>
    expect(await lookups(asked('ImportJob'))).toEqual([]));
  it('may not be there for any row of the parent', async () =>
    expect(await lookups(asked('Job'))).toEqual(['importjob']));
});

describe('the default manager of a model', () => {
  const ofModel = async (body: string, receiver = 'Parcel.objects'): Promise<boolean> =>
    (
      await judgementOf(`
  #### shop/rows.py
  from django.db import models
  from vendor.models import Base, TreeManager

  class Sent(models.Manager):
      def get_queryset(self):
          return super().get_queryset().filter(sent=True)

  class Own(models.Manager):
      def get(self, *args, **kwargs):
          return super().get(*args, **kwargs)

  class Parcel(models.Model):
      sent = models.BooleanField()
      ${body}

  class Above(models.Model):
      objects = models.Manager()
      mine = Sent()

      class Meta:
          default_manager_name = "mine"

  class Heir(Above):
      class Meta:
          ordering = ["pk"]

  class Apart(Above):
      objects = models.Manager()
  #### shop/work.py
  from django.contrib.auth.models import User
  from shop.rows import Apart, Heir, Parcel

  def run(pk):
      return ${receiver}.get(pk=pk)
`)
    ).lookup.ofModel;

  it.each([
    ['by itself', '', 'Parcel.objects', true],
    ['declared', 'objects = Sent()', 'Parcel.objects', true],
    ['behind another one', 'mine = Sent()\n      objects = models.Manager()', 'Parcel.objects', false],
    ['under another name', 'mine = Sent()', 'Parcel.mine', true],
    [
      'named in Meta',
      'mine = Sent()\n      objects = models.Manager()\n\n      class Meta:\n          default_manager_name = "objects"',
      'Parcel.objects',
      true,
    ],
    [
      'bound again behind another one',
      'objects = models.Manager()\n      mine = Sent()\n      objects = models.Manager()',
      'Parcel.objects',
      false,
    ],
    ['named in Meta of the model above', '', 'Heir.objects', false],
    ['named there, below a manager of its own', '', 'Apart.objects', true],
    ["of a package's class", 'objects = TreeManager()', 'Parcel.objects', false],
    [
      'named in Meta by what the text does not tell',
      'objects = models.Manager()\n\n      class Meta:\n          default_manager_name = Base.name',
      'Parcel.objects',
      false,
    ],
    ['with a `get` of its own', 'objects = Own()', 'Parcel.objects', false],
    ['with a filter behind it', '', 'Parcel.objects.filter(sent=True)', false],
    ["of Django's own models", '', 'User.objects', true],
  ])('%s', async (_title, body, receiver, expected) => expect(await ofModel(body, receiver)).toBe(expected));
});

describe('lookups that are carried to another thread', () => {
  const asked = (body: string): string => `
  #### shop/work.py
  from asgiref.sync import sync_to_async
  from channels.db import database_sync_to_async
  from shop.models import Order

  async def run(pk):
      ${body.replaceAll('\n', '\n      ')}
`;
  it('are lookups', async () => {
    expect(await lookups(asked('return await sync_to_async(Order.objects.get)(pk=pk)'))).toEqual(['get']);
    expect(await lookups(asked('return await database_sync_to_async(Order.objects.latest)()'))).toEqual([
      'latest',
    ]);
  });
  it('raise where they are called', async () =>
    expect(
      await fateOf(
        asked(
          'try:\n    await sync_to_async(Order.objects.get)(pk=pk)\nexcept Order.DoesNotExist:\n    pass',
        ),
      ),
    ).toBe('handled by except "except Order.DoesNotExist in run": run'));
  it('are none where no row is asked for', async () =>
    expect(await lookups(asked('return await sync_to_async(Order.objects.filter)(pk=pk)'))).toEqual([]));
});

describe('the object of a view', () => {
  const view = (queryset: string): string => `
  #### shop/models.py
  from django.db import models
  class Order(models.Model):
      pass
  class Payment(models.Model):
      order = models.OneToOneField(Order, on_delete=models.CASCADE)
  #### shop/views.py
  from rest_framework.viewsets import ModelViewSet
  from shop.models import Order, Payment

  class Orders(ModelViewSet):
      def get_queryset(self):
          ${queryset.replaceAll('\n', '\n          ')}

      def amount(self, request, pk=None):
          return self.get_object().payment
`;
  it('is a row of what get_queryset gives', async () =>
    expect(
      await lookups(
        view(
          'rows = Order.objects.all()\nif self.request.user.is_staff:\n    return rows\nreturn rows.none()',
        ),
      ),
    ).toEqual(['payment']));
  it('is unknown where it gives rows of several models', async () =>
    expect(
      await lookups(view('if self.kwargs:\n    return Order.objects.all()\nreturn Payment.objects.all()')),
    ).toEqual([]));
});

describe('rows of a model that only a variable names', () => {
  const asked = (body: string): string => `
  #### shop/work.py
  def run(model, pk, staff):
      ${body.trimEnd().split('\n').join('\n      ')}
`;
  it('are asked through a name', async () =>
    expect(await lookups(asked('rows = model.objects.all()\nreturn rows.get(pk=pk)'))).toEqual(['get']));

  const narrowed = (value: string): string =>
    asked(`rows = model.objects.all()\nif staff:\n    rows = ${value}\nreturn rows.get(pk=pk)`);
  it('are asked through a name that is narrowed on one way', async () =>
    expect(await lookups(narrowed('rows.filter(open=True)'))).toEqual(['get']));
  it('may be something else where the name is given something else on one way', async () =>
    expect(await lookups(narrowed('cache.rows()'))).toEqual([]));

  it('are none behind another attribute', async () =>
    expect(await lookups(asked('rows = model.lines.all()\nreturn rows.get(pk=pk)'))).toEqual([]));
  it('are none where no column is named', async () =>
    expect(await lookups(asked('rows = model.objects\nreturn rows.get("pk")'))).toEqual([]));
});
