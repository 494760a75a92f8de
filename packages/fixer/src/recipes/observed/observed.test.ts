import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { fixAll } from '../../apply/fix-all.ts';
import { sessionOf } from '../../testing/program.ts';
import { pythonErrors } from '../../testing/python.ts';

const HEAD = `import logging

from celery import shared_task
from django.db import models, transaction

from app.models import AlertRule, Detector

logger = logging.getLogger(__name__)


`;

function task(body: string): string {
  return `${HEAD}@shared_task\ndef run(detector_id, event, ids):\n${body.trim().replace(/^(?=.)/gm, '    ')}\n`;
}

interface Result {
  readonly after: string;
  readonly applied: readonly string[];
  readonly refused: readonly string[];
}

/** What all rules of a code make of a task. */
async function fixed(code: string, body: string, head = ''): Promise<Result> {
  const text = task(body).replace(HEAD, HEAD + head);
  const session = await sessionOf(
    { 'app/code.py': text },
    { rules: rules.filter(({ meta }) => meta.code === code) },
  );
  const reports = session.reports(new Set(['app/code.py']));
  const refused = reports.flatMap((report) =>
    report.fixes().length > 0 ? [] : report.refusals().map(({ reason }) => reason),
  );
  const outcome = fixAll(session, { unsafe: true });
  const after = session.source('app/code.py')?.text ?? '';
  expect(pythonErrors([after])).toEqual([null]);
  return { after, applied: outcome.applied.map(({ applicability }) => applicability), refused };
}

const LOG = 'logger.info("detector.not_found", extra={"detector_id": detector_id})';

describe('none-guard', () => {
  const FETCH = 'detector = Detector.objects.filter(id=detector_id).first()';

  it.each([
    ['Detector.DoesNotExist', 'raise Detector.DoesNotExist'],
    ['(ValueError, models.ObjectDoesNotExist)', 'raise models.ObjectDoesNotExist'],
  ])('leaves it to the handler that waits for it in vain: %s', async (type, raise) => {
    const body = (guard: string): string =>
      `try:\n    ${FETCH}\n${guard}    event(detector.name)\nexcept ${type}:\n    event("unknown")\nevent("done")`;
    expect(await fixed('DNE007', body(''))).toEqual({
      after: task(body(`    if detector is None:\n        ${raise}\n`)),
      applied: ['safe'],
      refused: [],
    });
  });

  it('does not take the handler of another model for it, nor one behind a broad one', async () => {
    const body = (handlers: string): string => `try:\n    ${FETCH}\n    event(detector.name)\n${handlers}`;
    for (const handlers of [
      'except AlertRule.DoesNotExist:\n    event("unknown")',
      'except (OSError, AlertRule.DoesNotExist):\n    event("unknown")',
    ])
      expect((await fixed('DNE007', body(handlers))).after).not.toContain('raise ');
  });

  it('checks the row before it is used', async () => {
    expect(
      await fixed('DNE007', `${FETCH}\nlogger.info("sent")\nnotify(event(), detector.name)  # now`),
    ).toEqual({
      after: task(
        `${FETCH}\nlogger.info("sent")\nif detector is None:\n    ${LOG}\n    return\nnotify(event(), detector.name)  # now`,
      ),
      applied: ['safe'],
      refused: [],
    });
  });

  it('gives a row that is used at once a name', async () => {
    const { after } = await fixed(
      'DNE007',
      'name = Detector.objects.filter(id=detector_id).first().name\nlogger.info(name)',
    );
    expect(after).toBe(
      task(`${FETCH}\nif detector is None:\n    ${LOG}\n    return\nname = detector.name\nlogger.info(name)`),
    );
  });

  it('checks it before a call is given it, but not before a log', async () => {
    const passed = await fixed('DNE007', `${FETCH}\nprepare(detector)\nnotify(detector.name)`);
    expect(passed.after).toBe(
      task(
        `${FETCH}\nif detector is None:\n    ${LOG}\n    return\nprepare(detector)\nnotify(detector.name)`,
      ),
    );
    expect(passed.applied).toEqual(['unsafe']);
    const logged = await fixed('DNE007', `${FETCH}\nlogger.info("got", detector)\nnotify(detector.name)`);
    expect(logged.after).toContain('logger.info("got", detector)\n    if detector is None:');
    expect(logged.applied).toEqual(['safe']);
  });

  it('refuses where the use may not run', async () => {
    const { applied, refused } = await fixed('DNE007', `${FETCH}\nnotify(event and detector.name)`);
    expect(applied).toEqual([]);
    expect(refused).toEqual(['the lookup runs only when the left side of `and` asks for it']);
  });
});

describe('none-guard behind a handler', () => {
  const GET = 'detector = Detector.objects.get(id=detector_id)';
  const caught = (handler: string, after: string, type = 'Detector.DoesNotExist'): string =>
    `try:\n    ${GET}\nexcept ${type}:\n${handler.replace(/^/gm, '    ')}\n${after}`;

  it('leaves in the handler where the row is used right behind', async () => {
    expect(await fixed('DNE007', caught('detector = None  # gone', 'notify(detector.name)'))).toEqual({
      after: task(caught(`${LOG}\nreturn  # gone`, 'notify(detector.name)')),
      applied: ['safe'],
      refused: [],
    });
  });

  it('tells of the row once', async () => {
    const { after } = await fixed(
      'DNE007',
      caught('logger.warning("no detector")\ndetector = None', 'notify(detector.name)'),
    );
    expect(after).toBe(task(caught('logger.warning("no detector")\nreturn', 'notify(detector.name)')));
  });

  it('checks it where more runs before, or where the None is from before', async () => {
    const later = await fixed('DNE007', caught('detector = None', 'prepare()\nnotify(detector.name)'));
    expect(later.after).toBe(
      task(
        caught(
          'detector = None',
          `prepare()\nif detector is None:\n    ${LOG}\n    return\nnotify(detector.name)`,
        ),
      ),
    );
    const before = await fixed('DNE007', `detector = None\n${caught('pass', 'notify(detector.name)')}`);
    expect(before.after).toContain(`pass\n    if detector is None:\n        ${LOG}\n        return\n`);
  });

  it('checks it where another handler goes on as well', async () => {
    const handler = 'detector = None';
    const { after } = await fixed(
      'DNE007',
      caught(handler, `except ValueError:\n    ${handler}\nnotify(detector.name)`),
    );
    expect(after).toContain('    if detector is None:');
  });

  it('lets calls have the None that the handler goes on with', async () => {
    const { after } = await fixed(
      'DNE007',
      caught('detector = None', 'prepare(detector)\nnotify(detector.name)'),
    );
    expect(after).toContain('    prepare(detector)\n    if detector is None:');
  });

  it('is not sure of a handler that catches more', async () => {
    const { applied } = await fixed(
      'DNE007',
      caught('detector = None', 'notify(detector.name)', 'Exception'),
    );
    expect(applied).toEqual(['unsafe']);
  });

  it('goes on with the next item', async () => {
    const loop = (handler: string): string =>
      `for detector_id in ids:\n${caught(handler, 'notify(detector.name)').replace(/^/gm, '    ')}`;
    expect((await fixed('DNE007', loop('detector = None'))).after).toBe(task(loop(`${LOG}\ncontinue`)));
  });
});

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

describe('dead-handler', () => {
  const dead = (behind: string, body: string): string =>
    `try:\n    detector = Detector.objects.filter(\n        name=event,  # whose\n    ).first()\nexcept Detector.DoesNotExist${behind}:  # gone\n${body.replace(/^/gm, '    ')}\ndetector.run()`;

  it('becomes a check', async () => {
    for (const behind of ['', ' as exc']) {
      expect(await fixed('DNE203', dead(behind, '# nothing to do\nreturn'))).toEqual({
        after: task(
          'detector = Detector.objects.filter(\n    name=event,  # whose\n).first()\nif detector is None:  # gone\n    # nothing to do\n    return\ndetector.run()',
        ),
        applied: ['safe'],
        refused: [],
      });
    }
  });

  it('is left alone where it uses the exception', async () => {
    expect((await fixed('DNE203', dead(' as exc', 'logger.info(exc)\nreturn'))).refused).toEqual([
      'the handler uses the exception',
    ]);
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
