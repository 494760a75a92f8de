import { expect, test } from 'vitest';
import { fateOf, judgementOf } from '../session/testing/program.ts';

const program = (body: string): string => `#### shop/reports.py
from django_q.tasks import async_task
from shop.models import Order

def in_background(handler, payload, name=None):
    ${body}

def show(request, pk):
    return in_background(build, {"order": pk}, name="report")

def build(params):
    return Order.objects.get(pk=params["order"]) #!
`;

test('a function that is given to what hands it to a queue is a task', async () => {
  const queued = program('async_task(handler, payload, task_name=name)');
  expect(await fateOf(queued)).toBe('escapes to task build: build');
  expect((await judgementOf(queued)).origins.map(({ kind }) => kind)).toEqual(['task-argument']);
});

test('one that is called there is none', async () => {
  expect(await fateOf(program('return handler(payload)'))).toBe(
    'escapes to uncalled show: build < in_background < show',
  );
});
