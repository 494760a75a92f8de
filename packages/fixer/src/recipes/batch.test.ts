import { describe, expect, it } from 'vitest';
import { task, writer } from '../testing/bodies.ts';
import { make, TASK } from '../testing/program.ts';

const { body, refused } = writer();
const FACTS = { host: { ...TASK.host, inLoop: true } };

const LOOP = `
for event in events:
    detector = Detector.objects.get(id=event["id"])
    print(detector.name)`;

describe('batch', () => {
  it('loads the rows before the loop, ids as the column has them', async () => {
    const made = await body(
      'batch',
      LOOP,
      `
to_pk = Detector._meta.pk.to_python
detectors = Detector.objects.in_bulk({to_pk(event["id"]) for event in events})
for event in events:
    detector = detectors.get(to_pk(event["id"]))
    if detector is None:
        logger.info("detector.not_found", extra={"detector_id": event["id"]})
        continue
    print(detector.name)`,
      FACTS,
      'def run(self, events: list[dict]):',
    );
    expect(made).toMatchObject({ applicability: 'unsafe', why: expect.stringMatching(/ValidationError/) });
  });

  it('is safe for columns of rows at hand that are read twice', async () => {
    const made = await body(
      'batch',
      `
rules = list(AlertRule.objects.all())
for rule in rules:
    detector = Detector.objects.get(id=rule.detector_id)
    print(detector.name)`,
      `
rules = list(AlertRule.objects.all())
detectors = Detector.objects.in_bulk({rule.detector_id for rule in rules})
for rule in rules:
    detector = detectors.get(rule.detector_id)
    if detector is None:
        logger.info("detector.not_found", extra={"detector_id": rule.detector_id})
        continue
    print(detector.name)`,
      FACTS,
    );
    expect(made).toMatchObject({ applicability: 'safe', why: null });
  });

  it('keeps what can be read only once in a list, under a name that nothing else uses', async () => {
    await body(
      'batch',
      `
for detector_id in ids:
    name = Detector.objects.get(pk=detector_id).name
    print(name)
print(ids)`,
      `
ids_list = list(ids)
to_pk = Detector._meta.pk.to_python
detectors = Detector.objects.in_bulk(
    {to_pk(detector_id) for detector_id in ids_list}
)
for detector_id in ids_list:
    detector = detectors.get(to_pk(detector_id))
    if detector is None:
        logger.info("detector.not_found", extra={"detector_id": detector_id})
        continue
    name = detector.name
    print(name)
print(ids)`,
      FACTS,
      'def run(self, ids):',
    );
  });

  it('follows the id to the value that the loop gave its name', async () => {
    await body(
      'batch',
      `
for event in events:
    if not event:
        continue
    key = event["slug"]
    detector = Detector.objects.get(slug=key)
    print(detector.name)`,
      `
to_slug = Detector._meta.get_field("slug").to_python
detectors = Detector.objects.in_bulk(
    {to_slug(event["slug"]) for event in events}, field_name="slug"
)
for event in events:
    if not event:
        continue
    key = event["slug"]
    detector = detectors.get(to_slug(key))
    if detector is None:
        logger.info("detector.not_found", extra={"slug": key})
        continue
    print(detector.name)`,
      FACTS,
      'def run(self, events: list[dict]):',
    );
  });

  it.each([
    ['no loop', 'Detector.objects.get(id=detector_id)', /does not stand in the body/],
    ['a comprehension', '[Detector.objects.get(id=i) for i in ids]', /does not stand in the body/],
    ['a lock', 'for i in ids:\n    Detector.objects.select_for_update().get(id=i)', /locks/],
    ['a slice', 'for i in ids:\n    d = Detector.objects.all()[:5].get(id=i)', /sliced/],
    [
      'a field that is not unique',
      'for i in ids:\n    d = Detector.objects.get(name=i)',
      /not known to be unique/,
    ],
    ['two fields', 'for i in ids:\n    d = Detector.objects.get(id=i, name="x")', /one unique field alone/],
    ['another operator', 'for i in ids:\n    d = Detector.objects.get(slug__iexact=i)', /unique/],
    [
      'a filter by the item',
      'for i in ids:\n    d = Detector.objects.filter(name=i).get(id=i)',
      /changes with each item/,
    ],
    [
      'a receiver of the item',
      'for i in ids:\n    r = Detector(id=i)\n    d = r.rules.get(id=i)',
      /asked of changes with each item/,
    ],
    ['an id that is computed', 'for i in ids:\n    d = Detector.objects.get(id=find(i))', /not known before/],
    [
      'an id of the pass before',
      'i = 1\nfor _ in ids:\n    d = Detector.objects.get(id=i)\n    i = d.related_id',
      /not known before/,
    ],
    [
      'a name that the body changes',
      'for i in ids:\n    i += 1\n    d = Detector.objects.get(id=i)',
      /not known before/,
    ],
    [
      'rows that are written',
      'for i in ids:\n    d = Detector.objects.get(id=i)\n    Detector.objects.filter(id=i).update(name="")',
      /stale/,
    ],
    [
      'rows that are made',
      'for i in ids:\n    d = Detector.objects.get(id=i)\n    Detector.objects.create(name="")',
      /stale/,
    ],
    [
      'rows that are deleted',
      'for i in ids:\n    d = Detector.objects.get(id=i)\n    d.delete()',
      /deletes the row/,
    ],
    [
      'a row under the name of its id',
      'for i in ids:\n    i = Detector.objects.get(id=i)\n    print(i)',
      /not known before|takes the name/,
    ],
  ])('refuses %s', async (_, text, reason) => {
    expect(await refused('batch', text, FACTS)).toMatch(reason);
  });

  it.each([
    ['a save', 'detector.save()', /saved as it was before/],
    ['an attribute', 'detector.name = "x"', /share one object/],
    ['a call that is not known', 'detector.refresh()', /`refresh\(\)` may change rows/],
    ['a task', 'other.delay(detector.pk)', /`delay\(\)` may change rows/],
    ['a yield', 'yield detector', /runs between the items/],
  ])('doubts %s', async (_, line, why) => {
    const text = task(
      `for rule in AlertRule.objects.all():\n    detector = Detector.objects.get(id=rule.detector_id)\n    ${line}`,
    );
    const made = await make('batch', text, FACTS);
    expect(made).toMatchObject({ applicability: 'unsafe', why: expect.stringMatching(why) });
  });

  it('takes logs, builtins, containers and rows of other models for harmless', async () => {
    const text = task(`
names = []
for rule in AlertRule.objects.all():
    detector = Detector.objects.get(id=rule.detector_id)
    names.append(str(detector.name))
    AlertRule.objects.filter(pk=rule.pk).update(detector=None)
    logger.info("seen")`);
    expect(await make('batch', text, FACTS)).toMatchObject({ applicability: 'safe' });
  });

  it('is what `continue` gives way to where the settings ask for it', async () => {
    const settings = { loop: 'batch' } as const;
    const text = task(LOOP);
    expect(await make('continue', text, { ...FACTS, settings })).toMatchObject({
      refused: 'the settings ask for one query for all items',
    });
    const not = task(LOOP.replace('print(', 'detector.delete()\n    print('));
    expect(await make('continue', not, { ...FACTS, settings })).toMatchObject({ applicability: 'safe' });
  });
});
