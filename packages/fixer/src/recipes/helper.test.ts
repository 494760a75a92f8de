import { describe, expect, it } from 'vitest';
import { fixedText } from '../apply/text.ts';
import { escapeRule, sessionOf } from '../testing/program.ts';

const GETTER = `def get_or_none(model, **kwargs):
    """The row, or None."""
    try:
        return model.objects.get(**kwargs)
    except model.DoesNotExist:
        return None
`;

interface Shown {
  readonly text: string;
  readonly safe: boolean;
}

/** What becomes of a task's lookup in a program that has these files too. */
async function fixed(
  lookup: string,
  files: Readonly<Record<string, string>>,
  head = 'from app.models import Detector\n',
): Promise<Shown> {
  const path = 'app/tasks.py';
  const text = `import logging\n\nfrom celery import shared_task\n\n${head}\nlogger = logging.getLogger(__name__)\n\n\n@shared_task\ndef run(key):\n    ${lookup}\n    print(detector.name)\n`;
  const session = await sessionOf({ ...files, [path]: text }, { rules: [escapeRule('skip')] });
  const report = session.reports(new Set([path]))[0];
  const fix = report?.fixes()[0];
  const source = session.source(path);
  const facts = session.facts(path);
  if (fix === undefined || source === null || facts === null)
    throw new Error(
      report
        ?.refusals()
        .map(({ reason }) => reason)
        .join() ?? 'not reported',
    );
  return { text: fixedText(source, facts, fix), safe: fix.applicability === 'safe' };
}

const BY_NAME = 'detector = Detector.objects.get(name=key)';

describe('the helper of the project', () => {
  it('is preferred, imported, and safe for lookups that are not unique: it asks the same', async () => {
    const { text, safe } = await fixed(BY_NAME, { 'app/utils.py': GETTER });
    expect(text).toContain('from app.models import Detector\nfrom app.utils import get_or_none\n');
    expect(text).toContain('    detector = get_or_none(Detector, name=key)\n    if detector is None:\n');
    expect(safe).toBe(true);
  });

  it('of another source root is left alone: nobody knows whether it can be imported', async () => {
    const other = { 'tools/other/__init__.py': '', 'tools/other/utils.py': GETTER, 'app/__init__.py': '' };
    expect((await fixed(BY_NAME, other)).text).not.toContain('get_or_none');
  });

  it('is used under the name that the file has for it', async () => {
    const { text } = await fixed(
      BY_NAME,
      { 'app/utils.py': GETTER },
      'from .models import Detector\nfrom .utils import get_or_none\n',
    );
    expect(text.match(/import get_or_none/g)).toHaveLength(1);
    expect(text).toContain('detector = get_or_none(Detector, name=key)');
  });

  it('of the same file needs no import', async () => {
    const { text } = await fixed(BY_NAME, {}, `from app.models import Detector\n\n\n${GETTER}\n`);
    expect(text).toContain('detector = get_or_none(Detector, name=key)');
    expect(text).not.toContain('import get_or_none');
  });

  it('may take rows', async () => {
    const rows = `from django.core.exceptions import ObjectDoesNotExist


def get_or_none(rows, **kwargs):
    try:
        return rows.get(**kwargs)
    except ObjectDoesNotExist:
        return None
`;
    const { text, safe } = await fixed(
      'detector = Detector.objects.select_related("related")[:5].get(name=key)',
      {
        'app/utils.py': rows,
      },
    );
    expect(text).toContain(
      'detector = get_or_none(Detector.objects.select_related("related")[:5], name=key)',
    );
    expect(safe).toBe(true);
  });

  it('may be a method of the manager', async () => {
    const models = `from django.db import models


class Manager(models.Manager):
    def maybe(self, *args, **kwargs):
        try:
            return self.get(*args, **kwargs)
        except self.model.DoesNotExist:
            pass


class Probe(models.Model):
    name = models.CharField(max_length=20)
    objects = Manager()
`;
    const { text, safe } = await fixed(
      'detector = Probe.objects.get(name=key)',
      { 'app/probes.py': models },
      'from app.probes import Probe\n',
    );
    expect(text).toContain('detector = Probe.objects.maybe(name=key)');
    expect(safe).toBe(true);
  });

  it('gives the first one only where there is one at most', async () => {
    const first = 'def find(model, **kwargs):\n    return model.objects.filter(**kwargs).first()\n';
    const unique = await fixed('detector = Detector.objects.get(pk=key)', { 'app/utils.py': first });
    expect(unique.text).toContain('detector = find(Detector, pk=key)');
    const many = await fixed(BY_NAME, { 'app/utils.py': first });
    expect(many.text).toContain('    try:\n        detector = Detector.objects.get(name=key)\n');
  });

  it.each([
    [
      'hides rows that are several',
      GETTER.replace('model.DoesNotExist:', '(model.DoesNotExist, model.MultipleObjectsReturned):'),
    ],
    ['does something else', GETTER.replace('return None', 'return 0')],
    ['asks for something else too', GETTER.replace('get(**kwargs)', 'get(active=True, **kwargs)')],
    ['is asynchronous', GETTER.replace('def ', 'async def ')],
    ['takes more', GETTER.replace('(model, ', '(model, default, ')],
    ['comes from a file that imports this one', `from app.tasks import run\n\n\n${GETTER}`],
  ])('is not used when it %s', async (_, utils) => {
    const { text } = await fixed(BY_NAME, { 'app/utils.py': utils });
    expect(text).toContain('    try:\n        detector = Detector.objects.get(name=key)\n');
  });

  it('is not used for another manager or a chain', async () => {
    const { text } = await fixed('detector = Detector.objects.all().get(pk=key)', { 'app/utils.py': GETTER });
    expect(text).toContain('Detector.objects.all().filter(pk=key).first()');
  });
});
