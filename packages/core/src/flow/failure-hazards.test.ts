import { describe, expect, it } from 'vitest';
import { judgementOf } from '../session/testing/program.ts';

const HEAD = `import backoff
import dramatiq
import tenacity
from background_task import background
from celery import Celery, Task, shared_task
from django_rq import job
from huey.contrib.djhuey import db_task
from rq import Retry
from shop.models import Customer, Order
from shop.work import queue, undo

`;

/** What a fix of the lookup in \`run\` would switch off, by kind; behind it, in the tests' words, by what. */
async function lost(
  decorators: string,
  more = '',
  body = 'Order.objects.get(pk=order_id)',
): Promise<string[]> {
  const code = `${HEAD}${decorators}\ndef run(order_id):\n    ${body}  #!\n\n${more}\n`;
  const { lookup } = await judgementOf(`#### shop/tasks.py\n${code}`);
  return lookup.host.hazards.flatMap(({ kind, why }) =>
    kind === 'retry' || kind === 'failure-hook' ? [`${kind} ${/`.*`/.exec(why)?.[0] ?? ''}`] : [],
  );
}

const RETRYING = 'class Retrying(Task):\n    autoretry_for = (Exception,)\n\n';

describe('what runs again after an exception', () => {
  it.each([
    ['@shared_task(autoretry_for=(Exception,))', 'autoretry_for'],
    ['OPTIONS = {"autoretry_for": (Exception,)}\n\n@shared_task(**OPTIONS)', 'autoretry_for'],
    ['@shared_task\n@backoff.on_exception(backoff.expo, Exception)', 'on_exception'],
    ['@shared_task\n@tenacity.retry', 'retry'],
    ['@shared_task\n@tenacity.retry(stop=tenacity.stop_after_attempt(3))', 'retry'],
    ['@shared_task\n@tenacity.retry(retry=tenacity.retry_if_not_exception_type(ValueError))', 'retry'],
    [
      '@shared_task\n@tenacity.retry(retry=tenacity.retry_if_exception_type(ValueError) | tenacity.retry_if_exception_type(Exception))',
      'retry',
    ],
    ['@dramatiq.actor', 'actor'],
    ['@dramatiq.actor(max_retries=3)', 'actor'],
    ['@dramatiq.actor(throws=(Customer.DoesNotExist,))', 'actor'],
    ['@db_task(retries=3, retry_delay=1)', 'retries'],
    ['@job("default", retry=Retry(max=3))', 'retry'],
    ['@background', 'background'],
    [`${RETRYING}@shared_task(base=Retrying)`, 'Retrying.autoretry_for'],
    [`${RETRYING}app = Celery("shop", task_cls=Retrying)\n\n@app.task`, 'Retrying.autoretry_for'],
    [
      `${RETRYING}app = Celery("shop", task_cls="shop.tasks:Retrying")\n\n@app.task`,
      'Retrying.autoretry_for',
    ],
    [
      `${RETRYING}def robust(**options):\n    return shared_task(base=Retrying, **options)\n\n@robust()`,
      'Retrying.autoretry_for',
    ],
  ])('%s', async (decorators, by) => {
    expect(await lost(decorators)).toEqual([`retry \`${by}\``]);
  });

  it.each([
    '@shared_task',
    '@shared_task(max_retries=3)',
    '@shared_task(autoretry_for=(ConnectionError,))',
    '@shared_task(autoretry_for=(Exception,), dont_autoretry_for=(Order.DoesNotExist,))',
    '@shared_task\n@backoff.on_exception(backoff.expo, ConnectionError)',
    '@shared_task\n@tenacity.retry(retry=tenacity.retry_if_exception_type((ValueError, ConnectionError)))',
    '@shared_task\n@tenacity.retry(retry=tenacity.retry_if_not_exception_type(Order.DoesNotExist))',
    '@shared_task\n@tenacity.retry(retry=tenacity.retry_if_result(bool))',
    'calm = tenacity.retry(retry=tenacity.retry_if_exception_type(ValueError))\n\n@shared_task\n@calm',
    '@dramatiq.actor(max_retries=0)',
    '@db_task()',
    '@db_task(retries=0)',
    '@job("default", retry=None)',
    'class Quick(Task):\n    autoretry_for = (ConnectionError,)\n\n@shared_task(base=Quick)',
  ])('not for %s', async (decorators) => {
    expect(await lost(decorators)).toEqual([]);
  });

  it('may be what options say that are not known', async () => {
    expect(await lost('@shared_task(**settings.OPTIONS)')).toEqual(['retry `**settings.OPTIONS`']);
  });

  it('is what a base class runs the task in', async () => {
    const base =
      'class Tried(Task):\n    def __call__(self, *args):\n        try:\n            return self.run(*args)\n        except OSError as exc:\n            raise self.retry(exc=exc)\n\n';
    expect(await lost(`${base}@shared_task(base=Tried)`)).toEqual(['retry `Tried.__call__`']);
  });

  it('is a block of attempts', async () => {
    const block = (context: string): string =>
      `for attempt in tenacity.Retrying():\n        with ${context}:\n            Order.objects.get(pk=order_id)`;
    expect(await lost('@shared_task', '', block('attempt'))).toEqual(['retry `Retrying`']);
    expect(await lost('@shared_task', '', block('lock(attempt)'))).toEqual([]);
  });

  it('is seen where a job is sent, and above the function', async () => {
    const sent = 'def send(order):\n    queue.enqueue(run, order.pk, retry=Retry(max=3))';
    expect(await lost('', sent)).toEqual(['retry `enqueue(retry=...)`']);
    const above =
      '@shared_task(autoretry_for=(Exception,))\ndef task(order_id):\n    run(order_id)\n    print(1)';
    expect(await lost('', above)).toEqual(['retry `autoretry_for` of `task`']);
  });
});

describe('what runs when a task fails', () => {
  const base = (body: string): string =>
    `class Alerting(Task):\n    def on_failure(self, exc, task_id, args, kwargs, einfo):\n        ${body}\n\n@shared_task(base=Alerting)`;

  it('is a method of its class', async () => {
    expect(await lost(base('undo(args[0])'))).toEqual(['failure-hook `Alerting.on_failure`']);
    expect(await lost(base('logger.error(exc)\n        super().on_failure(exc, task_id)'))).toEqual([]);
  });

  it('is an option of a decorator', async () => {
    expect(await lost('@job("default", on_failure=undo)')).toEqual(['failure-hook `on_failure=...`']);
    expect(await lost('@job("default", on_failure=None)')).toEqual([]);
  });

  it.each([
    ['run.apply_async((order.pk,), link_error=undo.s())', 'link_error=...'],
    ['run.s(order.pk).on_error(undo.s()).delay()', 'on_error(...)'],
    ['queue.enqueue(run, order.pk, on_failure=undo)', 'on_failure=...'],
  ])('is named where it is sent: %s', async (send, by) => {
    const decorator = send.includes('enqueue') ? '' : '@shared_task';
    expect(await lost(decorator, `def send(order):\n    ${send}`)).toEqual([`failure-hook \`${by}\``]);
  });

  it.each(['undo.apply_async(link_error=run.s())', 'undo.s().on_error(run.s()).delay()'])(
    'is none of its own: %s',
    async (send) => {
      expect(await lost('@shared_task', `def send(order):\n    ${send}`)).toEqual([]);
    },
  );

  it('is none where the task is just sent', async () => {
    expect(
      await lost('@shared_task', 'def send(order):\n    run.apply_async((order.pk,), countdown=3)'),
    ).toEqual([]);
  });
});
