import { describe, expect, it } from 'vitest';
import { type Facts, HELPER, make, OPTIONAL, TASK } from '../testing/program.ts';
import { pythonErrors } from '../testing/python.ts';

const HEAD = `import functools
import logging

from app.models import Detector

logger = logging.getLogger(__name__)


`;
const GET = 'Detector.objects.get(name=key)';

async function fixed(code: string, facts: Facts): Promise<{ readonly after: string; readonly why: string }> {
  const made = await make('try-except', HEAD + code, facts);
  if ('refused' in made) throw new Error(made.refused);
  expect(pythonErrors([made.after])).toEqual([null]);
  return { after: made.after.slice(HEAD.length), why: made.why ?? '' };
}

async function refused(code: string, facts: Facts): Promise<string> {
  const made = await make('try-except', HEAD + code, facts);
  return 'refused' in made ? made.refused : made.after;
}

describe('methods that cannot be left early', () => {
  it.each([
    ['_get_row_or_raise', '`_get_row_or_raise` says that it raises'],
    ['must_find', '`must_find` says that it raises'],
    ['__post_init__', 'leaving a constructor early would give a half-built object'],
    ['__enter__', 'leaving a constructor early would give a half-built object'],
    ['__getitem__', '`__getitem__` tells with an exception that there is nothing'],
    ['__getattr__', '`__getattr__` tells with an exception that there is nothing'],
    ['__fspath__', '`__fspath__` must not return None'],
  ])('%s', async (name, reason) => {
    expect(
      await refused(`class Box:\n    def ${name}(self, key):\n        self.row = ${GET}\n`, OPTIONAL),
    ).toBe(reason);
  });
});

describe('a method that hands the lookup of its base class on', () => {
  it('is not left early: who calls it expects the exception', async () =>
    expect(
      await refused(
        `from django.db import models\n\n\nclass Rows(models.Manager):\n    def get_family(self, *args, **kwargs):\n        return super().get(*args, **kwargs)\n\n\nclass Kind(models.Model):\n    objects = Rows()\n    more = Rows()\n`,
        OPTIONAL,
      ),
    ).toBe('`get_family` hands on what its base class raises for a missing row'));
});

describe('a function that only checks something', () => {
  const REASON = (name: string): string =>
    `\`${name}\` checks something: to leave it early would say that all is well`;

  it('is not left early: it does nothing but raise', async () =>
    expect(
      await refused(
        `def access(user, key):\n    if user is None:\n        raise PermissionError\n    row = ${GET}\n    if row.name in user.names:\n        return\n    raise PermissionError\n`,
        HELPER,
      ),
    ).toBe(REASON('access')));

  it('is not left early: it is called so', async () =>
    expect(
      await refused(
        `def check_owner(user, key):\n    user.seen(key)\n    row = ${GET}\n    if row.name not in user.names:\n        raise PermissionError\n`,
        HELPER,
      ),
    ).toBe(REASON('check_owner')));

  it.each([
    ['asserts', 'assert row.name'],
    ['collects errors', 'if row.name:\n        user.errors.append(row.name)'],
    ['adds errors to a form', 'if row.name:\n        user.add_error("name", "taken")'],
  ])('is not left early: it %s', async (_, body) =>
    expect(await refused(`def look(user, key):\n    row = ${GET}\n    ${body}\n`, HELPER)).toBe(
      REASON('look'),
    ),
  );

  it.each([
    ['receiver', REASON('look')],
    ['task', ''],
  ] as const)(
    'is left early with a doubt where its exception stops what sent it: a %s',
    async (entry, why) => {
      const veto = `def look(user, key):\n    row = ${GET}\n    if row.name:\n        raise ValueError\n`;
      expect((await fixed(veto, { host: { ...TASK.host, entry } })).why).toBe(why);
    },
  );

  it('may leave work of its own undone', async () => {
    const { after } = await fixed(
      `def send(user, key):\n    if user is None:\n        raise ValueError\n    row = ${GET}\n    user.send(row.name)\n`,
      HELPER,
    );
    expect(after).toContain('        return\n    user.send(row.name)');
  });
});

describe('a method that extends another', () => {
  const method = (returns: string): string =>
    `class Box(Base):\n    def open(self, key)${returns}:\n        row = ${GET}\n        return super().open(row)\n`;
  it('keeps the promise of its annotation', async () => {
    expect(await refused(method(' -> bool'), OPTIONAL)).toBe(
      'the method that `open` extends does not give None',
    );
  });
  it.each(['', ' -> bool | None', ' -> "Any"'])('may give None with the annotation "%s"', async (returns) => {
    expect((await fixed(method(returns), OPTIONAL)).after).toContain('return None');
  });

  it.each([
    `rows = super().rows(key)
        row = ${GET}
        rows.append(row)
        return rows`,
    `row = ${GET}
        return [row, *super(Box, self).rows(key)]`,
  ])('gives a value as that one does', async (body) => {
    expect(
      await refused(
        `class Box(Base):
    def rows(self, key):
        ${body}
`,
        HELPER,
      ),
    ).toBe('the method that `rows` extends does not give None');
  });

  it('does not leave before the rest that its base class does', async () => {
    const save = (before: string, after: string): string =>
      `class Box(Base):
    def save(self, key):
        ${before}if self.fresh:
            row = ${GET}
            self.name = row.name
${after}`;
    expect(await refused(save('', '        super().save(key)\n'), HELPER)).toBe(
      'an early leave would go past `super().save()`',
    );
    expect((await fixed(save('super().save(key)\n        ', ''), HELPER)).after).toContain('return\n');
  });
});

describe('a function that remembers what it gave', () => {
  it.each(['@functools.lru_cache', '@functools.lru_cache(maxsize=9)', '@cached_property', '@memoize(60)'])(
    '%s',
    async (decorator) => {
      const { why } = await fixed(`${decorator}\ndef find(key):\n    return ${GET}\n`, OPTIONAL);
      expect(why).toBe('the cache of `find` would keep None also when the row is created later');
    },
  );
});

describe('a handler around the lookup that is for another model', () => {
  it.each([
    ['AlertRule', ''],
    ['User', 'an `except` around it sees the exception and would no longer'],
  ])('%s', async (model, why) => {
    const code = `def run(self, key):\n    try:\n        row = ${GET}\n        row.save()\n    except (${model}.DoesNotExist, OSError):\n        self.undo()\n        raise\n`;
    expect((await fixed(code, TASK)).why).toBe(why);
  });

  it('gets an `except` beside it', async () => {
    const code = `def run(self, key):\n    try:\n        row = ${GET}\n    except AlertRule.DoesNotExist:\n        self.undo()\n        raise\n    row.save()\n`;
    expect((await fixed(code, TASK)).after).toMatch(
      /\n {4}except Detector\.DoesNotExist:\n.*\n {8}return\n {4}except AlertRule\.DoesNotExist:\n/,
    );
  });
});

describe('a handler around the lookup that passes the exception on', () => {
  const AROUND = 'an `except` around it sees the exception and would no longer';
  const task = (handler: string): string =>
    `def run(self, key):\n    try:\n        row = ${GET}\n        row.save()\n    ${handler}\n`;

  it.each([
    'except Exception as exc:\n        raise self.retry(exc=exc)',
    'except:\n        self.undo()\n        raise',
    'except (ValueError, Detector.DoesNotExist):\n        self.undo()\n        raise',
  ])('%s', async (handler) => {
    expect((await fixed(task(handler), TASK)).why).toBe(AROUND);
  });

  it('keeps the lookup as it is where the class at hand names the exception', async () => {
    const code = task('except cls.DoesNotExist:\n        raise Gone()')
      .replaceAll('self', 'cls')
      .replace(GET, 'cls.objects.get(id=key)');
    expect(await refused(`class Detector:\n${code.replace(/^(?=.)/gm, '    ')}`, TASK)).toBe(
      'a handler around it names the exception, and raises it again',
    );
  });

  it.each(['Detector.DoesNotExist', 'ObjectDoesNotExist', 'models.Detector.DoesNotExist'])(
    'keeps the lookup as it is where it names the exception: %s',
    async (name) => {
      const code = task(`except ${name}:\n        self.undo()\n        raise Gone()`);
      expect(await refused(code, TASK)).toBe('a handler around it names the exception, and raises it again');
    },
  );

  it('is nothing to doubt when it catches something else', async () => {
    expect((await fixed(task('except ValueError:\n        return'), TASK)).why).toBe('');
  });
});

describe('a return annotation', () => {
  const HELPER: Facts = { host: { entry: 'task', resultUnused: true, hazards: [] } };
  it.each([
    ['Detector', 'Optional[Detector]', ''],
    ['Detector', 'Detector | None', 'from __future__ import annotations\n\n'],
    ['"Detector"', '"Detector | None"', ''],
    ['dict[str, int]', 'Optional[dict[str, int]]', ''],
    ['int | str', 'int | str | None', ''],
    ['Detector | None', 'Detector | None', ''],
    ['Any', 'Any', ''],
    ['None', 'None', ''],
    ['"typing.Optional[Detector]"', '"typing.Optional[Detector]"', ''],
  ])('-> %s becomes -> %s', async (before, after, first) => {
    const code = `def run(key) -> ${before}:\n    row = ${GET}\n    return row.pk\n`;
    const made = await make('skip', first + HEAD + code, HELPER);
    if ('refused' in made) throw new Error(made.refused);
    expect(made.after).toContain(`def run(key) -> ${after}:\n`);
    expect(made.after.includes('from typing import Optional')).toBe(after.startsWith('Optional'));
  });
});
