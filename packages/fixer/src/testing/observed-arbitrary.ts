import * as fc from 'fast-check';
import { type Block, leaf, programOf } from './arbitrary.ts';

const GET = 'row = Detector.objects.get(slug=item)';
const FIRST = 'row = Detector.objects.filter(slug=item).first()';

/** What is wrong around rows beside a lookup that nobody answers, and handlers and checks around lookups. */
const OBSERVED: readonly Block[] = [
  [FIRST, 'notify(row.name)'],
  [FIRST, '# between', 'x = [row.pk, 1]'],
  ['row = (', '>Detector.objects.filter(slug=item)  # one', '>.first()', ')', 'notify(row.name, row.pk)'],
  ['notify(Detector.objects.filter(slug=item).first().name, 2)'],
  ['for x in Detector.objects.filter(slug=item).last().rules.all():', '>pass'],
  ['x = Detector.objects.filter(name=item)[0]', 'notify(x)'],
  ['notify(', '>Detector.objects.filter(name=item).order_by("pk")[0].name,  # the first', ')'],
  ['rows = Detector.objects.in_bulk(event["ids"])', 'notify(rows[event["id"]])'],
  ['rows = {d.pk: d for d in Detector.objects.filter(pk__in=event["ids"])}', 'x = rows[item].name  # it'],
  ['row = find(item)', 'notify(row.pk)'],
  [FIRST, 'show(row)  # it'],
  ['try:', `>${GET}`, 'except Detector.DoesNotExist:', '>row = None  # gone', 'notify(row.pk)'],
  ['row = None', 'try:', `>${GET}`, 'except Detector.DoesNotExist:', '>pass', '# then', 'notify(row.pk)'],
  [GET, 'if row is None:  # gone', '>notify()', '>return', 'notify(row)'],
  [GET, 'if not row:', '>pass', 'else:', '>notify(row)'],
  [
    'try:',
    `>${FIRST}`,
    'except Detector.DoesNotExist:  # gone',
    '># nothing to do',
    '>return',
    'notify(row)',
  ],
  ['try:', `>${GET}`, 'except models.Model.DoesNotExist:  # any', '>return'],
  ['try:', `>${GET}`, 'except AlertRule.DoesNotExist:  # wrong', '>row = None'],
  ['try:', `>${GET}`, '>notify(row)', 'except (KeyError, AlertRule.DoesNotExist) as exc:', '>notify(exc)'],
  ['try:', `>${GET}`, 'except Detector.DoesNotExist:', '># why', '>raise', 'notify(row)'],
  ['try:', `>${GET}  # it`, 'except Detector.DoesNotExist as exc:', '>notify(exc)', '>raise  # on'],
  ['try:', `>${GET}`, '>notify(row)', 'except Exception:  # all', '>logging.exception("failed")'],
  ['try:', `>${GET}`, 'except Exception:', '>logging.exception("failed")', '>return'],
  ['Detector.objects.get(slug=item).delete()'],
  [GET, 'row.delete()  # away'],
  ['row = Detector(pk=item)', 'row.refresh_from_db()', 'notify(row)'],
  ['for link in Link.objects.all():', '>notify(link.detector.pk)', '>notify(link.detector.name)'],
  ['for one in Detector.objects.all():', '>notify(one.badge.text)', '>x = one.badge'],
  [
    'with transaction.atomic():',
    '>x = AlertRule.objects.create(detector_id=item)',
    '>send.delay(x.pk)  # now',
  ],
  [
    'with transaction.atomic():',
    '>x = AlertRule.objects.create(detector_id=item)',
    '>send.delay(',
    '>>x.pk,  # the id',
    '>>later=True,',
    '>)',
  ],
];

const HEAD: Block = [
  'import logging',
  '',
  'from app.links import Link',
  'from app.models import AlertRule, Detector',
  'from celery import shared_task',
  'from django.db import models, transaction',
  '',
  '',
  'def show(row):',
  '>print(row.pk)',
  '',
  '',
  'def find(slug):',
  '>return Detector.objects.get(slug=slug)  # or not',
  '',
  '',
  '@shared_task',
  'def send(pk, later=False):',
  '>print(pk)',
  '',
  '',
];

/** More models, which the programs import from `app/links.py`. */
export const LINKS = `from django.db import models

from app.models import Detector


class Link(models.Model):
    detector = models.ForeignKey(Detector, on_delete=models.DO_NOTHING, db_constraint=False)


class Badge(models.Model):
    detector = models.OneToOneField(Detector, on_delete=models.CASCADE, related_name="badge")
    text = models.CharField(max_length=20)
`;

const observed: fc.Arbitrary<Block> = fc
  .tuple(fc.constantFrom(...OBSERVED), fc.option(fc.nat(99), { nil: null }))
  .map(([lines, note]) => (note === null ? lines : [`# note ${note}`, ...lines]));

/** Programs in which findings of every kind stand beside and inside each other. */
export const observedProgram = programOf(
  HEAD,
  fc.oneof({ weight: 4, arbitrary: observed }, { weight: 1, arbitrary: leaf }),
);
