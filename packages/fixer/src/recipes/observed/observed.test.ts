import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { fixedBy, HEAD, task, type Result } from '../../testing/task.ts';

const fixed = (code: string, body: string, head?: string): Promise<Result> =>
  fixedBy(rules, code, body, head);

describe('first-guard', () => {
  it('takes the first row or None', async () => {
    expect(
      await fixed(
        'DNE006',
        'detector = Detector.objects.filter(organization_id=event).order_by("id")[0]\ndetector.run()',
      ),
    ).toEqual({
      after: task(
        'detector = Detector.objects.filter(organization_id=event).order_by("id").first()\nif detector is None:\n    logger.info("detector.not_found", extra={"organization_id": event})\n    return\ndetector.run()',
      ),
      applied: ['safe'],
      refused: [],
    });
  });

  it('is not sure without an order, and refuses slices and values', async () => {
    expect(
      (await fixed('DNE006', 'detector = Detector.objects.filter(name=event)[0]\ndetector.run()')).applied,
    ).toEqual(['unsafe']);
    const { refused } = await fixed(
      'DNE006',
      'name = Detector.objects.order_by("id").values_list("name", flat=True)[0]\nnotify(name)',
    );
    expect(refused).toEqual(['its values may be None themselves']);
  });
});

describe('map-get', () => {
  it('skips the item that has no row', async () => {
    const before = 'rows = Detector.objects.in_bulk(ids)\nfor i in ids:\n    notify(rows[i].name)';
    expect(await fixed('DNE008', before)).toEqual({
      after: task(
        'rows = Detector.objects.in_bulk(ids)\nfor i in ids:\n    detector = rows.get(i)\n    if detector is None:\n        logger.info("detector.not_found", extra={"detector_id": i})\n        continue\n    notify(detector.name)',
      ),
      applied: ['safe'],
      refused: [],
    });
  });
});

describe('map-get of a map of values', () => {
  it('is not sure that None means no row', async () => {
    const built = 'names = dict(Detector.objects.filter(id__in=ids).values_list("id", "name"))';
    const { applied } = await fixed('DNE008', `${built}\nfor i in ids:\n    notify(names[i])`);
    expect(applied).toEqual(['unsafe']);
  });
});

describe('object-does-not-exist', () => {
  it('replaces a class that does not exist', async () => {
    const head = 'class Base(models.Model):\n    class Meta:\n        abstract = True\n\n\n';
    const body = (type: string): string =>
      `try:\n    detector = Detector.objects.get(id=detector_id)\nexcept ${type}:\n    return\ndetector.run()`;
    const { after, applied } = await fixed('DNE206', body('(ValueError, Base.DoesNotExist)'), head);
    expect(applied).toEqual(['safe']);
    expect(after).toBe(
      task(body('(ValueError, ObjectDoesNotExist)'))
        .replace(HEAD, HEAD + head)
        .replace('from django.db', 'from django.core.exceptions import ObjectDoesNotExist\nfrom django.db'),
    );
  });
});

describe('on-commit', () => {
  it('sends the task after the commit', async () => {
    const head = '@shared_task\ndef confirm(detector_id):\n    logger.info(detector_id)\n\n\n';
    const body = (line: string): string =>
      `with transaction.atomic():\n    detector = Detector.objects.create(name=event)\n    ${line}`;
    const { after, applied } = await fixed('DNE402', body('confirm.delay(detector.pk)'), head);
    expect(applied).toEqual(['unsafe']);
    expect(after).toBe(
      task(body('transaction.on_commit(partial(confirm.delay, detector.pk))'))
        .replace(HEAD, HEAD + head)
        .replace('import logging\n', 'import logging\nfrom functools import partial\n'),
    );
  });

  it('lays a call over several lines out anew', async () => {
    const head = '@shared_task\ndef confirm(detector_id):\n    logger.info(detector_id)\n\n\n';
    const body = (call: string): string =>
      `with transaction.atomic():\n    detector = Detector.objects.create(name=event)\n    ${call}`;
    const call =
      'confirm.apply_async(\n        args=(detector.pk, event.something_long, event.something_longer),\n    )';
    const { after } = await fixed('DNE402', body(call), head);
    expect(after).toContain(`
        transaction.on_commit(
            partial(
                confirm.apply_async,
                args=(detector.pk, event.something_long, event.something_longer),
            )
        )
`);
  });
});
