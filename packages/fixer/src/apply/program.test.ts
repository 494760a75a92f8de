import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { sessionOf } from '../testing/program.ts';
import { fixAll } from './fix-all.ts';

const GETTER = `from app.models import Detector


class Monitor:
    def get_detector(self):
        return Detector.objects.get(id=self.detector_id)
`;
const CALLER = `import logging

from celery import shared_task

from app.monitors import Monitor

logger = logging.getLogger(__name__)


@shared_task
def send(monitor_id):
    detector = Monitor().get_detector()
    logger.info("sent", extra={"detector": detector.name})
`;

describe('a program of several files', () => {
  it('has the callers of a getter guarded in the same run', async () => {
    const session = await sessionOf({ 'app/monitors.py': GETTER, 'app/tasks.py': CALLER }, { rules });
    const outcome = fixAll(session, { unsafe: true });
    expect(outcome.skipped).toEqual([]);
    expect(session.source('app/monitors.py')?.text).toContain(
      '        except Detector.DoesNotExist:\n            return None\n',
    );
    expect(session.source('app/tasks.py')?.text).toBe(
      CALLER.replace(
        '    logger.info("sent"',
        '    if detector is None:\n        logger.info("detector.not_found")\n        return\n    logger.info("sent"',
      ),
    );
    expect(session.reports()).toEqual([]);
  });

  it('leaves the getter alone where its callers cannot be guarded', async () => {
    const caller = CALLER.replace('detector.name', 'ready and detector.name').replace(
      'monitor_id',
      'monitor_id, ready',
    );
    const session = await sessionOf({ 'app/monitors.py': GETTER, 'app/tasks.py': caller }, { rules });
    const outcome = fixAll(session, { unsafe: true });
    expect(outcome.files).toEqual([]);
    expect(outcome.skipped[0]?.reason).toMatch(
      /^the fixed program would have a new finding in app\/tasks\.py: DNE007/,
    );
  });

  it('answers an exception raised by hand in one caller, though another caller is then known to miss it', async () => {
    const models = `from django.db import models


class Rows(models.QuerySet):
    def get(self, *args, **kwargs):
        if not kwargs:
            raise self.model.DoesNotExist
        return super().get(*args, **kwargs)


class Prefix(models.Model):
    name = models.CharField(max_length=9)
    objects = Rows.as_manager()
`;
    const tasks = `import logging

from celery import shared_task

from app.models import Prefix

logger = logging.getLogger(__name__)


@shared_task
def names(pks):
    for pk in pks:
        print(Prefix.objects.get(pk=pk).name)


@shared_task
def one(pk, names):
    return [name + Prefix.objects.get(pk=pk).name for name in names]
`;
    const session = await sessionOf({ 'app/models.py': models, 'app/tasks.py': tasks }, { rules });
    const outcome = fixAll(session, { unsafe: true });
    expect(outcome.skipped).toEqual([]);
    expect(session.source('app/tasks.py')?.text).toContain('    except Prefix.DoesNotExist:\n');
    expect(fixAll(session, { unsafe: true }).files).toEqual([]);
  });

  const MODEL = `from app.models import Detector


class Base:
    detector_id = None

    @property
    def detector(self):
        return Detector.objects.get(id=self.detector_id)

`;

  it.each([
    [
      'a property of the same object',
      '    def title(self, ready):\n        return ready and self.detector.name\n',
    ],
    ['a declared result', '    def rule(self) -> Detector:\n        return self.detector\n'],
    [
      'a parameter that is declared to be there',
      '    def title(self):\n        return show(self.detector)\n\n\ndef show(detector: Detector):\n    return detector\n',
    ],
    [
      'a generator of declared rows',
      '    def all(self) -> Iterator[Detector]:\n        yield self.detector\n',
    ],
    [
      'a declared name',
      '    def title(self):\n        found: Detector = self.detector\n        return found\n',
    ],
    [
      'a copy',
      '    def title(self, ready):\n        found = copy(self.detector)\n        return ready and found.name\n',
    ],
    [
      'a result that another function hands on',
      '    def again(self):\n        return self.detector\n\n    def title(self, ready):\n        return ready and self.again().name\n',
    ],
  ])('leaves a getter alone that %s relies on', async (_name, method) => {
    const session = await sessionOf({ 'app/base.py': `${MODEL}${method}` }, { rules });
    const outcome = fixAll(session, { unsafe: true });
    expect(outcome.files).toEqual([]);
    expect(outcome.skipped[0]?.reason).toMatch(
      /^the fixed program would have a new finding in app\/base\.py: DNE007/,
    );
  });

  it.each([
    [
      'the base class declares it',
      'class Base:\n    def find(self, pk) -> Detector:\n        raise NotImplementedError\n',
      'Base',
      'find',
    ],
    [
      'the base class declares something with an optional part',
      'class Base:\n    def find(self, pk) -> tuple[str, str | None]:\n        raise NotImplementedError\n',
      'Base',
      'find',
    ],
    [
      'it declares such a thing in quotes',
      'class Base:\n    def find(self, pk) -> "Tuple[str, Optional[str]]":\n        raise NotImplementedError\n',
      'Base',
      'find',
    ],
    ['Django asks for it', 'from django.views.generic import DetailView\n', 'DetailView', 'get_queryset'],
    [
      'a protocol declares it',
      'class Finder(Protocol):\n    def find(self, pk) -> "Detector": ...\n',
      'Finder',
      'find',
    ],
  ])('has a method keep the promise of its base where %s', async (_name, head, base, method) => {
    const code = `from app.models import Detector\n\n\n${head}\n\nclass Own(${base}):\n    def ${method}(self, pk):\n        detector = Detector.objects.get(id=pk)\n        return detector.rules\n`;
    const session = await sessionOf({ 'app/base.py': code }, { rules });
    fixAll(session, { unsafe: true });
    expect(session.source('app/base.py')?.text).not.toContain('return None');
  });

  it('has a method give None where its base says that it may', async () => {
    const code = `from app.models import Detector\n\n\nclass Base:\n    def find(self, pk) -> Detector | None: ...\n\n\nclass Own(Base):\n    def find(self, pk):\n        return Detector.objects.get(id=pk)\n`;
    const session = await sessionOf({ 'app/base.py': code }, { rules });
    fixAll(session, { unsafe: true });
    expect(session.source('app/base.py')?.text).toContain('return None');
  });

  it('refuses the None of a getter that its caller could only hand on', async () => {
    const chain = `${MODEL}    def again(self) -> Detector:\n        found = copy(self.detector)\n        found.run()\n        return found\n\n    def title(self, ready):\n        return ready and self.again().name\n`;
    const session = await sessionOf({ 'app/base.py': chain }, { rules });
    const outcome = fixAll(session, { unsafe: true });
    expect(outcome.files).toEqual([]);
    expect(session.source('app/base.py')?.text).toBe(chain);
    expect(outcome.skipped.map(({ reason }) => reason.replace(/: DNE007.*/, ': DNE007'))).toEqual([
      'the fixed program would have a new finding in app/base.py: DNE007',
    ]);
  });

  it.each([
    ['chain(count.s(1), send.s()).delay()', 'unsafe'],
    ['chain(send.s(), count.s(1)).delay()', 'safe'],
    ['(send.s() | count.s(1)).delay()', 'safe'],
    ['(count.s(1) | send.s()).delay()', 'unsafe'],
    ['chord([count.s(pk) for pk in (1, 2)])(send.s())', 'unsafe'],
    ['chord([send.s()])(count.s(1).set(expires=3))', 'safe'],
    ['chord(group(count.s(1)), send.s()).delay()', 'unsafe'],
    ['group([count.s(pk) for pk in (1, 2)])()', 'safe'],
    ['x = group([count.s(pk) for pk in (1, 2)])()\n    print(x.join())', 'unsafe'],
    ['send.s().on_error(count.s(1)).delay()', 'safe'],
    ['parts.append(count.s(1))', 'unsafe'],
    ['last = count.s(1)\n    on_commit(lambda: last.apply_async())', 'safe'],
    ['last = count.s(1).set(expires=3)\n    chord([send.s()], body=last).delay()', 'safe'],
    ['last = count.s(1)\n    chord([send.s()], body=last).delay()\n    run(last)', 'unsafe'],
    ['last = count.s(1) if pk else None\n    if last is not None:\n        last.delay()', 'safe'],
    [
      'last = None\n    if pk:\n        last = count.s(1)\n    if last is not None:\n        last.delay()',
      'safe',
    ],
    ['sender.add_periodic_task(3600, count.s(), name="count")', 'safe'],
    ['x = count.delay(1).get()', 'unsafe'],
    ['x = count.apply_async((1,))\n    print(x.result)', 'unsafe'],
    ['x = count.delay(1)\n    print(x.id)', 'safe'],
    ['x = count.delay(1)\n    return {"task": x.id}', 'unsafe'],
    ['request.session["task"] = count.apply_async((1,)).task_id', 'unsafe'],
    ['count.s(1).delay()', 'safe'],
    ['count.delay(1)', 'safe'],
  ])('knows who reads what a task gives: %s', async (call, applicability) => {
    const code = `from celery import shared_task\n\nfrom app.models import Detector\n\n\n@shared_task\ndef count(pk):\n    detector = Detector.objects.get(id=pk)\n    return detector.pk\n\n\ndef start():\n    ${call}\n`;
    const session = await sessionOf({ 'app/tasks.py': code }, { rules });
    const [fix] = session.reports().flatMap((report) => report.fixes());
    expect(fix?.applicability).toBe(applicability);
  });

  it.each([
    ['ignore_result=False', 'return detector.pk', 'unsafe'],
    ['ignore_result=False', 'detector.save()', 'safe'],
    ['ignore_result=True', 'return detector.pk', 'safe'],
  ])('knows whether a value is kept for somebody: %s, %s', async (option, last, applicability) => {
    const code = `from celery import shared_task\n\nfrom app.models import Detector\n\n\n@shared_task(${option})\ndef count(pk):\n    detector = Detector.objects.get(id=pk)\n    ${last}\n`;
    const session = await sessionOf({ 'app/tasks.py': code }, { rules });
    const [fix] = session.reports().flatMap((report) => report.fixes());
    expect(fix?.applicability).toBe(applicability);
  });

  it('does not call the receiver a guess where the row was asked for a moment before', async () => {
    const code = `from celery import shared_task\n\nfrom app.models import Detector\n\n\n@shared_task\ndef run(pk):\n    if not Detector.objects.filter(id=pk).exists():\n        return\n    detector = Detector.objects.get(id=pk)\n    detector.save()\n`;
    const session = await sessionOf({ 'app/tasks.py': code }, { rules });
    const [report] = session.reports();
    expect(report).toMatchObject({ severity: 'info', confidence: 'low' });
    expect(report?.fixes()[0]).toMatchObject({ applicability: 'safe', why: null });
  });

  it.each([
    ['work(pk)', 'safe'],
    ['if pk:\n        work(pk)', 'safe'],
    ['work(pk)\n    print(pk)', 'unsafe'],
    ['Detector.objects.create(name=pk)\n    work(pk)', 'safe'],
    ['with transaction.atomic():\n        Detector.objects.create(name=pk)\n        work(pk)', 'unsafe'],
    ['for one in pk:\n        work(one)', 'unsafe'],
    ['with pk:\n        work(pk)', 'unsafe'],
    ['try:\n        work(pk)\n    finally:\n        print(pk)', 'unsafe'],
  ])('knows whether something goes on behind a helper: %s', async (body, applicability) => {
    const code = `from celery import shared_task\nfrom django.db import transaction\n\nfrom app.models import Detector\n\n\ndef work(pk):\n    detector = Detector.objects.get(id=pk)\n    detector.save()\n\n\n@shared_task\ndef run(pk):\n    ${body}\n`;
    const session = await sessionOf({ 'app/tasks.py': code }, { rules });
    const fixes = session.reports().flatMap((report) => report.fixes());
    expect(fixes[0]?.applicability).toBe(applicability);
  });
});
