import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { fixAll } from '../apply/fix-all.ts';
import { type Facts, HELPER, make, sessionOf, TASK, withHazard } from '../testing/program.ts';

const HEAD = `import logging

from app.models import Detector

logger = logging.getLogger(__name__)


`;
const GET = 'Detector.objects.get(name=key)';

async function outcome(code: string, facts: Facts): Promise<string> {
  const made = await make('try-except', HEAD + code, facts);
  return 'refused' in made ? made.refused : made.after.slice(HEAD.length);
}

describe('an early leave that would hide an error', () => {
  it.each([
    ['a function', HELPER, ''],
    ['a task', TASK, ''],
    ['a branch', TASK, '    '],
  ])('is refused where what follows raises in any case: %s', async (_, facts, indent) => {
    const head = indent === '' ? '' : '    if key:\n';
    const body = [`row = ${GET}`, 'row.failed = True', 'row.save()', 'raise ValueError(key)'];
    const lines = body.map((line) => `    ${indent}${line}\n`).join('');
    expect(await outcome(`def run(key):\n${head}${lines}`, facts)).toBe('what follows raises in any case');
  });

  it('is written where it may also return', async () =>
    expect(
      await outcome(
        `def run(key):\n    row = ${GET}\n    if row.name:\n        return\n    raise ValueError(key)\n`,
        TASK,
      ),
    ).toContain('except Detector.DoesNotExist:\n        logger.info('));
});

describe('a function that makes a row for its callers', () => {
  it.each([
    ['row = Detector.objects.create(name=key)'],
    ['row, _ = Detector.objects.get_or_create(name=key)'],
    ['row = Detector(name=key)\n    row.save()'],
  ])('cannot give None once it has stored it: %s', async (store) =>
    expect(
      await outcome(`def make(key):\n    ${store}\n    row.other = ${GET}\n    return row\n`, HELPER),
    ).toBe('`row` is stored already, and its caller would be given None for it'),
  );

  it('can while it has not', async () =>
    expect(
      await outcome(
        `def make(key):\n    other = ${GET}\n    row = Detector.objects.create(other=other)\n    return row\n`,
        HELPER,
      ),
    ).toContain('return None'));
});

describe('a getter that callers ask for an exception', () => {
  const code = `def find(key):\n    return ${GET}\n`;
  const caught = (facts: Facts): Facts =>
    withHazard(facts, 'caller-catches', 'a caller answers the exception (`except Detector.DoesNotExist`)');

  it('keeps it', async () =>
    expect(await outcome(code, caught(HELPER))).toBe('a caller of `find` names the exception'));

  it('may lose it where they answer whatever happens', async () =>
    expect(
      await outcome(
        code,
        withHazard(HELPER, 'caller-catches', 'a caller answers the exception (`except Exception`)'),
      ),
    ).toContain('return None'));

  it('may lose it where it is a task', async () =>
    expect(await outcome(code, caught(TASK))).toContain('return None'));
});

describe('a function that gives rows', () => {
  it('is not left with None', async () =>
    expect(
      await outcome(`def rules(key):\n    row = ${GET}\n    return row.rules.filter(on=True)\n`, HELPER),
    ).toBe('callers of `rules` read the rows that it gives'));
});

describe('a logger that a function is given', () => {
  it('is the one to log to', async () =>
    expect(await outcome(`def run(key, logger):\n    row = ${GET}\n    row.run(logger)\n`, TASK)).toContain(
      '        logger.info("detector.not_found"',
    ));
});

describe('a handler that names missing rows', () => {
  it('gets no second one before it', async () => {
    const text = `import logging

from app.models import Detector
from django.core.exceptions import ObjectDoesNotExist

logger = logging.getLogger(__name__)


def run(key):
    try:
        return Detector.objects.get(pk=key)
    except ObjectDoesNotExist:
        logger.error("no detector %s", key)
        return None
`;
    const session = await sessionOf({ 'app/code.py': text }, { rules });
    fixAll(session, { unsafe: true });
    expect(session.source('app/code.py')?.text).toBe(text);
  });
});

describe('a function that has others raise for it', () => {
  const CHECKS = `from django.core.exceptions import PermissionDenied


def verify_owner(row, user):
    if row.owner != user:
        raise PermissionDenied(row.pk)


def note(row, user):
    print(row, user)
`;
  const fixed = async (code: string): Promise<string> => {
    const text = `from app.checks import note, verify_owner
from app.models import Detector
from django.db.models.signals import post_save
from django.dispatch import receiver


${code}`;
    const session = await sessionOf({ 'app/checks.py': CHECKS, 'app/code.py': text }, { rules });
    const { applied } = fixAll(session, { unsafe: true });
    const after = session.source('app/code.py')?.text ?? '';
    return after === text ? 'not fixed' : (applied[0]?.why ?? 'safe');
  };

  it.each([
    ['a check of another file', 'look(pk, user)', '', 'verify_owner(row, user)'],
    ['a method of its own class by its name', 'look(self, pk)', '', 'self.raise_error(row.name)'],
    [
      'work as well, and is called a check',
      'ensure_owner(pk, user)',
      'user.save()',
      'verify_owner(row, user)',
    ],
  ])('is not left early: %s', async (_, signature, work, check) => {
    const lines = [`row = Detector.objects.get(pk=pk)`, work, check].filter((line) => line !== '');
    expect(await fixed(`def ${signature}:\n    ${lines.join('\n    ')}\n`)).toBe('not fixed');
  });

  it('is left early where it does other work', async () =>
    expect(
      await fixed('def look(pk, user):\n    row = Detector.objects.get(pk=pk)\n    note(row, user)\n'),
    ).not.toBe('not fixed'));

  it('leaves a doubt where a signal runs it', async () =>
    expect(
      await fixed(
        `@receiver(post_save)
def ensure_owner(sender, instance, **kwargs):
    row = Detector.objects.get(pk=instance.detector_id)
    verify_owner(row, instance.user)
`,
      ),
    ).toBe('`ensure_owner` checks something: to leave it early would say that all is well'));
});
