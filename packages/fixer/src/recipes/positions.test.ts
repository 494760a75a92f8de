import { afterAll, describe, expect, it } from 'vitest';
import { HELPER, make, TASK } from '../testing/program.ts';
import { pythonErrors } from '../testing/python.ts';

const HEAD = `import logging

from celery import shared_task

from app.models import Detector

logger = logging.getLogger(__name__)


`;
const GET = 'Detector.objects.get(id=key)';
const FIRST = 'Detector.objects.filter(id=key).first()';
const LOG = 'logger.info("detector.not_found", extra={"detector_id": key})';

/**
 * What becomes of a statement: `here` rewrites the lookup in place and checks its name, `before` gives the row a name in a
 * statement before, `try` puts the statement in a try, `hoisted try` the lookup alone; else nothing, for this reason.
 */
type Shape = readonly ['here' | 'before' | 'try' | 'hoisted try', string?] | RegExp;

interface Position {
  /** The body of a function; `GET` stands for the lookup. */
  readonly text: string;
  /** Where any answer may be written; the statement after it, where it changes. */
  readonly skip: Shape;
  /** What stays of the statement when only a `try` may be written. */
  readonly tried: Shape;
  readonly view: 'shortcut' | RegExp;
}

const before = (after: string): Shape => ['before', after];
const alone = (after: string): Shape => ['hoisted try', after];
const bigger = (text: string): Position => {
  const after = text.replace('GET', 'detector');
  return { text, skip: before(after), tried: alone(after), view: 'shortcut' };
};
const stored = (text: string): Position => ({ text, skip: ['try'], tried: ['try'], view: 'shortcut' });
const never = (text: string, why: RegExp, view: Position['view'] = 'shortcut'): Position => ({
  text,
  skip: why,
  tried: why,
  view,
});

const POSITIONS: Readonly<Record<string, Position>> = {
  'assigned name': { text: 'row = GET', skip: ['here', 'row'], tried: ['try'], view: 'shortcut' },
  'annotated assignment': stored('row: Detector = GET'),
  'attribute target': stored('self.row = GET'),
  'item target': stored('rows[key] = GET'),
  'several targets': stored('a = b = GET'),
  returned: stored('return GET'),
  'statement of its own': stored('GET'),
  'tuple target': bigger('row, other = GET, key'),
  'starred target': bigger('row, *rest = [GET, key]'),
  'augmented assignment': bigger('rows += [GET]'),
  yielded: bigger('yield GET'),
  argument: bigger('send(GET, key)'),
  'attribute read on the result': bigger('name = GET.name'),
  'method of the result': bigger('GET.run()'),
  'item of the result': bigger('return GET["x"]'),
  'with statement': bigger('with GET.lock() as lock: print(lock)'),
  'source of a comprehension': bigger('return [rule for rule in GET.rules.all()]'),
  'source of a loop': bigger('for rule in GET.rules.all(): print(rule)'),
  'test of a conditional expression': bigger('row = 1 if GET.name else 2'),
  'left side of or': bigger('name = GET.name or key'),
  'test of if': bigger('if GET.name: print(1)'),
  assertion: bigger('assert GET.name'),
  raised: bigger('raise ValueError(GET.name)'),
  deleted: bigger('del GET.name'),
  'start of a chained comparison': bigger('return 0 < GET.pk < 9'),
  'f-string': bigger('return f"{GET.name}"'),
  slice: bigger('return rows[GET.pk :]'),
  'starred argument': bigger('return send(*GET.names())'),
  dictionary: bigger('return {"row": GET, "key": key}'),
  walrus: {
    text: 'if (row := GET).name: print(row)',
    skip: ['here', 'row'],
    tried: alone('if row.name: print(row)'),
    view: 'shortcut',
  },
  'branch of a conditional expression': stored('row = GET if key else None'),
  'right side of or': stored('row = key or GET'),
  'end of a chained comparison': stored('return 0 < key < GET.pk'),
  'after something with effects': never(
    'send(make(), GET)',
    /before the lookup in its statement may have effects/,
  ),
  'after another context manager': never(
    'with a() as b, GET.lock() as c: print(b, c)',
    /earlier context manager/,
  ),
  comprehension: never('return [GET for key in keys]', /once for each item of a comprehension/),
  'generator expression': never(
    'return max(GET.pk for key in keys)',
    /once for each item of a comprehension/,
  ),
  lambda: never('return lambda: GET', /later, inside a lambda/),
  'default argument': never(
    'def inner(row=GET): return row',
    /when the function is defined/,
    /when the function is defined/,
  ),
  'decorator line': never(
    '@register(GET)\ndef inner(): return 1',
    /when the function is defined/,
    /when the function is defined/,
  ),
  'base of a class': never(
    'class Inner(GET.kind): pass',
    /when the class is defined/,
    /when the class is defined/,
  ),
  'class body': never('class Inner:\n    row = GET', /nowhere to return to/, /when the class is defined/),
  'test of elif': never('if key: print(1)\nelif GET.name: print(2)', /test of an `elif`/),
  'test of while': never('while GET.name: print(1)', /test of a `while` loop/),
  'finally block': never('try:\n    print(1)\nfinally:\n    row = GET', /`finally` block/),
  'one line of several': never('a = 1; row = GET', /share its line/, /share its line/),
  'coroutine that is not awaited': never(
    'coro = Detector.objects.aget(id=key)',
    /its coroutine is awaited/,
    /its coroutine is awaited/,
  ),
};

const ASYNC = /^coro/;
const indent = (text: string): string => text.replace(/^(?=.)/gm, '    ');

function program(body: string): string {
  return `${HEAD}${ASYNC.test(body) ? 'async ' : ''}def run(self, key, keys, rows):\n${indent(body)}\n`;
}

/** The body that a shape stands for; `log` where the branch tells of the row, `end` how it leaves. */
function wanted(text: string, [kind, after = '']: Exclude<Shape, RegExp>, log: string, end: string): string {
  const branch = `${log}    ${end}`;
  switch (kind) {
    case 'here':
      return text.startsWith(after)
        ? `${text.replace('GET', FIRST)}\nif ${after} is None:\n${branch}`
        : `${after} = ${FIRST}\nif ${after} is None:\n${branch}\n${text.replace(`(${after} := GET)`, after)}`;
    case 'before':
      return `detector = ${FIRST}\nif detector is None:\n${branch}\n${after}`;
    case 'try':
      return `try:\n    ${text.replace('GET', GET)}\nexcept Detector.DoesNotExist:\n${branch}`;
    case 'hoisted try': {
      const name = after.includes('detector') ? 'detector' : 'row';
      return `try:\n    ${name} = ${GET}\nexcept Detector.DoesNotExist:\n${branch}\n${after}`;
    }
  }
}

const written: string[] = [];

/** Compares what a recipe makes of a position, the word that it leaves with left open. */
async function check(recipe: string, text: string, shape: Shape, log: string): Promise<void> {
  const facts = recipe === 'skip' ? TASK : HELPER;
  const made = await make(recipe, program(text.replace('GET', GET)), facts);
  if (shape instanceof RegExp) {
    expect(made).toEqual({ refused: expect.stringMatching(shape) });
    return;
  }
  if ('refused' in made) throw new Error(made.refused);
  written.push(made.after);
  const end = /^ *return None$/m.test(made.after) ? 'return None' : 'return';
  expect(made.after).toBe(program(wanted(text, shape, log, end)));
}

describe.each(Object.entries(POSITIONS))('%s', (_, { text, skip, tried, view }) => {
  it('skip', () => check('skip', text, skip, `    ${LOG}\n`));

  it('try-except', async () => {
    const logs = !text.startsWith('return') && !/\breturn \w/.test(text.replace(/def.*/, ''));
    await check('try-except', text, tried, logs ? `    ${LOG}\n` : '');
  });

  it('http-404', async () => {
    const made = await make('http-404', program(text.replace('GET', GET)), {
      host: { entry: 'view', hazards: [] },
    });
    if (view instanceof RegExp) expect(made).toEqual({ refused: expect.stringMatching(view) });
    else {
      const shortcut = text.replace('GET', 'get_object_or_404(Detector.objects, id=key)');
      expect('after' in made ? made.after : made.refused).toContain(indent(shortcut));
      if ('after' in made) written.push(made.after);
    }
  });

  it('getter-none, which is for getters', async () => {
    const made = await make('getter-none', program(text.replace('GET', GET)), HELPER);
    if (text === 'return GET') expect(made).toMatchObject({ applicability: 'unsafe' });
    else expect(made).toHaveProperty('refused');
  });
});

afterAll(() => {
  expect(pythonErrors(written).filter((error) => error !== null)).toEqual([]);
});
