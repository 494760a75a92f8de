import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { fixAll } from '../apply/fix-all.ts';
import { sessionOf } from '../testing/program.ts';
import { pythonErrors } from '../testing/python.ts';

const MODELS = `from django.db import models


class Product(models.Model):
    name = models.CharField(max_length=64)


class Sku(models.Model):
    code = models.CharField(max_length=9, primary_key=True)


class Line(models.Model):
    product = models.ForeignKey(Product, on_delete=models.DO_NOTHING, db_constraint=False)
    gift = models.ForeignKey(Product, null=True, on_delete=models.DO_NOTHING, db_constraint=False)
    sku = models.ForeignKey(Sku, on_delete=models.DO_NOTHING, db_constraint=False)
    named = models.ForeignKey(Product, to_field="name", on_delete=models.DO_NOTHING, db_constraint=False)


class Profile(models.Model):
    line = models.OneToOneField(Line, on_delete=models.CASCADE)
    text = models.TextField()


def unwritten():
    return Line.objects.filter(profile__isnull=True)
`;

const HEAD = `import logging

from celery import shared_task

from app.shop import Line, Product

logger = logging.getLogger(__name__)


@shared_task
def run(line: Line):
`;

/** What DNE004's fixes make of the body of a task, and how sure they are. */
async function fixed(body: string): Promise<readonly [body: string, ...applied: string[]]> {
  const path = 'app/code.py';
  const text = HEAD + body.replace(/^(?=.)/gm, '    ');
  const session = await sessionOf(
    { 'app/shop.py': MODELS, [path]: text },
    { rules: rules.filter(({ meta }) => meta.code === 'DNE004') },
  );
  const { applied } = fixAll(session, { unsafe: true, only: new Set([path]) });
  const after = session.source(path)?.text ?? '';
  expect(pythonErrors([after])).toEqual([null]);
  return [after.replace(HEAD, '').replace(/^ {4}/gm, ''), ...applied.map(({ why }) => why ?? 'safe')];
}

describe('raw-id', () => {
  it.each([
    ['print(line.product.pk)\n', 'print(line.product_id)\n', 'safe'],
    ['key = line.product.id\n', 'key = line.product_id\n', 'safe'],
    ['key = [line.product.id for _ in "ab"]\n', 'key = [line.product_id for _ in "ab"]\n', 'safe'],
    ['print(line.sku.pk)\n', 'print(line.sku_id)\n', 'safe'],
  ])('%s', async (before, after, how) => {
    expect(await fixed(before)).toEqual([after, how]);
  });

  it.each(['line.sku.id', 'line.named.pk', 'line.gift.pk', 'line.product.name'])(
    'leaves %s to other recipes',
    async (expr) => {
      const [after] = await fixed(`print(${expr})\n`);
      expect(after).toContain('try:\n');
    },
  );
});

describe('attribute-default', () => {
  const LOG = '    logger.info("profile.not_found", extra={"line_id": line.pk})\n    return\n';

  it('gives a row that is used at once a name', async () => {
    expect(await fixed('print(line.profile.text)\n')).toEqual([
      `profile = getattr(line, "profile", None)\nif profile is None:\n${LOG}print(profile.text)\n`,
      'safe',
    ]);
  });

  it('keeps the name that the row has', async () => {
    expect(await fixed('found = line.profile  # one\nprint(found)\n')).toEqual([
      `found = getattr(line, "profile", None)  # one\nif found is None:\n${LOG}print(found)\n`,
      'safe',
    ]);
  });

  it('serves later reads of the same row', async () => {
    expect(
      await fixed(
        'print(line.profile.text)\nif line.pk:\n    print(line.profile)  # two\nprint([line.profile.pk])\n',
      ),
    ).toEqual([
      `profile = getattr(line, "profile", None)\nif profile is None:\n${LOG}print(profile.text)\nif line.pk:\n    print(profile)  # two\nprint([profile.pk])\n`,
      'safe',
    ]);
    const [after] = await fixed('print(line.profile.text)\nline = Line()\nprint(line.profile.pk)\n');
    expect(after.match(/getattr/g)).toHaveLength(2);
  });

  it('leaves places where it may not run', async () => {
    const text = 'print(line.pk and line.profile.text)\n';
    expect(await fixed(text)).toEqual([text]);
  });
});

it('a relation that dangles is answered, with its column in the log', async () => {
  expect(await fixed('name = line.product.name\nprint(name)\n')).toEqual([
    `try:
    product = line.product
except Product.DoesNotExist:
    logger.info("product.not_found", extra={"product_id": line.product_id})
    return
name = product.name
print(name)
`,
    'safe',
  ]);
});
