import { describe, expect, it } from 'vitest';
import { type Facts, HELPER, make, type Made, TASK } from '../testing/program.ts';
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
      return `try:\n    ${text.replace('GET', GET)}\nexcept Detector.DoesNotExist:\n${text === 'GET' ? log.trimEnd() : branch}`;
    case 'hoisted try': {
      const name = after.includes('detector') ? 'detector' : 'row';
      return `try:\n    ${name} = ${GET}\nexcept Detector.DoesNotExist:\n${branch}\n${after}`;
    }
  }
}

const written: string[] = [];

interface Compared {
  readonly got: string;
  readonly want: string;
}

const REFUSED = 'refused for the reason that is given';

function refusal(made: Made, why: RegExp): Compared {
  const got = 'refused' in made ? made.refused : made.after;
  return { got: why.test(got) ? REFUSED : got, want: REFUSED };
}

/** What a recipe makes of a position and what it should; the word that it leaves with is left open. */
async function compared(recipe: string, text: string, shape: Shape, log: string): Promise<Compared> {
  const facts = recipe === 'skip' ? TASK : HELPER;
  const made = await make(recipe, program(text.replace('GET', GET)), facts);
  if (shape instanceof RegExp || 'refused' in made)
    return refusal(made, shape instanceof RegExp ? shape : /^$/);
  written.push(made.after);
  const end = /^ *(return (?:None|False|\[\]))$/m.exec(made.after)?.[1] ?? 'return';
  return { got: made.after, want: program(wanted(text, shape, log, end)) };
}

async function answered(text: string, view: Position['view']): Promise<Compared> {
  const facts: Facts = { host: { entry: 'view', hazards: [] } };
  const made = await make('http-404', program(text.replace('GET', GET)), facts);
  if (view instanceof RegExp || 'refused' in made) return refusal(made, view instanceof RegExp ? view : /^$/);
  written.push(made.after);
  const shortcut = indent(text.replace('GET', 'get_object_or_404(Detector, id=key)'));
  return { got: made.after.includes(shortcut) ? shortcut : made.after, want: shortcut };
}

describe.each(Object.entries(POSITIONS))('%s', (name, { text, skip, tried, view }) => {
  it('skip', async () => {
    const { got, want } = await compared('skip', text, skip, `    ${LOG}\n`);
    expect(got).toBe(want);
  });

  it('try-except', async () => {
    const silent = text.startsWith('return') || /\breturn \w/.test(text.replace(/def.*/, ''));
    const { got, want } = await compared('try-except', text, tried, silent ? '' : `    ${LOG}\n`);
    expect(got).toBe(want);
  });

  it('http-404', async () => {
    const { got, want } = await answered(text, view);
    expect(got).toBe(want);
  });

  it('getter-none is for getters', async () => {
    const made = await make('getter-none', program(text.replace('GET', GET)), HELPER);
    expect('refused' in made).toBe(name !== 'returned');
  });
});

it('all of it is valid Python', () => {
  expect(written.length).toBeGreaterThan(100);
  expect(pythonErrors(written).filter((error) => error !== null)).toEqual([]);
});
