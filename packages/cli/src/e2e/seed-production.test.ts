import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cleanUp, danglint, project } from './danglint.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
afterAll(cleanUp);

const model = (name: string, ...fields: readonly string[]): string =>
  `class ${name}(models.Model):\n${['name = models.CharField(max_length=9)', ...fields].map((field) => `    ${field}\n`).join('')}\n\n`;
const MODELS = 'from django.db import models\n\n\n';

/** The code of the three examples, among lookups of the same models in other places. */
const TREE = {
  'danglint.toml': 'presets = ["recommended", "sentry"]\n',
  'src/sentry/__init__.py': '',
  'src/sentry/workflow_engine/models.py': MODELS + model('Detector'),
  'src/sentry/workflow_engine/processors/detector.py': `from sentry.workflow_engine.models import Detector


def _get_detector_for_event(event_data):
    detector_id = event_data.get("detector_id")
    try:
        return Detector.objects.get(id=detector_id)
    except Detector.DoesNotExist:
        raise


def get_detector_by_id(detector_id):
    return Detector.objects.get(id=detector_id)
`,
  'src/sentry/workflow_engine/tasks.py': `from celery import shared_task

from sentry.workflow_engine.models import Detector
from sentry.workflow_engine.processors.detector import _get_detector_for_event, get_detector_by_id


@shared_task
def process_workflows_event(event_data):
    detector = _get_detector_for_event(event_data)
    detector.save()


@shared_task
def disable(detector_id):
    get_detector_by_id(detector_id).delete()
    Detector.objects.get(id=detector_id).save()
`,
  'src/sentry/monitors/models.py': `${MODELS}${model('Environment')}class Monitor(models.Model):
    environment_id = models.BigIntegerField()

    def get_environment(self):
        return Environment.objects.get(id=self.environment_id)
`,
  'src/sentry/monitors/logic/incident_occurrence.py': `def send_incident_occurrence(monitor):
    environment = monitor.get_environment()
    return environment.name
`,
  'src/sentry/monitors/tasks.py': `from celery import shared_task

from sentry.monitors.logic.incident_occurrence import send_incident_occurrence
from sentry.monitors.models import Environment, Monitor


@shared_task
def check(monitor_id: int):
    monitor = Monitor.objects.get(id=monitor_id)
    send_incident_occurrence(monitor)
    Environment.objects.get(id=monitor.environment_id).delete()
`,
  'src/getsentry/__init__.py': '',
  'src/getsentry/models.py': MODELS + model('Subscription'),
  'src/getsentry/billing/tasks/usagebuffer.py': `from celery import shared_task

from getsentry.models import Subscription


@shared_task
def flush_usage_buffer(subscription_id):
    subscription = Subscription.objects.get(id=subscription_id)
    subscription.save()


@shared_task
def cancel(subscription_id):
    Subscription.objects.get(id=subscription_id).delete()
`,
};

interface Example {
  readonly shortId: string;
  readonly events: number;
  readonly model: string;
  readonly filename: string;
  readonly function: string;
}

const example = (shortId: string, events: number, name: string, filename: string, fn: string): Example => ({
  shortId,
  events,
  model: name,
  filename,
  function: fn,
});

const SEED: readonly Example[] = [
  example(
    'SENTRY-5D9J',
    610_142,
    'Detector',
    'sentry/workflow_engine/processors/detector.py',
    '_get_detector_for_event',
  ),
  example('SENTRY-3VDX', 146_432, 'Environment', 'sentry/monitors/models.py', 'get_environment'),
  example(
    'SENTRY-4DEQ',
    72_700,
    'Subscription',
    'getsentry/billing/tasks/usagebuffer.py',
    'flush_usage_buffer',
  ),
];

/** One of code that is there and one of code that is gone, the latter with more events than all others. */
const OTHERS: readonly Example[] = [
  example('SENTRY-1AAA', 12, 'Subscription', 'getsentry/billing/tasks/usagebuffer.py', 'cancel'),
  example('SENTRY-2BBB', 900_000, 'Detector', 'sentry/removed.py', 'gone'),
];

const message = (name: string): string => `${name} matching query does not exist.`;

/** An item of `GET /api/0/organizations/ORG/issues/`, as Sentry documents it. */
const issue = ({ shortId, events, model: name, filename, function: fn }: Example): unknown => ({
  id: shortId.slice(-4),
  shortId,
  shareId: null,
  title: `DoesNotExist: ${message(name)}`,
  culprit: 'sentry.tasks.process',
  permalink: `https://sentry.example.org/issues/${shortId}/`,
  logger: null,
  level: 'error',
  status: 'resolved',
  statusDetails: {},
  substatus: null,
  isPublic: false,
  platform: 'python',
  project: { id: '1', name: 'sentry', slug: 'sentry', platform: 'python' },
  type: 'error',
  metadata: { value: message(name), type: 'DoesNotExist', filename, function: fn, in_app_frame_mix: 'mixed' },
  numComments: 0,
  assignedTo: { type: 'user', id: '7', name: 'jane@example.org', email: 'jane@example.org' },
  isBookmarked: false,
  hasSeen: false,
  annotations: [],
  issueType: 'error',
  issueCategory: 'error',
  priority: 'high',
  isUnhandled: true,
  count: String(events),
  userCount: 0,
  firstSeen: '2025-10-02T17:20:01.000000Z',
  lastSeen: '2026-01-07T09:11:42.000000Z',
  stats: { '24h': [[1_767_000_000, 4]] },
  lifetime: { count: String(events), userCount: 0, firstSeen: '2025-10-02T17:20:01.000000Z', stats: {} },
});

/** `.../issues/ID/events/?full=true`: the crash frame is Django's, the one before it is the project's. */
const event = ({ shortId, model: name, filename, function: fn }: Example): unknown => ({
  id: 'f'.repeat(32),
  eventID: 'f'.repeat(32),
  groupID: shortId.slice(-4),
  dateCreated: '2026-01-07T09:11:42Z',
  user: { email: 'jane@example.org' },
  entries: [
    {
      type: 'exception',
      data: {
        values: [
          {
            type: 'DoesNotExist',
            value: message(name),
            stacktrace: {
              frames: [
                { filename, function: fn, inApp: true, lineNo: 999, vars: { token: 'secret' } },
                { filename: 'django/db/models/query.py', function: 'get', inApp: false, lineNo: 637 },
              ],
            },
          },
        ],
      },
    },
  ],
  tags: [{ key: 'user', value: 'jane@example.org' }],
});

interface Item {
  readonly filename: string;
  readonly function: string;
  readonly production: { readonly events: number; readonly issues: readonly string[] } | null;
}

describe("the seed's production examples", () => {
  let cwd = '';

  beforeAll(() => {
    const pages = [[SEED[2], OTHERS[0]], [SEED[0], OTHERS[1]], [SEED[1]]];
    const issues = pages.map((page) =>
      JSON.stringify(page.flatMap((one) => (one === undefined ? [] : issue(one)))),
    );
    cwd = project({
      ...TREE,
      'issues.json': issues.join('\n'),
      'events.json': JSON.stringify(SEED.map(event)),
    });
  });

  test.each([
    ['issues alone', ['issues.json']],
    ['issues and events', ['issues.json', 'events.json']],
  ])('%s: they come first, in the order of their events', (_, files) => {
    const imported = danglint(['production', 'import', ...files], { cwd });
    expect([imported.code, imported.stdout]).toEqual([0, '']);
    expect(imported.stderr).toContain('5 issues, 1,729,');
    const run = danglint(['--sort', 'production', '--output-format', 'json'], { cwd });
    const items: readonly Item[] = JSON.parse(run.stdout);
    expect(
      items
        .slice(0, 3)
        .map(({ filename, ...item }) => [filename.slice(cwd.length + 5), item.function, item.production]),
    ).toMatchObject(
      SEED.map(({ filename, function: fn, events, shortId }) => [
        filename,
        expect.stringMatching(`\\b${fn}$`),
        { events, issues: [shortId] },
      ]),
    );
    expect(items[3]?.production).toMatchObject({ events: 12, issues: ['SENTRY-1AAA'] });
    expect(items.slice(4).every(({ production }) => production === null)).toBe(true);
    expect(items.length).toBeGreaterThan(4);
    expect(run.stderr).toContain('Production: code found for 4 of 5 issues.\n  SENTRY-2BBB: 900,000 events');
  });

  test('only they pass --min-events 1000, and formats put them on top', () => {
    danglint(['production', 'import', 'issues.json'], { cwd });
    const few = danglint(['--min-events', '1000', '--output-format', 'concise', '--sort', 'production'], {
      cwd,
    });
    expect(few.stdout.split('\n').map((line) => line.split(':')[0])).toEqual([
      ...SEED.map(({ filename }) => `src/${filename}`),
      '',
    ]);
    const github = danglint(['--output-format', 'github'], { cwd }).stdout;
    expect(github.split('\n')[0]).toContain('workflow_engine/processors/detector.py');
    const html = danglint(['--output-format', 'html'], { cwd }).stdout;
    expect(html.indexOf('610,142 events')).toBeLessThan(html.indexOf('146,432 events'));
    expect(html.indexOf('72,700 events')).toBeLessThan(html.indexOf('12 events'));
  });

  test('nothing personal is kept', () => {
    danglint(['production', 'import', 'issues.json', 'events.json'], { cwd });
    const kept = readFileSync(join(cwd, '.danglint/production.json'), 'utf8');
    expect(kept).not.toMatch(/jane|secret|@/);
  });
});
