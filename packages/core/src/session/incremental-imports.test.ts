import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectFresh, said, shop } from './testing/fresh.ts';
import { filesOf, sessionOf } from './testing/program.ts';

const IMPORTS = [
  'import contextlib',
  'import os.path',
  'from contextlib import suppress',
  'from shop.models import *',
  'from shop.models import Order as Bought',
  'from shop import models',
  'from django.db import models as db, transaction',
  'from __future__ import annotations',
  'from . import models',
  'from .models import Order',
  'from shop.mod',
  'from shop.models import (Order,',
  'import',
  'models',
];

describe('imports that come and go', () => {
  it('leave what a fresh session says', async () => {
    const before = shop();
    const paths = [...before.keys()];
    const steps = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(...IMPORTS), fc.boolean()), {
      minLength: 2,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (edits) => {
        const files = new Map(before);
        const session = await sessionOf(files);
        said(session);
        for (const [i, line, statement, goes] of edits) {
          const path = paths[i % paths.length] ?? '';
          const lines = (files.get(path) ?? '').split('\n');
          const tops = lines.flatMap((text, at) => (/^(from|import|class|def|@) ?/.test(text) ? [at] : []));
          const at = tops[line % Math.max(1, tops.length)] ?? 0;
          if (goes && /^(from|import)/.test(lines[at] ?? '')) lines.splice(at, 1);
          else lines.splice(at, 0, statement);
          files.set(path, lines.join('\n'));
          session.update(path, Buffer.from(files.get(path) ?? ''));
          session.judge(path);
        }
        await expectFresh(session, files);
      }),
      { seed: 33, numRuns: 6 },
    );
  });
});

describe('an import that others read', () => {
  const files = (imports: string, reader: string): Map<string, string> =>
    new Map([
      ...filesOf(`
        #### shop/models.py
        from django.db import models

        class Order(models.Model):
            pass
      `),
      ['shop/lib.py', `${imports}\n\ndef unused():\n    pass\n`],
      ['shop/pack/__init__.py', 'from shop.lib import *\n'],
      [
        'shop/tasks.py',
        `from celery import shared_task\n${reader}\n\n@shared_task\ndef ship(pk):\n    Sold.objects.get(pk=pk)\n`,
      ],
    ]);

  it.each([
    ['by its name', 'from shop.lib import Sold'],
    ['by its name, from who has all of it', 'from shop.pack import Sold'],
    ['with all of it', 'from shop.lib import *'],
    ['behind its module', 'from shop import lib\nSold = lib.Sold'],
    ['behind its module with its whole name', 'import shop.lib\nSold = shop.lib.Sold'],
    [
      'in an annotation',
      'from shop import lib\ndef sold(row: "lib.Sold"): return row.__class__\nSold = sold(1)',
    ],
  ])('%s', async (_how, reader) => {
    const before = files('', reader);
    const after = files('from shop.models import Order as Sold', reader);
    const session = await sessionOf(before);
    said(session);
    for (const to of [after, before]) {
      session.update('shop/lib.py', Buffer.from(to.get('shop/lib.py') ?? ''));
      await expectFresh(session, to);
    }
  });

  it('is not linked anew when nothing does', async () => {
    const session = await sessionOf(files('', 'from shop.models import Order as Sold'));
    const program = session.program();
    session.update('shop/lib.py', Buffer.from('import contextlib\n\ndef unused():\n    pass\n'));
    expect(session.program()).toBe(program);
    expect(session.judgements().length).toBeGreaterThan(0);
  });
});
