import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectFresh, said, shop } from './testing/fresh.ts';
import { filesOf, sessionOf } from './testing/program.ts';
import { plans, programOf } from './testing/random-program.ts';

/** Lines as they are typed, whole and half, of what inference reads in bodies and of what it does not. */
const SNIPPETS = [
  '',
  '# a note',
  'return None',
  'return self',
  'return Order.objects.first()',
  'order = Order.objects.get(pk=1)',
  'order = Order.objects.get(',
  'self.order = Order.objects.filter(pk=1)',
  'request.order = Order.objects.last()',
  'notify(Order.objects.get(pk=1))',
  'global order',
  'def inner(pk): return Order.objects.get(pk=pk)',
  'class Inner: pass',
  'yield order',
  'if order is None:',
  'try:',
  ')',
  "'''",
  'x = [order for order in Order.objects.all()',
];

/** One edit: a line is put in, or one is taken out, as deep as the line that is there. */
function edited(text: string, line: number, snippet: number): string {
  const lines = text.split('\n');
  const at = line % lines.length;
  const indent = /^\s*/.exec(lines[at] ?? '')?.[0] ?? '';
  if (snippet >= SNIPPETS.length) lines.splice(at, 1);
  else lines.splice(at, 0, indent + (SNIPPETS[snippet] ?? ''));
  return lines.join('\n');
}

const edits = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat({ max: SNIPPETS.length + 2 }), fc.boolean()), {
  minLength: 4,
  maxLength: 12,
});

describe('after any edits a session says what a fresh one says', () => {
  it('in the shop', async () => {
    const before = shop();
    const paths = [...before.keys()];
    await fc.assert(
      fc.asyncProperty(edits, async (steps) => {
        const files = new Map(before);
        const session = await sessionOf(files);
        said(session);
        for (const [i, line, snippet, asks] of steps) {
          const path = paths[i % paths.length] ?? '';
          const old = files.get(path) ?? '';
          files.set(path, edited(old, line, snippet));
          session.update(path, Buffer.from(files.get(path) ?? ''));
          if (asks) session.judge(path);
        }
        await expectFresh(session, files);
        for (const [path, text] of before) session.update(path, Buffer.from(text));
        await expectFresh(session, before);
      }),
      { seed: 31, numRuns: 4 },
    );
  });

  it('in programs that go in circles', async () => {
    const names = ['mod_a', 'mod_b', 'mod_c', 'mod_d', 'mod_e', 'mod_f'];
    await fc.assert(
      fc.asyncProperty(plans, plans, edits, async (first, second, steps) => {
        const files = new Map(programOf(first, names));
        const session = await sessionOf(files);
        said(session);
        for (const [i, line, snippet] of steps) {
          const path = `app/${names[i % names.length] ?? ''}.py`;
          files.set(path, edited(files.get(path) ?? '', line, snippet));
          session.update(path, Buffer.from(files.get(path) ?? ''));
          session.judge(path);
        }
        await expectFresh(session, files);
        const after = programOf(second, names);
        for (const [path, text] of after) session.update(path, Buffer.from(text));
        await expectFresh(session, after);
      }),
      { seed: 32, numRuns: 40 },
    );
  });
});

describe('a body that others read', () => {
  const TASK = `
    #### shop/tasks.py
    from celery import shared_task
    from shop.models import Order
    from shop.lib import Loader, load, helper

    @shared_task
    def ship(pk):
        load(pk).get(pk=pk)
        Loader().run(pk)
        Loader().again(pk)
        return helper(Order.objects.filter(pk=pk)).get(number=pk)
  `;
  const lib = (load: string, init: string, run: string, helper: string): string => `
from shop.models import Customer, Order

def load(pk):
    ${load}

class Loader:
    def __init__(self):
        ${init}

    def run(self, pk):
        ${run}

    def again(self, pk):
        return self.rows.get(pk=pk)

def helper(rows):
    ${helper}

def use(rows):
    return rows.get(pk=2)
`;
  const base = [
    'return Order.objects.all()',
    'self.rows = Order.objects',
    'return use(Order.objects)',
    'return rows',
  ] as const;
  const changed = (at: number, text: string): string => {
    const [load, init, run, helper] = base.map((one, i) => (i === at ? text : one));
    return lib(load ?? '', init ?? '', run ?? '', helper ?? '');
  };

  it.each([
    ['what it gives', 0, 'return Customer.objects.all()'],
    ['what it gives no more', 0, 'return None'],
    ['what it gives from a function inside', 0, 'def inner(): return Customer.objects\n    return inner()'],
    ['what it assigns to self', 1, 'self.rows = Customer.objects'],
    ['what it reads of self', 2, 'return self.rows.get(pk=pk)'],
    ['what it hands on', 2, 'return use(Customer.objects)'],
    ['what it gives for an argument', 3, 'return rows.filter(customer=1)'],
    ['what it gives for an argument no more', 3, 'return None'],
    ['that it is a generator', 3, 'yield rows'],
    [
      'what it answers',
      2,
      'try:\n            return load(pk).get()\n        except Order.DoesNotExist:\n            pass',
    ],
    ['that it has a class', 2, 'class Inner(Order): pass\n        return Inner.objects.get(pk=pk)'],
  ])('%s', async (_name, at, text) => {
    const files = new Map([...filesOf(TASK), ['shop/lib.py', lib(...base)]]);
    const session = await sessionOf(files);
    const before = said(session);
    files.set('shop/lib.py', changed(at, text));
    session.update('shop/lib.py', Buffer.from(files.get('shop/lib.py') ?? ''));
    await expectFresh(session, files);
    session.update('shop/lib.py', Buffer.from(lib(...base)));
    expect(said(session)).toEqual(before);
  });

  it('is read at its new place where only its place is new', async () => {
    const files = new Map([...filesOf(TASK), ['shop/lib.py', changed(2, 'return self.rows.get(pk=pk)')]]);
    const session = await sessionOf(files);
    const before = session.judgements().filter(({ lookup }) => lookup.path === 'shop/lib.py');
    const text = files.get('shop/lib.py') ?? '';
    session.update('shop/lib.py', Buffer.from(`# é\n${text}`));
    const after = session.judgements().filter(({ lookup }) => lookup.path === 'shop/lib.py');
    expect(after.map(({ lookup }) => lookup.span.start)).toEqual(
      before.map(({ lookup }) => lookup.span.start + 4),
    );
    expect(before.length).toBeGreaterThan(0);
  });

  it('is taken into the program that stands; what classes and modules are is linked anew', async () => {
    const session = await sessionOf(new Map([...filesOf(TASK), ['shop/lib.py', lib(...base)]]));
    const program = session.program();
    session.update('shop/lib.py', Buffer.from(changed(3, 'return rows.all()')));
    expect(session.program()).toBe(program);
    session.update('shop/lib.py', Buffer.from(`${lib(...base)}\nMORE = 1\n`));
    expect(session.program()).not.toBe(program);
  });
});
