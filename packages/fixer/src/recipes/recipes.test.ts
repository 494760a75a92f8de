import { describe, expect, it } from 'vitest';
import { task, writer } from '../testing/bodies.ts';
import { type Facts, HELPER, make, OPTIONAL, TASK } from '../testing/program.ts';

const { body, refused } = writer();
const GET = 'detector = Detector.objects.get(id=detector_id)';

describe('first', () => {
  it('returns the row or None at once in a getter', async () => {
    const made = await body(
      'first',
      'return Detector.objects.get(id=detector_id)',
      'return Detector.objects.filter(id=detector_id).first()',
      OPTIONAL,
    );
    expect(made).toMatchObject({ applicability: 'safe', title: 'Return None when the Detector is missing' });
  });

  it('names the callers that are not known to accept None', async () => {
    const made = await body(
      'first',
      `
${GET}
return detector`,
      `
detector = Detector.objects.filter(id=detector_id).first()
if detector is None:
    return None
return detector`,
      HELPER,
    );
    expect(made).toMatchObject({
      applicability: 'unsafe',
      why: 'callers of `run` are not known to accept None',
    });
  });

  it('awaits', async () => {
    await body(
      'first',
      `
detector = await Detector.objects.aget(id=detector_id)
name = (await Detector.objects.aget(id=1)).name`,
      `
detector = await Detector.objects.filter(id=detector_id).afirst()
if detector is None:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return
name = (await Detector.objects.aget(id=1)).name`,
      OPTIONAL,
      'async def run(self, detector_id, event, ids):',
    );
  });

  it('refuses what is not a plain get', async () => {
    expect(await refused('first', 'x = Detector.objects.latest("id")', HELPER)).toMatch(
      /orders the rows itself/,
    );
    expect(await refused('first', 'x = Detector.objects.get(name=event)', HELPER)).toMatch(
      /not known to be unique/,
    );
    expect(await refused('first', GET, { ...HELPER, settings: { style: 'try' } })).toMatch(/settings/);
  });
});

describe('try-except', () => {
  it('never changes the lookup', async () => {
    await body(
      'try-except',
      GET,
      `
try:
    ${GET}
except Detector.DoesNotExist:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return`,
    );
  });

  it('indents as the `case` of a `match` does', async () => {
    await body(
      'try-except',
      `
match event:
    case {"id": detector_id}:
        ${GET}`,
      `
match event:
    case {"id": detector_id}:
        try:
            ${GET}
        except Detector.DoesNotExist:
            logger.info("detector.not_found", extra={"detector_id": detector_id})
            return`,
    );
  });

  it('keeps the variable that the row is looked up by until it is logged', async () => {
    for (const recipe of ['skip', 'try-except']) {
      await body(
        recipe,
        'detector_id = Detector.objects.get(id=detector_id)',
        `
try:
    detector_id = Detector.objects.get(id=detector_id)
except Detector.DoesNotExist:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return`,
      );
    }
  });

  it('takes the parentheses of an await along', async () => {
    await body(
      'try-except',
      'name = (await Detector.objects.aget(id=detector_id)).name',
      `
try:
    detector = await Detector.objects.aget(id=detector_id)
except Detector.DoesNotExist:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return
name = detector.name`,
      OPTIONAL,
      'async def run(self, detector_id, event, ids):',
    );
  });

  it('keeps a lookup in several lines with its comments', async () => {
    await body(
      'try-except',
      `
notify(
    Detector.objects.get(
        # the one
        id=detector_id,
    ),
    event,
)`,
      `
try:
    detector = Detector.objects.get(
        # the one
        id=detector_id,
    )
except Detector.DoesNotExist:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return
notify(
    detector,
    event,
)`,
    );
  });

  it('knows that a function without a result leaves its work undone', async () => {
    const made = await body(
      'try-except',
      `
${GET}
detector.run()`,
      `
try:
    ${GET}
except Detector.DoesNotExist:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return
detector.run()`,
      OPTIONAL,
    );
    expect(made).toMatchObject({
      applicability: 'unsafe',
      why: 'callers of `run` would go on as if it had done its work',
    });
  });

  it('names the class by its base where the file does not have the model', async () => {
    const text = `from django.core.exceptions import ObjectDoesNotExist as Missing

from app.models import AlertRule


def find(rule_id):
    rule = AlertRule.objects.get(id=rule_id)
    return rule.detector.rules.get(name=rule.name)
`;
    const missing: Facts = { ...OPTIONAL, lookup: { exception: 'Elsewhere.DoesNotExist' } };
    expect(await make('try-except', text, missing)).toMatchObject({
      applicability: 'safe',
      after: text.replace(
        '    rule = AlertRule.objects.get(id=rule_id)\n',
        '    try:\n        rule = AlertRule.objects.get(id=rule_id)\n    except AlertRule.DoesNotExist:\n        return None\n',
      ),
    });
    expect(await make('try-except', text, missing, 1)).toMatchObject({
      applicability: 'safe',
      after: text.replace(
        '    return rule.detector.rules.get(name=rule.name)\n',
        '    name = rule.name\n    try:\n        return rule.detector.rules.get(name=name)\n    except Missing:\n        return None\n',
      ),
    });
  });

  it('refuses where nothing can be returned', async () => {
    expect(await refused('try-except', GET, HELPER, 'def __str__(self, detector_id, event, ids):')).toMatch(
      /must not return None/,
    );
    expect(await refused('try-except', GET, HELPER, 'def __init__(self, detector_id, event, ids):')).toMatch(
      /half-built/,
    );
    expect(await refused('try-except', GET, { host: { entry: 'template-tag' } })).toMatch(/template/);
  });
});

describe('continue', () => {
  it('skips the item', async () => {
    const made = await body(
      'continue',
      `
for i in ids:
    detector = Detector.objects.get(id=i)
    detector.run()`,
      `
for i in ids:
    detector = Detector.objects.filter(id=i).first()
    if detector is None:
        logger.info("detector.not_found", extra={"detector_id": i})
        continue
    detector.run()`,
      HELPER,
    );
    expect(made).toMatchObject({
      applicability: 'safe',
      title: 'Skip the item when the Detector is missing',
    });
  });

  it('leaves the function when the key is the same for every item', async () => {
    await body(
      'continue',
      `
for i in ids:
    ${GET}
    detector.run(i)`,
      `
for i in ids:
    detector = Detector.objects.filter(id=detector_id).first()
    if detector is None:
        logger.info("detector.not_found", extra={"detector_id": detector_id})
        return
    detector.run(i)`,
    );
  });

  it('does not keep a row that an earlier pass left behind', async () => {
    expect(
      await refused(
        'continue',
        'last = None\nfor i in ids:\n    if last:\n        Detector.objects.get(id=last.id)\n    last = i',
      ),
    ).toMatch(/`last` comes from an earlier pass/);
  });

  it('goes on in a while loop that polls, and not where that would never end', async () => {
    await body(
      'continue',
      `
while True:
    message = self.poll()
    detector = Detector.objects.get(id=message["id"])
    detector.run()`,
      `
while True:
    message = self.poll()
    detector = Detector.objects.filter(id=message["id"]).first()
    if detector is None:
        logger.info("detector.not_found", extra={"detector_id": message["id"]})
        continue
    detector.run()`,
      TASK,
    );
    expect(
      await refused(
        'continue',
        'while detector_id < 9:\n    x = Detector.objects.get(id=detector_id)\n    detector_id += 1',
      ),
    ).toMatch(/skip what ends/);
  });
});

describe('getter-none', () => {
  it("writes the seed document's example 2", async () => {
    const made = await body(
      'getter-none',
      'return Detector.objects.get(id=self.detector_id)',
      `
try:
    return Detector.objects.get(id=self.detector_id)
except Detector.DoesNotExist:
    return None`,
      HELPER,
    );
    expect(made).toMatchObject({ applicability: 'unsafe' });
  });

  it('leaves functions alone that do more', async () => {
    expect(await refused('getter-none', GET, HELPER)).toMatch(/does more/);
  });
});

describe('dead-none-check', () => {
  const check = (test: string, rest = ''): string => `
${GET}
if ${test}:
    return None
detector.run()${rest}`;

  it.each(['detector is None', 'not detector', 'detector is None or event', 'detector == None'])(
    'if %s',
    async (test) => {
      const made = await body(
        'dead-none-check',
        check(test),
        check(test).replace('get(id=detector_id)', 'filter(id=detector_id).first()'),
      );
      expect(made).toMatchObject({ applicability: 'safe' });
    },
  );

  it('binds None where several rows may match', async () => {
    await body(
      'dead-none-check',
      check('detector is None').replace('get(id=', 'get(name='),
      `
try:
    detector = Detector.objects.get(name=detector_id)
except Detector.DoesNotExist:
    detector = None
if detector is None:
    return None
detector.run()`,
    );
  });

  it('is not sure where the row is also used outside the check', async () => {
    const made = await body(
      'dead-none-check',
      `
${GET}
if not detector:
    notify(event)
detector.run()`,
      `
detector = Detector.objects.filter(id=detector_id).first()
if not detector:
    notify(event)
detector.run()`,
    );
    expect(made).toMatchObject({
      applicability: 'unsafe',
      why: '`detector` is also used where the check does not protect it',
    });
  });
});

describe('filter-delete', () => {
  const TEXT = 'Detector.objects.get(id=detector_id).delete()';

  it('deletes in one query', async () => {
    const made = await body('filter-delete', TEXT, 'Detector.objects.filter(id=detector_id).delete()');
    expect(made).toMatchObject({ applicability: 'safe', title: 'Delete the Detector if it is there' });
  });

  it('joins a lookup with the delete after it', async () => {
    const made = await body(
      'filter-delete',
      `
print(1)
detector = Detector.objects.get(id=detector_id)
detector.delete()  # gone
print(2)`,
      `
print(1)
Detector.objects.filter(id=detector_id).delete()  # gone
print(2)`,
    );
    expect(made).toMatchObject({ applicability: 'safe', title: 'Delete the Detector if it is there' });
  });

  it.each([
    'detector = Detector.objects.get(id=detector_id)  # old\ndetector.delete()',
    'detector = Detector.objects.get(id=detector_id)\n# old\ndetector.delete()',
  ])('guards the row where a comment would be lost', async (text) => {
    const [first = '', ...rest] = text.split('\n');
    await body(
      'filter-delete',
      text,
      [
        first.replace('get(id=detector_id)', 'filter(id=detector_id).first()'),
        'if detector is None:',
        '    logger.info("detector.not_found", extra={"detector_id": detector_id})',
        '    return',
        ...rest,
      ].join('\n'),
    );
  });

  it.each(['\nprint(detector)', '\nreturn detector.pk'])('looks for other uses of the row', async (more) => {
    expect(
      await refused(
        'filter-delete',
        `detector = Detector.objects.get(id=detector_id)\ndetector.delete()${more}`,
      ),
    ).toBe('nothing is deleted here');
  });

  it('answers 404 in a view', async () => {
    const made = await make(
      'filter-delete',
      `from app.models import Detector\n\n\ndef view(request, pk):\n    Detector.objects.get(pk=pk).delete()\n`,
      { host: { entry: 'view', hazards: [] } },
    );
    expect('after' in made ? made.after : made.refused).toContain('raise Http404("Detector not found")');
  });

  it.each([
    ['instance.delete()', 'Detector.objects.filter(related_id=instance.pk, pk=1).delete()'],
    ['return', 'raise NotFound("Detector not found")'],
    [
      'return super().perform_destroy(instance)',
      'Detector.objects.filter(related_id=instance.pk, pk=1).delete()',
    ],
  ])('deletes a row beside the one that a client asked for, before %s', async (more, expected) => {
    const made = await make(
      'filter-delete',
      `from app.models import Detector
from rest_framework import viewsets


class Detectors(viewsets.ModelViewSet):
    def perform_destroy(self, instance):
        Detector.objects.get(related_id=instance.pk, pk=1).delete()
        ${more}
`,
    );
    expect('after' in made ? made.after : made.refused).toContain(expected);
  });

  it('deletes the reverse of a one-to-one if it is there', async () => {
    const text = (body: string): string => `from django.contrib.auth.models import User
from django.db import models


class Profile(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)


def forget(user: User):
    ${body}
    user.save()
`;
    const made = await make('filter-delete', text('user.profile.delete()  # gone'));
    expect(made).toMatchObject({
      after: text(`profile = getattr(user, "profile", None)
    if profile is not None:
        profile.delete()  # gone`),
      applicability: 'safe',
    });
  });

  it('guards the row where more than one could be deleted', async () => {
    await body(
      'filter-delete',
      TEXT.replace('id=', 'name='),
      `
try:
    detector = Detector.objects.get(name=detector_id)
except Detector.DoesNotExist:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return
detector.delete()`,
    );
  });
});

describe('drop-reraise', () => {
  const handler = (lines: string, type = 'Detector.DoesNotExist'): string => `
try:
    ${GET}
except ${type}:
${lines.replace(/^/gm, '    ')}
detector.run()`;
  const LOGGED = 'logger.info("detector.not_found", extra={"detector_id": detector_id})\nreturn';

  it("writes the seed document's example 1", async () => {
    const made = await body(
      'drop-reraise',
      `
detector_id = event.get("detector_id")
try:
    return Detector.objects.get(id=detector_id)  # CRASHES HERE
except Detector.DoesNotExist:
    raise  # Re-raises without handling`,
      `
detector_id = event.get("detector_id")
try:
    return Detector.objects.get(id=detector_id)  # CRASHES HERE
except Detector.DoesNotExist:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return None  # Re-raises without handling`,
      HELPER,
    );
    expect(made).toMatchObject({
      applicability: 'unsafe',
      why: 'callers of `run` are not known to accept None',
    });
  });

  it('keeps what the handler logs, and drops the name that only the raise used', async () => {
    const made = await body(
      'drop-reraise',
      handler('logger.warning("gone")\nraise exc', 'Detector.DoesNotExist as exc'),
      handler('logger.warning("gone")\nreturn'),
    );
    expect(made).toMatchObject({ applicability: 'safe' });
    await body(
      'drop-reraise',
      handler('logger.warning(exc)\nraise', 'Detector.DoesNotExist as exc'),
      handler('logger.warning(exc)\nreturn', 'Detector.DoesNotExist as exc'),
    );
  });

  it('puts a handler of its own before one that catches more', async () => {
    await body(
      'drop-reraise',
      handler('raise', '(Detector.DoesNotExist, ValueError)'),
      `
try:
    ${GET}
except Detector.DoesNotExist:
    ${LOGGED.replace('\n', '\n    ')}
except (Detector.DoesNotExist, ValueError):
    raise
detector.run()`,
    );
  });

  it('goes on with the next item inside a loop', async () => {
    await body(
      'drop-reraise',
      `
for i in ids:
    try:
        detector = Detector.objects.get(id=i)
    except Detector.DoesNotExist: raise
    detector.run()`,
      `
for i in ids:
    try:
        detector = Detector.objects.get(id=i)
    except Detector.DoesNotExist:
        logger.info("detector.not_found", extra={"detector_id": i})
        continue
    detector.run()`,
    );
  });

  it('is not sure when the try holds more', async () => {
    const more = (line: string): string => `
try:
    ${GET}
    notify(detector)
except Detector.DoesNotExist:
    ${line}`;
    const made = await body('drop-reraise', more('raise'), more(LOGGED.replace('\n', '\n    ')));
    expect(made).toMatchObject({
      applicability: 'unsafe',
      why: 'other statements of the `try` may raise the same exception',
    });
  });
});

describe('settings', () => {
  it("runs the project's own statement", async () => {
    const facts: Facts = { ...TASK, settings: { notFound: 'return handle_missing_{model}()' } };
    const made = await body(
      'skip',
      GET,
      `
detector = Detector.objects.filter(id=detector_id).first()
if detector is None:
    return handle_missing_detector()`,
      facts,
    );
    expect(made).toMatchObject({
      applicability: 'unsafe',
      why: '`handle_missing_detector` is not defined in this file',
    });
  });

  it('answers 404 where it is told to, with a doubt outside a view', async () => {
    const facts: Facts = { ...TASK, settings: { notFound: 'raise Http404' } };
    const made = await make('skip', task(GET), facts);
    expect(made).toMatchObject({
      after: expect.stringContaining(
        '    if detector is None:\n        raise Http404("Detector not found")\n',
      ),
      applicability: 'unsafe',
      why: '`run` may also run outside a request',
    });
  });

  it.each(['return', 'continue'])('leaves the branch to the function for `%s`', async (notFound) => {
    const made = await make('skip', task(GET), { ...TASK, settings: { notFound } });
    expect(made).toMatchObject({ after: expect.stringMatching(/ {8}return\n$/), applicability: 'safe' });
  });

  it('logs as it is told', async () => {
    await body(
      'skip',
      GET,
      `
detector = Detector.objects.filter(id=detector_id).first()
if detector is None:
    logger.warning("missing.detector", extra={"detector_id": detector_id})
    return`,
      { ...TASK, settings: { logLevel: 'warning', logKey: 'missing.{model}' } },
    );
  });
});

describe('right-class', () => {
  const text = (type: string): string => `
try:
    ${GET}
except ${type}:
    return
detector.run()`;

  it('names the model that can be missing', async () => {
    const made = await body('right-class', text('AlertRule.DoesNotExist'), text('Detector.DoesNotExist'));
    expect(made).toMatchObject({
      applicability: 'safe',
      title: 'Catch Detector.DoesNotExist instead of AlertRule.DoesNotExist',
    });
    await body(
      'right-class',
      text('(ValueError, AlertRule.DoesNotExist)'),
      text('(ValueError, Detector.DoesNotExist)'),
    );
  });
});

describe('narrow-handler', () => {
  const text = (more: string, leave = ''): string => `
try:
    ${GET}
${more}except Exception:
    logger.exception("failed")${leave}`;
  const NARROW = (leave = ''): string => `except Detector.DoesNotExist:
    logger.info("detector.not_found", extra={"detector_id": detector_id})${leave}
`;

  it('comes before the broad one and leaves as that does', async () => {
    const made = await body('narrow-handler', text(''), text(NARROW()));
    expect(made).toMatchObject({ applicability: 'safe' });
    await body(
      'narrow-handler',
      text('', '\n    return False'),
      text(NARROW('\n    return False'), '\n    return False'),
    );
  });

  it('takes the exception along where the answer uses it', async () => {
    const named = (more: string): string => `
try:
    ${GET}
${more}except Exception as exc:
    logger.error("%s", exc)
    return {"error": str(exc)}`;
    await body(
      'narrow-handler',
      named(''),
      named(`except Detector.DoesNotExist as exc:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return {"error": str(exc)}
`),
    );
  });

  it('is not sure when the try holds more', async () => {
    const made = await body(
      'narrow-handler',
      text('    detector.run()\n'),
      text(`    detector.run()\n${NARROW()}`),
    );
    expect(made).toMatchObject({ applicability: 'unsafe' });
  });

  it('refuses where the broad one does more', async () => {
    expect(await refused('narrow-handler', text('', '\n    self.failed = True'))).toMatch(/does more/);
  });
});
