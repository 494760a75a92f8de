import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { fixAll } from '../apply/fix-all.ts';
import { sessionOf } from '../testing/program.ts';
import { pythonErrors } from '../testing/python.ts';

const MODELS = `from django.db import models


class Owner(models.Model):
    name = models.CharField(max_length=9)


class Detector(models.Model):
    name = models.CharField(max_length=9)
    owner = models.ForeignKey(Owner, models.CASCADE)
`;

const HEAD = `import logging

from celery import shared_task
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from .models import Detector, Owner

logger = logging.getLogger(__name__)


`;

async function fixed(code: string): Promise<readonly [code: string, why: string | null]> {
  const files = { 'app/models.py': MODELS, 'app/code.py': HEAD + code };
  const session = await sessionOf(files, { rules });
  const { applied } = fixAll(session, { unsafe: true });
  const after = session.source('app/code.py')?.text ?? '';
  expect(pythonErrors([after])).toEqual([null]);
  return [after.slice(HEAD.length), applied[0]?.why ?? null];
}

const WRITE = 'Detector.objects.create(name=name)';
const GET = 'row = Detector.objects.get(pk=pk)';

describe('an early leave of a transaction that has written', () => {
  it('takes back what was written, as the exception did', async () => {
    const [code, why] = await fixed(
      `@shared_task\ndef run(pk, name):\n    with transaction.atomic():\n        ${WRITE}\n        ${GET}\n        row.save()\n`,
    );
    expect(code).toContain(`        if row is None:
            logger.info("detector.not_found", extra={"detector_id": pk})
            transaction.set_rollback(True)
            return
`);
    expect(why).toBeNull();
  });

  it('so does one of a function that is a transaction', async () => {
    const [code] = await fixed(
      `@shared_task\n@transaction.atomic\ndef run(pk, name):\n    ${WRITE}\n    ${GET}\n    row.save()\n`,
    );
    expect(code).toContain('        transaction.set_rollback(True)\n        return\n');
  });

  it.each([
    ['is one of several', 'with transaction.atomic(), transaction.atomic():'],
    ['is one of another database', 'with transaction.atomic(using="other"):'],
  ])('leaves a doubt where the transaction %s', async (_, opened) => {
    const [code, why] = await fixed(
      `@shared_task\ndef run(pk, name):\n    ${opened}\n        ${WRITE}\n        ${GET}\n        row.save()\n`,
    );
    expect(code).not.toContain('set_rollback');
    expect(why).toContain('the exception rolled them back, an early return commits them');
  });

  it('is plain where nothing was written', async () => {
    const [code, why] = await fixed(
      `@shared_task\ndef run(pk, name):\n    with transaction.atomic():\n        ${GET}\n        row.save()\n`,
    );
    expect(code).not.toContain('set_rollback');
    expect(why).toBeNull();
  });
});

describe('a function that has its own way to tell what is wrong', () => {
  it.each([
    [
      'a handler that makes another exception of whatever happens',
      `def run(pk):\n    try:\n        ${GET}\n        return row.name\n    except Exception as err:\n        raise Broken(f"no: {err}")\n`,
    ],
    [
      'an error that is raised further on',
      `def run(pk, name):\n    ${GET}\n    if row.name != name:\n        raise Broken(name)\n    row.save()\n`,
    ],
  ])('is not left early: %s', async (_, code) => expect((await fixed(code))[0]).toBe(code));

  it('is left early behind another branch that raises', async () =>
    expect(
      (
        await fixed(
          `def run(pk, name):\n    if name == "a":\n        ${GET}\n        row.save()\n    elif name == "b":\n        work(pk)\n    else:\n        raise Broken(name)\n`,
        )
      )[0],
    ).toContain('        if row is None:\n            logger.info('));

  it('is left early with a doubt where a queue calls it', async () => {
    const [code, why] = await fixed(
      `def work(pk, name):\n    ${GET}\n    if row.name != name:\n        raise Broken(name)\n    row.save()\n\n\n@shared_task\ndef run(pk, name):\n    work(pk, name)\n`,
    );
    expect(code).toContain('    if row is None:\n        logger.info(');
    expect(why).toBe('`work` raises where something is wrong, which to leave it early would hide');
  });

  it('raises the CommandError that it raises elsewhere', async () =>
    expect(
      (
        await fixed(
          `def run(pk, name):\n    if not name:\n        raise CommandError("no name")\n    ${GET}\n    row.save()\n`,
        )
      )[0],
    ).toContain('    if row is None:\n        raise CommandError(f"Detector {pk} does not exist")\n'));

  it('rejects the input where a validator is called', async () =>
    expect(
      (
        await fixed(
          `class NameValidator(BaseValidator):\n    def __call__(self, data):\n        row = Detector.objects.get(pk=data["pk"])\n        self.compare(row)\n`,
        )
      )[0],
    ).toContain('            raise ValidationError("Detector not found")\n'));
});

it('arguments that read a relation stay where another model is looked up', async () => {
  const [code] = await fixed(
    `@shared_task\ndef run(pk, name):\n    ${GET.replace('get(pk', 'get(name=name, pk')}\n    other = Owner.objects.get(name=row.owner.name)\n    other.save()\n    third = Detector.objects.get(name=row.owner.name)\n    third.save()\n`,
  );
  expect(code).toContain('        third = Detector.objects.get(name=row.owner.name)\n');
});
