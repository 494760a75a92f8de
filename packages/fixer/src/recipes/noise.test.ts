import { rules } from '@danglint/rules';
import { describe, expect, it } from 'vitest';
import { fixAll } from '../apply/fix-all.ts';
import { sessionOf } from '../testing/program.ts';
import { pythonErrors } from '../testing/python.ts';

const MODELS = `from django.db import models


class Order(models.Model):
    name = models.CharField(max_length=9)
    code = models.CharField(max_length=9)
`;

const code = (body: string): string => `import logging

from celery import shared_task

from .models import Order

logger = logging.getLogger(__name__)


@shared_task
def run(code, order_id, event, resources):
${body.replace(/^(?=.)/gm, '    ')}
`;

async function fixed(body: string): Promise<string> {
  const files = { 'app/models.py': MODELS, 'app/tasks.py': code(body) };
  const session = await sessionOf(files, { rules });
  fixAll(session, { unsafe: true });
  const after = session.source('app/tasks.py')?.text ?? '';
  expect(pythonErrors([after])).toEqual([null]);
  return after.slice(code('').trimEnd().length + 1).replace(/^ {4}|\n$/gm, '');
}

const guard = (name: string, leave = 'return'): string => `try:
    ${name} = Order.objects.get(code=code)
except Order.DoesNotExist:
    logger.info("order.not_found", extra={"code": code})
    ${leave}`;
const GET = 'Order.objects.get(code=code)';

describe('equal lookups of one function', () => {
  it('are one where nothing runs between them', async () => {
    expect(await fixed(`send(${GET}.name, ${GET}.code)`)).toBe(
      `${guard('order')}\nsend(order.name, order.code)`,
    );
    expect(await fixed(`name = ${GET}.name\ntitle = ${GET}.code\nsend(name, title)`)).toBe(
      `${guard('order')}\nname = order.name\ntitle = order.code\nsend(name, title)`,
    );
  });

  it.each([
    [
      'a call may change the row',
      `send(${GET}.name)\nclose(${GET}.code)`,
      'send(order.name)',
      'close(order.code)',
    ],
    ['the row itself is given away', `send(${GET})\nclose(${GET})`, 'send(order)', 'close(order)'],
  ])('are made again in one name where %s', async (_, body, first, second) =>
    expect(await fixed(body)).toBe(`${guard('order')}\n${first}\n${guard('order')}\n${second}`),
  );

  it('share a name with other rows of the model that have one use', async () => {
    const other = 'Order.objects.get(code=event.code)';
    const [first, second] = [guard('order'), guard('order').replace('code=code', 'code=event.code')];
    expect(await fixed(`send(${GET})\nclose(${other})`)).toBe(
      `${first}\nsend(order)\n${second.replace('extra={"code": code}', 'extra={"code": event.code}')}\nclose(order)`,
    );
    expect(await fixed(`order = ${other}\nevent(order, order.code, order.name)\nsend(${GET})`)).toContain(
      'send(order_row)',
    );
  });

  it('share a name in branches', async () =>
    expect(await fixed(`if event:\n    send(${GET}.name)\nelse:\n    close(${GET}.name)`)).toBe(
      [
        'if event:',
        guard('order').replace(/^/gm, '    '),
        '    send(order.name)',
        'else:',
        guard('order').replace(/^/gm, '    '),
        '    close(order.name)',
      ].join('\n'),
    ));

  it.each([
    ['another value of the name is read later', `order = event.order\nsend(${GET}.name)\nclose(order)`],
    ['a closure reads it', `send(${GET}.name)\nevent.then(lambda: close(order))`],
  ])('get another name where %s', async (_, body) =>
    expect(await fixed(body)).toContain('order_row = Order.objects.get(code=code)'),
  );
});

describe('what a fix writes', () => {
  it('calls a row as the argument that it is given as, where its own name is taken', async () =>
    expect(await fixed('order = event.order\nsend(order, other=Order.objects.get(pk=order_id))')).toContain(
      'other = Order.objects.filter(pk=order_id).first()',
    ));

  it('joins brackets around what became a name', async () => {
    const got = await fixed(`send(
    Order.objects.get(
        code=code
    )
)`);
    expect(got).toContain('\nsend(order)');
  });

  it('keeps the comma of a tuple', async () =>
    expect(await fixed('both = (\n    Order.objects.get(code=code),\n)\nsend(both)')).toMatch(
      /both = \(\n? *order,\n?\)/,
    ));

  it('is one more handler of a try that holds nothing else', async () => {
    const body = `try:
    order = Order.objects.get(code=code)
except (KeyError, ValueError):
    return
send(order)`;
    expect(await fixed(body)).toBe(`try:
    order = Order.objects.get(code=code)
except Order.DoesNotExist:
    logger.info("order.not_found", extra={"code": code})
    return
except (KeyError, ValueError):
    return
send(order)`);
  });

  it('has no return at the end of a function', async () => {
    const row = 'order = event.order\norder.total = 0\n';
    expect(await fixed(`${row}Order.objects.get(code=code)`)).toBe(`${row}try:
    Order.objects.get(code=code)
except Order.DoesNotExist:
    logger.info("order.not_found", extra={"code": code})`);
  });

  it('is a try of its own where the other one does not hold it alone', async () => {
    const body = `try:
    event.open()
    order = Order.objects.get(code=code)
except KeyError:
    return
send(order)`;
    expect(await fixed(body)).toContain('    event.open()\n    try:\n        order = ');
  });

  it.each([
    ['int(event["order"])', '"order_id": event["order"]'],
    ['event.get("order_id")', '"order_id": event.get("order_id")'],
    ['resources.get("order_id")', null],
  ])('logs %s as it came', async (key, logged) => {
    const got = await fixed(`order = Order.objects.get(pk=${key})\nsend(order)`);
    expect(got).toContain(logged === null ? 'info("order.not_found")' : `extra={${logged}}`);
  });
});
