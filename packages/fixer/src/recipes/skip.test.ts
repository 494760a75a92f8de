import { describe, expect, it } from 'vitest';
import { writer } from '../testing/bodies.ts';
import { TASK, withHazard } from '../testing/program.ts';

const { body, refused } = writer();

describe('skip: what it writes', () => {
  it('uses filter and first where the row is unique', async () => {
    const made = await body(
      'skip',
      `
detector = Detector.objects.get(id=detector_id)
detector.run()`,
      `
detector = Detector.objects.filter(id=detector_id).first()
if detector is None:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return
detector.run()`,
    );
    expect(made).toMatchObject({
      applicability: 'safe',
      why: null,
      title: 'Skip when the Detector is missing',
    });
  });

  it('keeps get in a try where several rows can match', async () => {
    const made = await body(
      'skip',
      `
detector = Detector.objects.get(name=event["name"])
detector.run()`,
      `
try:
    detector = Detector.objects.get(name=event["name"])
except Detector.DoesNotExist:
    logger.info("detector.not_found", extra={"detector_name": event["name"]})
    return
detector.run()`,
    );
    expect(made).toMatchObject({ applicability: 'safe' });
  });

  it('keeps the comments of the statement', async () => {
    await body(
      'skip',
      `
# which one?
detector = Detector.objects.get(name=event.name)  # may be several
# then
detector.run()`,
      `
# which one?
try:
    detector = Detector.objects.get(name=event.name)  # may be several
except Detector.DoesNotExist:
    logger.info("detector.not_found", extra={"detector_name": event.name})
    return
# then
detector.run()`,
    );
  });

  it('re-indents a call over several lines, but not the strings in it', async () => {
    await body(
      'skip',
      `
detector = Detector.objects.get(
    name=detector_id,  # the name
    slug="""a
b""",
)
detector.run()`,
      `
try:
    detector = Detector.objects.get(
        name=detector_id,  # the name
        slug="""a
b""",
    )
except Detector.DoesNotExist:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return
detector.run()`,
      { ...TASK, lookup: { first: { kind: 'unproven', why: 'x' } } },
    );
  });

  it('breaks a call that no longer fits', async () => {
    await body(
      'skip',
      `
detector = Detector.objects.get(name=detector_id, organization_id=event["organi"])
detector.run()`,
      `
try:
    detector = Detector.objects.get(
        name=detector_id, organization_id=event["organi"]
    )
except Detector.DoesNotExist:
    logger.info(
        "detector.not_found",
        extra={"detector_id": detector_id, "organization_id": event["organi"]},
    )
    return
detector.run()`,
    );
  });

  it('gives a chain parentheses when it no longer fits', async () => {
    await body(
      'skip',
      `
detector = Detector.objects.select_related("related").get(slug=event["detect"])
detector.run()`,
      `
detector = (
    Detector.objects.select_related("related").filter(slug=event["detect"]).first()
)
if detector is None:
    logger.info("detector.not_found", extra={"detect": event["detect"]})
    return
detector.run()`,
    );
  });

  it('puts first on a line of its own in a chain that has one call a line', async () => {
    await body(
      'skip',
      `
detector = (
    Detector.objects.select_related("related")
    .filter(organization_id=event["organization_id"])
    .get(id=detector_id)
)
detector.run()`,
      `
detector = (
    Detector.objects.select_related("related")
    .filter(organization_id=event["organization_id"])
    .filter(id=detector_id)
    .first()
)
if detector is None:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return
detector.run()`,
    );
  });

  it('gives a statement behind its header a line of its own', async () => {
    await body(
      'skip',
      `
if event: detector = Detector.objects.get(id=detector_id)  # if any
return 1`,
      `
if event:
    detector = Detector.objects.filter(id=detector_id).first()  # if any
    if detector is None:
        logger.info("detector.not_found", extra={"detector_id": detector_id})
        return None
return 1`,
    );
  });

  it('returns None explicitly where the function returns values', async () => {
    await body(
      'skip',
      `
return Detector.objects.get(id=detector_id)`,
      `
try:
    return Detector.objects.get(id=detector_id)
except Detector.DoesNotExist:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return None`,
    );
  });

  it('writes a bare return in a generator', async () => {
    const made = await body(
      'skip',
      `
detector = Detector.objects.get(id=detector_id)
yield detector
return 1`,
      `
detector = Detector.objects.filter(id=detector_id).first()
if detector is None:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return
yield detector
return 1`,
    );
    expect(made).toMatchObject({ applicability: 'safe' });
  });

  it('wraps attribute targets and annotated names', async () => {
    for (const target of ['self.detector', 'event["detector"]', 'detector: Detector', 'a = b', 'a, b']) {
      await body(
        'skip',
        `
${target} = Detector.objects.get(id=detector_id)`,
        `
try:
    ${target} = Detector.objects.get(id=detector_id)
except Detector.DoesNotExist:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return`,
      );
    }
  });
});

describe('skip: lookups inside expressions', () => {
  const GUARD = `
detector = Detector.objects.filter(id=detector_id).first()
if detector is None:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return
`;
  const CASES: readonly (readonly [string, string])[] = [
    ['notify(Detector.objects.get(id=detector_id))', 'notify(detector)'],
    ['name = Detector.objects.get(id=detector_id).name', 'name = detector.name'],
    ['notify(event, key=Detector.objects.get(id=detector_id)["x"])', 'notify(event, key=detector["x"])'],
    [
      'if Detector.objects.get(id=detector_id).name == "x":\n    notify()',
      'if detector.name == "x":\n    notify()',
    ],
    [
      'for rule in Detector.objects.get(id=detector_id).rules.all():\n    notify(rule)',
      'for rule in detector.rules.all():\n    notify(rule)',
    ],
    [
      'with Detector.objects.get(id=detector_id) as row:\n    notify(row)',
      'with detector as row:\n    notify(row)',
    ],
    ['notify(f"{Detector.objects.get(id=detector_id)}")', 'notify(f"{detector}")'],
    ['x = [Detector.objects.get(id=detector_id), notify()]', 'x = [detector, notify()]'],
    ['x = Detector.objects.get(id=detector_id).name or notify()', 'x = detector.name or notify()'],
    ['assert Detector.objects.get(id=detector_id).name', 'assert detector.name'],
    ['event["n"] += Detector.objects.get(id=detector_id).n', 'event["n"] += detector.n'],
    ['raise ValueError(Detector.objects.get(id=detector_id).name)', 'raise ValueError(detector.name)'],
    [
      'x = [r for r in Detector.objects.get(id=detector_id).rules.all()]',
      'x = [r for r in detector.rules.all()]',
    ],
    [
      'match Detector.objects.get(id=detector_id):\n    case None:\n        pass',
      'match detector:\n    case None:\n        pass',
    ],
  ];
  it.each(CASES)('moves the lookup out of %s', async (before, after) => {
    await body('skip', before, GUARD + after);
  });

  it('takes the name of a walrus', async () => {
    await body(
      'skip',
      `
if (found := Detector.objects.get(id=detector_id)).name:
    notify(found)`,
      `
found = Detector.objects.filter(id=detector_id).first()
if found is None:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return
if found.name:
    notify(found)`,
    );
  });

  it('picks a name that is free', async () => {
    await body(
      'skip',
      `
detector = 1
notify(Detector.objects.get(name=detector_id))`,
      `
detector = 1
try:
    detector_row = Detector.objects.get(name=detector_id)
except Detector.DoesNotExist:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return
notify(detector_row)`,
    );
  });

  it('joins a call that became short', async () => {
    await body(
      'skip',
      `
notify(
    Detector.objects.select_related("related").get(
        id=detector_id, organization_id=event["organization_id"]
    ),
    event,
)
notify(
    event, Detector.objects.get(id=detector_id).organization_id, event["organi"], 1
)`,
      `
detector = (
    Detector.objects.select_related("related")
    .filter(id=detector_id, organization_id=event["organization_id"])
    .first()
)
if detector is None:
    logger.info(
        "detector.not_found",
        extra={
            "detector_id": detector_id,
            "organization_id": event["organization_id"],
        },
    )
    return
notify(
    detector,
    event,
)
notify(
    event, Detector.objects.get(id=detector_id).organization_id, event["organi"], 1
)`,
    );
  });

  it('keeps the whole of a conditional expression in the try', async () => {
    const made = await body(
      'skip',
      `
detector = Detector.objects.get(id=detector_id) if detector_id else None`,
      `
try:
    detector = Detector.objects.get(id=detector_id) if detector_id else None
except Detector.DoesNotExist:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return`,
    );
    expect(made).toMatchObject({ applicability: 'safe' });
    await body(
      'skip',
      `
return Detector.objects.get(
    name=some_function_with_a_long_name_of_its_own(event.detector.related, True)
)`,
      `
name = some_function_with_a_long_name_of_its_own(event.detector.related, True)
try:
    return Detector.objects.get(name=name)
except Detector.DoesNotExist:
    logger.info("detector.not_found")
    return None`,
      withHazard(TASK, 'argument-raises', 'because'),
    );
  });
});

describe('skip: what it refuses', () => {
  it.each([
    ['notify(event(), Detector.objects.get(id=detector_id))', /may have effects/],
    ['x = event and notify(Detector.objects.get(id=detector_id))', /only when the left side/],
    ['x = [Detector.objects.get(id=i) for i in ids]', /each item of a comprehension/],
    ['x = lambda: Detector.objects.get(id=detector_id)', /inside a lambda/],
    ['while Detector.objects.get(id=detector_id).name:\n    notify()', /`while` loop/],
    ['if event:\n    pass\nelif Detector.objects.get(id=detector_id).name:\n    pass', /`elif`/],
    ['x = 1; y = Detector.objects.get(id=detector_id)', /share its line/],
    ['def inner(x=Detector.objects.get(id=detector_id)): ...', /when the function is defined/],
    ['try:\n    pass\nfinally:\n    x = Detector.objects.get(id=detector_id)', /`finally`/],
    ['x = Detector.objects.aget(id=detector_id)', /where its coroutine is awaited/],
  ])('%s', async (text, reason) => {
    expect(await refused('skip', text)).toMatch(reason);
  });
});

describe('skip: what is proven', () => {
  const TEXT = 'detector = Detector.objects.get(id=detector_id)';
  const FIXED = `
detector = Detector.objects.filter(id=detector_id).first()
if detector is None:
    logger.info("detector.not_found", extra={"detector_id": detector_id})
    return`;

  it.each(['atomic', 'write-before', 'retry', 'caller-catches', 'caller-goes-on', 'dynamic'] as const)(
    '%s makes it unsafe',
    async (kind) => {
      const made = await body('skip', TEXT, FIXED, withHazard(TASK, kind, 'because'));
      expect(made).toMatchObject({ applicability: 'unsafe', why: 'because' });
    },
  );

  it('names the missing uniqueness when first() is asked for', async () => {
    const made = await body(
      'skip',
      'detector = Detector.objects.get(name=detector_id)',
      FIXED.replace('id=', 'name='),
      { ...TASK, settings: { style: 'first' } },
    );
    expect(made).toMatchObject({
      applicability: 'unsafe',
      why: '`name` is not known to be unique on `Detector`',
    });
  });

  it('moves arguments that may raise the same out of the try', async () => {
    const made = await body(
      'skip',
      'rule = Detector.objects.get(name=event.detector.related)',
      `
name = event.detector.related
try:
    rule = Detector.objects.get(name=name)
except Detector.DoesNotExist:
    logger.info("detector.not_found", extra={"related": event.detector.related})
    return`,
      withHazard(TASK, 'argument-raises', 'because'),
    );
    expect(made).toMatchObject({ applicability: 'safe' });
    await body(
      'skip',
      `
return Detector.objects.get(
    name=some_function_with_a_long_name_of_its_own(event.detector.related, True)
)`,
      `
name = some_function_with_a_long_name_of_its_own(event.detector.related, True)
try:
    return Detector.objects.get(name=name)
except Detector.DoesNotExist:
    logger.info("detector.not_found")
    return None`,
      withHazard(TASK, 'argument-raises', 'because'),
    );
  });
});
