import { describe, expect, test } from 'vitest';
import { fateOf } from '../session/testing/program.ts';

/** A row found by the key that a foreign key with a constraint holds, through a manager of the product. */
const asked = (manager: string, base = 'models.Model'): string => `
  #### shop/models.py
  from django.db import models
  from model_utils.managers import SoftDeletableManager as Softly
  from mptt.models import TreeManager
  from safedelete.models import SafeDeleteModel

  class Rows(models.QuerySet):
      def alive(self):
          return self.filter(gone_at=None)

      def recent(self):
          return self.order_by("-pk")

  ${manager.trim().replaceAll('\n', '\n  ')}

  class Product(${base}):
      gone_at = models.DateTimeField(null=True)
      ${base === 'models.Model' ? 'objects = Products()' : 'pass'}

  class Line(models.Model):
      product = models.ForeignKey(Product, on_delete=models.CASCADE)
  #### shop/work.py
  from shop.models import Line, Product

  def run():
      for line in Line.objects.all():
          Product.objects.get(pk=line.product_id)
`;

const hides = (title: string, program: string): void =>
  test.each([{ title, program }])('$title', async ({ program }) =>
    expect(await fateOf(program)).toBe('escapes to uncalled run: run'),
  );
const shows = (title: string, program: string): void =>
  test.each([{ title, program }])('$title', async ({ program }) =>
    expect(await fateOf(program)).toMatch(/^guaranteed by constrained-parent/),
  );

const own = (body: string, base = 'models.Manager'): string =>
  `class Products(${base}):\n    def get_queryset(self):\n        ${body.replaceAll('\n', '\n        ')}`;

describe('a manager that leaves rows out proves nothing by a foreign key', () => {
  hides('it filters', asked(own('return super().get_queryset().filter(gone_at=None)')));
  hides('under a name', asked(own('rows = super().get_queryset().exclude(gone_at=1)\nreturn rows')));
  hides('by a method of its queryset', asked(own('return Rows(self.model).alive()')));
  hides(
    'by one that it has of it',
    asked(own('return super().get_queryset().alive()', 'models.Manager.from_queryset(Rows)')),
  );
  hides(
    'by what a manager above it leaves out',
    asked(
      `class Kept(models.Manager):\n    def get_queryset(self):\n        return super().get_queryset().filter(gone_at=None)\n\n${own('return super().get_queryset().order_by("pk")', 'Kept')}`,
    ),
  );
  hides("a package's manager that says so", asked('Products = Softly'));
  hides("a package's model that says so", asked('', 'SafeDeleteModel'));
});

describe('others show every row', () => {
  shows("Django's own", asked('Products = models.Manager'));
  shows(
    'it only sorts',
    asked(own('return super().get_queryset().recent()', 'models.Manager.from_queryset(Rows)')),
  );
  shows("a package's", asked('Products = TreeManager'));
});
