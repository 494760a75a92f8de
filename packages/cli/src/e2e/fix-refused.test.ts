import { afterAll, expect, test, vi } from 'vitest';
import { cleanUp, danglint, project } from './danglint.ts';
import { SHOP } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

/** The getter cannot give None: nothing can guard the use of what it gives. */
const GETTER = `from celery import shared_task
from shop.models import Detector


class Report:
    def __init__(self, pk):
        self.pk = pk

    @property
    def detector(self):
        return Detector.objects.get(id=self.pk)

    def names(self):
        return [self.detector.name for _ in range(3)]


@shared_task
def report(detector_id):
    print(Report(detector_id).names())
`;

test('a fix that was taken back is counted nowhere as one that could be applied', () => {
  const cwd = project({ ...SHOP, 'shop/report.py': GETTER });
  const plain = danglint(['--unsafe-fixes'], { cwd });
  expect(plain.stderr).toContain('[*] 1 fixable with `--fix --unsafe-fixes`, if callers can take `None`.');
  const fixed = danglint(['--fix', '--unsafe-fixes'], { cwd });
  expect(fixed.stderr).toMatch(
    /shop\/report\.py: DNE\d+ was not fixed \(Return None when the Detector is missing\)/,
  );
  expect(fixed.stderr).not.toContain('fixable');
  expect(fixed.stdout).not.toContain('[*]');
  const json = danglint(['--fix', '--unsafe-fixes', '--output-format', 'json'], { cwd });
  expect(json.stdout).toContain('the fixed program would have a new finding in shop/report.py: DNE007');
});

/** Two recipes would give None here, in two shapes; neither goes with what the caller does. */
const SOFT = `${SHOP['shop/models.py']}

class Rule(models.Model):
    detector_id = models.BigIntegerField()

    def detector(self):
        return Detector.objects.get(id=self.detector_id)

    def names(self):
        return [self.detector().name for _ in range(3)]
`;
const READER = `from celery import shared_task
from shop.models import Rule


@shared_task
def report(rule_id):
    rule = Rule.objects.filter(id=rule_id).first()
    if rule is not None:
        print(rule.names())
`;

test('a fix that was taken back in two shapes is told once', () => {
  const cwd = project({ ...SHOP, 'shop/models.py': SOFT, 'shop/tasks.py': READER });
  const { stderr } = danglint(['--fix', '--unsafe-fixes'], { cwd });
  expect(stderr.match(/DNE105 was not fixed \(Return None when the Detector is missing\)/g)).toHaveLength(1);
});
