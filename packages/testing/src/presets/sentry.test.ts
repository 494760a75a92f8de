import type { Source } from '../index.ts';
import { describe, expect, it } from 'vitest';
import { found } from './found.ts';

/** The dialect in small: managers with a cache, bare ids, silos. */
const DB = `from django.db import models


class BaseManager(models.Manager):
    def get_from_cache(self, **kwargs):
        ...

    def get_many_from_cache(self, values):
        ...


class Model(models.Model):
    objects = BaseManager()

    class Meta:
        abstract = True


class BoundedBigIntegerField(models.BigIntegerField):
    pass


class HybridCloudForeignKey(models.BigIntegerField):
    pass
`;

const MODELS = `from django.db import models
from sentry.db.models import BoundedBigIntegerField, HybridCloudForeignKey, Model


class Organization(Model):
    slug = models.SlugField(unique=True)


class Project(Model):
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE)


class ProjectKey(Model):
    project_id = BoundedBigIntegerField()


class Environment(Model):
    name = models.CharField(max_length=64)


class Group(Model):
    project = models.ForeignKey(Project, on_delete=models.CASCADE)


class Detector(Model):
    objects_for_deletion = models.Manager()
    project = models.ForeignKey(Project, on_delete=models.CASCADE)


class Subscription(Model):
    organization_id = HybridCloudForeignKey("sentry.Organization", on_delete="CASCADE")


class SentryAppInstallation(Model):
    uuid = models.UUIDField(unique=True)


class User(Model):
    email = models.EmailField()


class Monitor(Model):
    environment_id = BoundedBigIntegerField()
    owner_id = HybridCloudForeignKey("sentry.User", on_delete="SET_NULL")

    def get_environment(self):
        return Environment.objects.get(id=self.environment_id)
`;

const SAFE = `import logging

from sentry_sdk import capture_exception

logger = logging.getLogger(__name__)


def safe_execute(func, *args, **kwargs):
    try:
        result = func(*args, **kwargs)
    except Exception as e:
        logger.exception("safe_execute.error")
        return None
    else:
        return result
`;

function tree(files: Readonly<Record<string, string>>): Source {
  return {
    'src/sentry/__init__.py': '',
    'src/sentry/db/models/__init__.py': DB,
    'src/sentry/models/__init__.py': MODELS,
    'src/sentry/utils/__init__.py': '',
    'src/sentry/utils/safe.py': SAFE,
    ...files,
  };
}

const sentry = (files: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  found(['recommended', 'sentry'], tree(files));

/** What is found in one file, as `line CODE severity`. */
async function inFile(
  path: string,
  text: string,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const all = await sentry({ [path]: text, ...more });
  return all
    .filter((finding) => finding.startsWith(`${path}:`))
    .map((finding) => finding.slice(path.length + 1));
}

describe('root causes', () => {
  it('a detector or rule that the workflow engine names is deleted', async () => {
    const text = `from sentry.models import Detector
from sentry.tasks.base import instrumented_task


@instrumented_task(name="sentry.workflow_engine.process", **OPTIONS)
def process_workflows_event(event):
    detector = Detector.objects.get(id=event.detector_id)
    detector.save()
`;
    expect(await inFile('src/sentry/workflow_engine/tasks.py', text)).toEqual(['7 DNE110 error']);
  });

  it('an id from Snuba names a deleted group', async () => {
    const text = `from sentry.models import Group
from sentry.utils import snuba


def top_groups(project):
    rows = snuba.raw_query(dataset="events", filters={"project": project.id})["data"]
    for event in rows:
        Group.objects.get(id=event["issue.id"])


def top_group(project):
    event = snuba.raw_query(dataset="events")["data"][0]
    return Group.objects.get(id=event["issue.id"])
`;
    expect(await inFile('src/sentry/search/top.py', text)).toEqual(['8 DNE301 error', '13 DNE103 error']);
  });

  it('a subscription is cancelled before its billing task runs', async () => {
    const text = `from sentry.models import Subscription
from sentry.tasks.base import instrumented_task


@instrumented_task(name="getsentry.billing.tasks.usagebuffer")
def flush_usage_buffer(subscription_id):
    subscription = Subscription.objects.get(id=subscription_id)
    subscription.save()
`;
    expect(await inFile('src/getsentry/billing/tasks/usagebuffer.py', text)).toEqual(['7 DNE112 error']);
  });

  it('an environment is deleted while monitors name it', async () => {
    const more = {
      'src/sentry/monitors/consumer.py': `import msgpack
from arroyo.processing.strategies import ProcessingStrategyFactory, RunTask
from sentry.models import Monitor
from sentry.monitors.logic import open_incident


class Strategy(ProcessingStrategyFactory):
    def create_with_partitions(self, commit, partitions):
        return RunTask(function=process)


def process(message):
    wrapper = msgpack.unpackb(message.payload.value)
    monitor = Monitor.objects.filter(id=wrapper["monitor_id"]).first()
    if monitor is not None:
        open_incident(monitor)
`,
    };
    const text = `from sentry.models import Environment


def open_incident(monitor):
    environment = Environment.objects.get(id=monitor.environment_id)
    return environment.name
`;
    expect(await inFile('src/sentry/monitors/logic.py', text, more)).toEqual(['5 DNE111 error']);
  });

  it('an integration is uninstalled while rules are active', async () => {
    const text = `from sentry.models import SentryAppInstallation


def notify(rule_action):
    install = SentryAppInstallation.objects.get(uuid=rule_action["sentryAppInstallationUuid"])
    return install.uuid
`;
    expect(await inFile('src/sentry/rules/actions/sentry_apps.py', text)).toEqual(['5 DNE113 error']);
  });

  it('the target of a cached key is deleted', async () => {
    const text = `from sentry.models import Project, ProjectKey


def project_of(key: ProjectKey):
    return Project.objects.get_from_cache(id=key.project_id)


def slug_of(project_id):
    return Project.objects.get_from_cache(id=project_id).organization.slug
`;
    expect(await inFile('src/sentry/quotas_of.py', text)).toEqual(['5 DNE105 error', '9 DNE002 error']);
  });

  it('an object of the other silo is deleted later', async () => {
    const text = `from sentry.models import Monitor, User


def owner_of(monitor: Monitor):
    return User.objects.get(id=monitor.owner_id)
`;
    expect(await inFile('src/sentry/owners.py', text)).toEqual(['5 DNE106 error']);
  });
});

describe('what raises and what does not', () => {
  it('managers of other names, and methods of their own', async () => {
    const text = `from sentry.models import Detector, Group


def a(pk):
    return Detector.objects_for_deletion.get(id=pk)


def b(share):
    return Group.objects.from_share_id(share)


def c(organization, short_id):
    return Group.objects.by_qualified_short_id(organization.id, short_id)


def d(project):
    return Detector.get_error_detector_for_project(project.id)


def e(pk):
    return load_model_from_db(Group, pk)
`;
    const lines = (await inFile('src/sentry/a.py', text)).map((finding) => Number(finding.split(' ')[0]));
    expect(lines).toEqual([5, 9, 13, 17, 21]);
  });

  it('getters that give None or leave missing rows out', async () => {
    const text = `from sentry.models import Detector, Group


def a(pk, ids):
    Group.objects.get_or_none(id=pk)
    Group.objects.get_one_or_none(id=pk)
    Group.objects.get_many_from_cache(ids)
    Group.objects.in_bulk(ids)
    return Detector.objects.filter(id=pk).first()
`;
    expect(await inFile('src/sentry/a.py', text)).toEqual([]);
  });

  it('an answer of a service that may be None', async () => {
    const more = {
      'src/sentry/users/services/user/service.py': `from abc import abstractmethod

from sentry.hybridcloud.rpc.service import RpcService, rpc_method


class UserService(RpcService):
    @rpc_method
    @abstractmethod
    def get_user(self, user_id: int) -> RpcUser | None:
        pass


user_service = UserService.create_delegation()
`,
    };
    const text = `from sentry.users.services.user.service import user_service


def email_of(user_id):
    return user_service.get_user(user_id=user_id).email


def safe_email_of(user_id):
    user = user_service.get_user(user_id=user_id)
    return user.email if user is not None else None
`;
    expect(await inFile('src/sentry/a.py', text, more)).toEqual(['5 DNE007 error']);
  });
});

describe('who answers', () => {
  const task = (decorators: string, body = 'Group.objects.get(id=group_id)'): string =>
    `from sentry.models import Group
from sentry.tasks.base import instrumented_task, retry
from sentry.taskworker.retry import Retry


${decorators}
def run(group_id):
    group = ${body}
    group.save()
`;

  it.each<readonly [string, string, readonly string[]]>([
    ['nobody', '@instrumented_task(name="a")', ['DNE101 error']],
    ['silenced_exceptions', '@instrumented_task(name="a", silenced_exceptions=(Group.DoesNotExist,))', []],
    ['retry(ignore)', '@instrumented_task(name="a")\n@retry(ignore=(Group.DoesNotExist,))', []],
    [
      'retry(ignore_and_capture), below and above',
      '@retry(ignore_and_capture=(Group.DoesNotExist,))\n@instrumented_task(name="a")',
      [],
    ],
    [
      'retry(exclude)',
      '@instrumented_task(name="a")\n@retry(exclude=(Group.DoesNotExist,))',
      ['DNE101 error'],
    ],
    ['a bare retry', '@instrumented_task(name="a")\n@retry', ['DNE101 error']],
    [
      'Retry(ignore) of the taskbroker',
      '@instrumented_task(name="a", retry=Retry(ignore=(Group.DoesNotExist,)))',
      ['DNE101 error'],
    ],
  ])('%s', async (_, decorators, expected) => {
    const all = await inFile('src/sentry/tasks/a.py', task(decorators));
    expect(all.map((finding) => finding.replace(/^\d+ /, ''))).toEqual(expected);
  });

  it('retry(on), a declared wait for the row', async () => {
    const decorators = '@instrumented_task(name="a")\n@retry(on=(Group.DoesNotExist,))';
    const all = await inFile('src/sentry/tasks/a.py', task(decorators));
    expect(all.filter((finding) => !finding.endsWith('info'))).toEqual([]);
  });

  it('safe_execute, which reports an error: contained', async () => {
    const text = `from sentry.models import Group
from sentry.utils.safe import safe_execute


def notify(group_id):
    group = Group.objects.get(id=group_id)
    group.save()


def notify_all(group_ids):
    for group_id in group_ids:
        safe_execute(notify, group_id)
`;
    expect(await inFile('src/sentry/mail.py', text)).toEqual(['6 DNE205 warning']);
  });

  it("the endpoint's base class", async () => {
    const text = `from rest_framework.views import APIView
from sentry.api.exceptions import ResourceDoesNotExist
from sentry.models import Organization


class Endpoint(APIView):
    pass


class OrganizationEndpoint(Endpoint):
    def convert_args(self, request, organization_slug, *args, **kwargs):
        try:
            kwargs["organization"] = self.find(organization_slug)
        except Organization.DoesNotExist:
            raise ResourceDoesNotExist
        return (args, kwargs)

    def find(self, slug):
        return Organization.objects.get(slug=slug)


class BrokenEndpoint(Endpoint):
    def convert_args(self, request, organization_slug, *args, **kwargs):
        kwargs["organization"] = Organization.objects.get(slug=organization_slug)
        return (args, kwargs)
`;
    expect(await inFile('src/sentry/api/bases.py', text)).toEqual(['24 DNE107 warning']);
  });

  it('retry_task_or_fail_relocation', async () => {
    const text = `from sentry.models import Organization
from sentry.relocation.utils import retry_task_or_fail_relocation
from sentry.tasks.base import instrumented_task


@instrumented_task(name="relocation")
def run(pk):
    with retry_task_or_fail_relocation(pk, "run", 3):
        Organization.objects.get(id=pk).save()
`;
    expect(await inFile('src/sentry/tasks/relocation.py', text)).toEqual([]);
  });
});

describe('entry points and exempt places', () => {
  it('a consumer', async () => {
    const text = `from arroyo.processing.strategies import ProcessingStrategyFactory, RunTask
from sentry.models import Group
from sentry.utils import json


class Factory(ProcessingStrategyFactory):
    def create_with_partitions(self, commit, partitions):
        return RunTask(function=process_message)


def process_message(message):
    data = json.loads(message.payload.value)
    Group.objects.get(id=int(data["group_id"])).save()
`;
    expect(await inFile('src/sentry/ingest/consumer.py', text)).toEqual(['13 DNE102 error']);
  });

  it('a receiver of an outbox', async () => {
    const text = `from django.dispatch import receiver
from sentry.hybridcloud.models.outbox import process_region_outbox
from sentry.models import Organization


@receiver(process_region_outbox, sender=1)
def process(object_identifier, **kwargs):
    Organization.objects.get(id=object_identifier).save()
`;
    const all = await inFile('src/sentry/receivers/outbox.py', text);
    expect(all).toHaveLength(1);
  });

  it('commands are informed of, migrations and test helpers are not read', async () => {
    const text = `from sentry.models import Organization


def run(slug):
    return Organization.objects.get(slug=slug)
`;
    const command = `from django.core.management.base import BaseCommand
from sentry.models import Organization


class Command(BaseCommand):
    def handle(self, *args, **options):
        Organization.objects.get(slug=options["slug"]).save()
`;
    expect(await inFile('src/sentry/management/commands/a.py', command)).toEqual(['7 DNE001 info']);
    const runner = `import click
from sentry.models import Organization


@click.command()
def run(slug):
    Organization.objects.get(slug=slug).save()
`;
    expect(await inFile('src/sentry/runner/commands/a.py', runner)).toEqual(['7 DNE001 info']);
    for (const path of ['src/sentry/utils/mockdata/core.py', 'src/sentry/web/frontend/debug/a.py'])
      expect([path, (await inFile(path, text)).filter((finding) => !finding.endsWith('info'))]).toEqual([
        path,
        [],
      ]);
  });

  it('the default organization is wanted', async () => {
    const text = `from sentry.models import Organization


def get_default():
    return Organization.objects.get(slug="sentry")
`;
    expect((await inFile('src/sentry/a.py', text)).filter((finding) => !finding.endsWith('info'))).toEqual(
      [],
    );
  });
});
