/** The functions that the statements of generated cases stand in, and how each is called. */
import { indented } from './parts.mjs';

/**
 * @typedef {object} Host
 * @property {readonly string[]} imports
 * @property {(body: readonly string[], n: number) => readonly string[]} lines with `call(keys)` at the end
 * @property {boolean} [async]
 * @property {boolean} [loop] the body runs for several keys
 */

/** @param {string} statement */
const call = (statement) => ['', '', 'def call(keys):', `    ${statement}`];

/** @type {Readonly<Record<string, Host>>} */
export const HOSTS = {
  task: {
    imports: ['from celery import shared_task'],
    lines: (body, n) => [
      '@shared_task',
      `def run_${n}(key):`,
      ...indented(body),
      ...call(`return run_${n}(keys[-1])`),
    ],
  },
  'task with a result': {
    imports: ['from celery import shared_task'],
    lines: (body, n) => [
      '@shared_task',
      `def run_${n}(key):`,
      ...indented([...body, 'return "done"']),
      ...call(`return run_${n}(keys[-1])`),
    ],
  },
  'task with a loop': {
    imports: ['from celery import shared_task'],
    loop: true,
    lines: (body, n) => [
      '@shared_task',
      `def run_${n}(keys):`,
      '    for key in keys:',
      ...indented(body, 2),
      '    seen("end")',
      ...call(`return run_${n}([*keys, 3])`),
    ],
  },
  receiver: {
    imports: ['from django.dispatch import Signal, receiver'],
    lines: (body, n) => [
      `ping_${n} = Signal()`,
      '',
      '',
      `@receiver(ping_${n})`,
      `def run_${n}(sender, key, **kwargs):`,
      ...indented(body),
      ...call(`ping_${n}.send(sender=None, key=keys[-1])`),
    ],
  },
  view: {
    imports: ['from django.http import HttpResponse', 'from django.urls import path'],
    lines: (body, n) => [
      `def run_${n}(request, key):`,
      ...indented([...body, 'return HttpResponse("ok")']),
      '',
      '',
      `urlpatterns = [path("<int:key>", run_${n})]`,
      ...call(`return run_${n}(None, keys[-1]).content`),
    ],
  },
  command: {
    imports: ['from django.core.management.base import BaseCommand'],
    lines: (body) => [
      'class Command(BaseCommand):',
      '    def handle(self, *args, key=None, **options):',
      ...indented(body, 2),
      ...call('return Command().handle(key=keys[-1])'),
    ],
  },
  'optional helper': {
    imports: [],
    lines: (body, n) => [
      `def run_${n}(key) -> "Row | None":`,
      ...indented([...body, 'return Row(pk=key)']),
      ...call(`return run_${n}(keys[-1]) is None`),
    ],
  },
  'helper with a caller': {
    imports: ['from celery import shared_task'],
    lines: (body, n) => [
      `def run_${n}(key):`,
      ...indented([...body, 'return Row(pk=key)']),
      '',
      '',
      '@shared_task',
      `def outer_${n}(key):`,
      `    row = run_${n}(key)`,
      '    seen(row.pk)',
      ...call(`return outer_${n}(keys[-1])`),
    ],
  },
  'helper with two callers': {
    imports: ['from celery import shared_task'],
    lines: (body, n) => [
      `def run_${n}(key):`,
      ...indented(body),
      '',
      '',
      '@shared_task',
      `def patient_${n}(key):`,
      '    try:',
      `        run_${n}(key)`,
      '    except Row.DoesNotExist:',
      '        seen("caller")',
      '',
      '',
      '@shared_task',
      `def outer_${n}(key):`,
      `    run_${n}(key)`,
      ...call(`return patient_${n}(keys[-1])`),
    ],
  },
  generator: {
    imports: [],
    lines: (body, n) => [
      `def run_${n}(key):`,
      ...indented([...body, 'yield key']),
      ...call(`return list(run_${n}(keys[-1]))`),
    ],
  },
  'optional coroutine': {
    imports: ['from asgiref.sync import async_to_sync'],
    async: true,
    lines: (body, n) => [
      `async def run_${n}(key) -> "Row | None":`,
      ...indented([...body, 'return Row(pk=key)']),
      ...call(`return async_to_sync(run_${n})(keys[-1]) is None`),
    ],
  },
  'coroutine with a loop': {
    imports: ['from asgiref.sync import async_to_sync'],
    async: true,
    loop: true,
    lines: (body, n) => [
      `async def run_${n}(keys):`,
      '    for key in keys:',
      ...indented(body, 2),
      '    seen("end")',
      ...call(`return async_to_sync(run_${n})([*keys, 3])`),
    ],
  },
};
