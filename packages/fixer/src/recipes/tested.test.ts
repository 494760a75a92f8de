import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { fixAll } from '../apply/fix-all.ts';
import { sessionOf } from '../testing/program.ts';
import { pythonErrors } from '../testing/python.ts';

const MODELS = `from django.db import models


class Product(models.Model):
    name = models.CharField(max_length=64)


class Line(models.Model):
    product = models.ForeignKey(Product, null=True, on_delete=models.DO_NOTHING, db_constraint=False)


class Profile(models.Model):
    line = models.OneToOneField(Line, on_delete=models.CASCADE)
    text = models.TextField()
`;

const HEAD = `from app.shop import Line, Product


def run(line: Line, key):
`;

/** What the fixes make of the body of a function, and how sure they are. */
async function fixed(body: string): Promise<readonly [body: string, ...why: string[]]> {
  const path = 'app/code.py';
  const text = HEAD + body.replace(/^(?=.)/gm, '    ');
  const session = await sessionOf({ 'app/shop.py': MODELS, [path]: text }, { rules });
  const { applied } = fixAll(session, { unsafe: true, only: new Set([path]) });
  const after = session.source(path)?.text ?? '';
  expect(pythonErrors([after])).toEqual([null]);
  return [after.replace(HEAD, '').replace(/^ {4}/gm, ''), ...applied.map(({ why }) => why ?? 'safe')];
}

const TRY = `try:
    product = line.product
except Product.DoesNotExist:
    product = None
`;

describe('a relation that is tested for being there', () => {
  it.each([
    ['if line.product:\n    send(line.product.name)\n', 'if product:\n    send(product.name)\n'],
    [
      'if line.product is not None and line.product.name:\n    send(line.product)\nelse:\n    send(key)\n',
      'if product is not None and product.name:\n    send(product)\nelse:\n    send(key)\n',
    ],
    [
      'if not line.product:\n    return key\nreturn line.product.name\n',
      'if not product:\n    return key\nreturn product.name\n',
    ],
    ['return line.product.name if line.product else key\n', 'return product.name if product else key\n'],
  ])('gives None there, and its other branch answers: %s', async (before, after) =>
    expect(await fixed(before)).toEqual([TRY + after, 'safe']),
  );

  it('is a read of its own where it may be missing', async () =>
    expect((await fixed('if line.product or key:\n    send(line.product.name)\n'))[0]).toContain(
      'if product or key:\n    try:\n',
    ));
});

describe('the other side of a one-to-one field that is tested for being there', () => {
  it('has None for a default in place', async () =>
    expect(await fixed('if line.profile:\n    send(key)\nelse:\n    make(line)\n')).toEqual([
      'if getattr(line, "profile", None):\n    send(key)\nelse:\n    make(line)\n',
      'safe',
    ]));

  it('is read from a variable where it is read again', async () =>
    expect(await fixed('if line.profile:\n    send(line.profile.text)\nelse:\n    make(line)\n')).toEqual([
      'profile = getattr(line, "profile", None)\nif profile:\n    send(profile.text)\nelse:\n    make(line)\n',
      'safe',
    ]));
});

describe('a lookup that is tested for being there', () => {
  it.each([
    [
      'if Product.objects.get(pk=key):\n    send(key)\n',
      'if Product.objects.filter(pk=key).first():\n    send(key)\n',
    ],
    [
      'if key and not Product.objects.get(pk=key):\n    send(key)\n',
      'if key and not Product.objects.filter(pk=key).first():\n    send(key)\n',
    ],
    [
      'row = Product.objects.get(pk=key) or make(key)\nsend(row)\n',
      'row = Product.objects.filter(pk=key).first() or make(key)\nsend(row)\n',
    ],
    [
      'while Product.objects.get(pk=key):\n    key = send(key)\n',
      'while Product.objects.filter(pk=key).first():\n    key = send(key)\n',
    ],
  ])('gives None: %s', async (before, after) => expect(await fixed(before)).toEqual([after, 'safe']));

  it('is left alone where only a part of it is tested', async () =>
    expect((await fixed('if Product.objects.get(pk=key).name:\n    send(key)\n'))[0]).toContain(
      'product is None',
    ));
});
