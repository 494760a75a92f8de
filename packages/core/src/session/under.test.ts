import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectFresh, said, shop } from './testing/fresh.ts';
import { sessionOf } from './testing/program.ts';

const LINES = ['', '# a note', 'return None', 'order = Order.objects.get(pk=1)', 'try:', 'pass'];

/** A file, a line of it, and what is put there; null: the file goes and comes back later. */
const steps = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.option(fc.nat({ max: LINES.length - 1 }))), {
  minLength: 3,
  maxLength: 8,
});

describe('a session that another one takes over', () => {
  it('says what a fresh one says, after any files were read again, came or went', async () => {
    const before = shop();
    const paths = [...before.keys()];
    await fc.assert(
      fc.asyncProperty(steps, async (edits) => {
        const files = new Map(before);
        let session = await sessionOf(files);
        for (const [file, line, put] of edits) {
          const path = paths[file % paths.length] ?? '';
          session = session.under({ ...session.options });
          if (put === null && files.delete(path)) session.update(path, null);
          else {
            const lines = (files.get(path) ?? before.get(path) ?? '').split('\n');
            lines.splice(line % lines.length, 0, LINES[put ?? 0] ?? '');
            files.set(path, lines.join('\n'));
            session.reread(path);
          }
          if (line % 2 === 0) said(session);
        }
        await expectFresh(session.under({ ...session.options }), files);
      }),
      { seed: 33, numRuns: 4 },
    );
  });

  it('forgets what a fix of the other one expected', async () => {
    const files = shop();
    const session = await sessionOf(files);
    session.expectNone(new Set(session.paths()));
    said(session);
    await expectFresh(session.under({ ...session.options }), files);
  });

  it('knows a file that cannot be read any more, and one that can again', async () => {
    const files = new Map([['shop/models.py', 'from django.db import models\n']]);
    const session = await sessionOf(files);
    files.delete('shop/models.py');
    session.reread('shop/models.py');
    expect(session.source('shop/models.py')).toBeNull();
    files.set('shop/models.py', 'x = 1\n');
    session.reread('shop/models.py');
    expect(session.source('shop/models.py')?.text).toBe('x = 1\n');
  });
});
