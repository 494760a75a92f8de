import { describe, expect, it } from 'vitest';
import { HELPER, make, type Made, OPTIONAL, TASK } from '../testing/program.ts';

const code = (body: string, signature = 'def run(pk, key)'): string => `from app.models import Detector


${signature}:
    if not pk:
        ${body}
`;

function after(made: Made): string {
  if ('refused' in made) throw new Error(made.refused);
  return made.after;
}

describe('a helper that says itself that there is nothing', () => {
  const CHECK = code(
    'return False\n    detector = Detector.objects.get(pk=pk)\n    return detector.name == key',
  );

  it('returns False where it tells whether something is so', async () => {
    const made = await make('skip', CHECK, HELPER);
    expect(after(made)).toContain(`
    detector = Detector.objects.filter(pk=pk).first()
    if detector is None:
        return False
    return detector.name == key
`);
    expect(made).toMatchObject({
      applicability: 'unsafe',
      title: 'Return False when the Detector is missing',
      why: 'callers of `run` would take `False` for its answer',
    });
  });

  it('returns True where that says that something is gone', async () => {
    const gone = (name: string, word: string): string =>
      code(
        `return ${word}\n    detector = Detector.objects.get(pk=pk)\n    return detector.name == key`,
        `def ${name}(pk, key)`,
      );
    expect(after(await make('skip', gone('is_deleted', 'False'), HELPER))).toContain(
      'None:\n        return True',
    );
    expect(after(await make('skip', gone('may_go', 'True'), HELPER))).toContain('None:\n        return True');
  });

  it('keeps what its annotation says', async () => {
    const typed = code(
      'return check(key)\n    return Detector.objects.get(pk=pk).name == key',
      'def run(pk, key) -> bool',
    );
    expect(after(await make('skip', typed, HELPER))).toContain('def run(pk, key) -> bool:');
    expect(after(await make('skip', typed, HELPER))).toContain(
      '        return False\n    return detector.name == key',
    );
  });

  it('returns the empty list that it returns elsewhere', async () => {
    const list = code('return []\n    return list(Detector.objects.get(pk=pk).rules.all())');
    expect(after(await make('skip', list, HELPER))).toContain('        return []\n    return list(detector.');
  });

  it.each([
    ['[]', 'rows = []', 'rows.append(detector)\n    return rows'],
    ['{}', 'rows = {}', 'rows[pk] = detector\n    return rows'],
    ['[]', 'pass', 'return [rule for rule in detector.rules.all()]'],
    ['[]', 'pass', 'return sorted(detector.names)'],
    ['{}', 'pass', 'return {rule.pk: rule for rule in detector.rules.all()}'],
    ['set()', 'pass', 'return set(detector.names)'],
  ])('returns %s where it gives nothing else', async (empty, first, rest) => {
    const text = `from app.models import Detector\n\n\ndef run(pk, key):\n    ${first}\n    detector = Detector.objects.get(pk=pk)\n    ${rest}\n`;
    expect(after(await make('skip', text, HELPER))).toContain(`is None:\n        return ${empty}\n`);
  });

  it.each([
    ['list[str]', '[]'],
    ['Sequence[str]', '[]'],
    ['dict[str, int]', '{}'],
  ])('returns what its annotation %s promises', async (type, empty) => {
    const text = `from app.models import Detector\n\n\ndef run(pk, key) -> ${type}:\n    detector = Detector.objects.get(pk=pk)\n    return detector.parts()\n`;
    expect(after(await make('skip', text, HELPER))).toContain(`is None:\n        return ${empty}\n`);
    expect(after(await make('skip', text, HELPER))).toContain(`-> ${type}:`);
  });

  it('returns False where its name asks whether something is so', async () => {
    const asks = `from app.models import Detector\n\n\ndef can_read(pk, user):\n    detector = Detector.objects.get(pk=pk)\n    allowed = user.may(detector)\n    return allowed\n`;
    expect(after(await make('skip', asks, HELPER))).toContain('is None:\n        return False\n');
  });

  it('returns the False or the constant that it returns elsewhere', async () => {
    const loose = code(
      'return False\n    detector = Detector.objects.get(pk=pk)\n    return detector.related and key',
    );
    expect(after(await make('skip', loose, HELPER))).toContain(
      '        return False\n    return detector.related',
    );
    const named = code('return Access.NONE\n    return Access.of(Detector.objects.get(pk=pk))');
    expect(after(await make('skip', named, HELPER))).toContain(
      '        return Access.NONE\n    return Access.of(',
    );
  });

  it('returns None where it does so already, or says no word of its own', async () => {
    const mixed = code(
      'return []\n    if not key:\n        return {}\n    return Detector.objects.get(pk=pk).rules',
    );
    expect(after(await make('skip', mixed, HELPER))).toContain('return None');
    const named = code('return None\n    return Detector.objects.get(pk=pk).name == key');
    expect(after(await make('skip', named, OPTIONAL))).not.toContain('False');
    expect(after(await make('skip', CHECK, TASK))).toContain('return None');
  });
});

describe('a helper that gives a queryset', () => {
  const rows = (returned: string): string => `from app.models import AlertRule, Detector


def run(pk):
    detector = Detector.objects.get(pk=pk)
    ${returned}
`;

  it('returns no rows of the same manager', async () => {
    const made = await make(
      'skip',
      rows('return AlertRule.objects.filter(name=detector.name).order_by("id")'),
      HELPER,
    );
    expect(after(made)).toContain(
      '    if detector is None:\n        return AlertRule.objects.none()\n    return AlertRule.objects.filter(',
    );
    expect(made).toMatchObject({ title: 'Return AlertRule.objects.none() when the Detector is missing' });
  });

  it('also where a name holds it first', async () =>
    expect(
      after(
        await make(
          'skip',
          rows('found = AlertRule.objects.all()\n    return found.exclude(name=detector.name)'),
          HELPER,
        ),
      ),
    ).toContain('return AlertRule.objects.none()'));

  it('also where it narrows them, or puts two together', async () => {
    for (const returned of [
      'found = AlertRule.objects.all()\n    found = found.exclude(name=detector.name)\n    return found.distinct()',
      'return AlertRule.objects.filter(name=detector.name) | AlertRule.objects.filter(name="all")',
    ])
      expect(after(await make('skip', rows(returned), HELPER))).toContain('return AlertRule.objects.none()');
  });

  it('returns None where it gives a row, or values', async () => {
    for (const returned of [
      'return AlertRule.objects.filter(name=detector.name).first()',
      'return AlertRule.objects.filter(name=detector.name).values_list("id")',
      'found = [detector]\n    found = AlertRule.objects.all()\n    return found',
    ])
      expect(after(await make('skip', rows(returned), HELPER))).toContain('return None');
  });
});

describe('the style of a function and its file', () => {
  it('makes anew what the function gives for nothing', async () => {
    const nobody = `class Nobody:\n    pass\n\n\n${code('return Nobody()\n    if not key:\n        return Nobody()\n    return Detector.objects.get(pk=pk).name')}`;
    expect(after(await make('skip', nobody, HELPER))).toContain(
      '        return Nobody()\n    return detector.name',
    );
  });

  it('fails a command with a message from its helpers too', async () => {
    const command = `from django.core.management.base import BaseCommand
from app.models import Detector


class Command(BaseCommand):
    def row(self, pk):
        detector = Detector.objects.get(pk=pk)
        return detector.name
`;
    expect(after(await make('skip', command, HELPER))).toContain(
      '            raise CommandError(f"Detector {pk} does not exist")\n',
    );
  });

  it('raises without a word what another missing row raises so', async () => {
    const bare = `from app.errors import Gone
from app.models import AlertRule, Detector


def run(pk):
    try:
        rule = AlertRule.objects.get(pk=pk)
    except AlertRule.DoesNotExist:
        raise Gone
    detector = Detector.objects.get(pk=pk)
    return rule, detector.name
`;
    expect(after(await make('skip', bare, HELPER, 1))).toContain(
      '    if detector is None:\n        raise Gone\n',
    );
  });

  it('imports a name a line where the file does', async () => {
    const view = `from rest_framework.exceptions import ValidationError as Invalid
from rest_framework.views import APIView
from rest_framework.views import View

from app.models import Detector


class Page(APIView):
    def get(self, request, pk):
        detector = Detector.objects.get(pk=pk)
        return Invalid(detector)
`;
    const made = await make('http-404', view, { host: { entry: 'api', hazards: [] } });
    expect(after(made)).toContain(`from rest_framework.exceptions import ValidationError as Invalid
from rest_framework.exceptions import NotFound
from rest_framework.views import APIView
`);
  });
});
