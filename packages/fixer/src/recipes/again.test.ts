import { describe, expect, it } from 'vitest';
import { fixAll } from '../apply/fix-all.ts';
import { escapeRule, sessionOf } from '../testing/program.ts';

const MODELS = `from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=20)
    email = models.CharField(max_length=20)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.DO_NOTHING, db_constraint=False)
`;

const code = (body: string): string => `import logging

from celery import shared_task

from .models import Customer, Order

logger = logging.getLogger(__name__)


@shared_task
def run(order: Order, event):
${body
  .split('\n')
  .map((line) => (line === '' ? '' : `    ${line}`))
  .join('\n')}
`;

async function fixed(body: string): Promise<string> {
  const files = { 'app/models.py': MODELS, 'app/tasks.py': code(body) };
  const session = await sessionOf(files, { rules: [escapeRule('skip')] });
  const outcome = fixAll(session, { unsafe: true });
  return outcome.files[0]?.after ?? '';
}

const GUARD = `try:
    customer = order.customer
except Customer.DoesNotExist:
    logger.info("customer.not_found", extra={"customer_id": order.customer_id})
    return`;

describe('a relation that is read more than once', () => {
  it('is read in one try, and from a variable after it', async () => {
    expect(
      await fixed(`send(order.customer.email, order.customer.name)
if order.customer.name:
    for part in event:
        part.send(order.customer.email)`),
    ).toBe(
      code(`${GUARD}
send(customer.email, customer.name)
if customer.name:
    for part in event:
        part.send(customer.email)`),
    );
  });

  it('is read from the variable that has it', async () => {
    expect(await fixed('customer = order.customer\nsend(order.customer.email)')).toBe(
      code(`${GUARD}\nsend(customer.email)`),
    );
  });

  it('takes the same variable in another branch', async () => {
    const made = await fixed(`if event:
    send(order.customer.email)
else:
    drop(order.customer.email)`);
    expect(made.match(/customer = order\.customer\n/g)).toHaveLength(2);
    expect(made).toContain('drop(customer.email)');
  });

  it('is read anew where it may have changed', async () => {
    for (const between of ['order.customer = event', 'order.customer_id = 5', 'assign(order, event)']) {
      const made = await fixed(`send(order.customer.email)\n${between}\nsend(order.customer.name)`);
      expect(made.match(/customer = order\.customer\n/g)).toHaveLength(2);
    }
    expect(await fixed('send(order.customer.email)\norder = event\nsend(order.customer.name)')).toContain(
      'send(order.customer.name)',
    );
  });

  it('is read anew behind a function of the file that sets it', async () => {
    const body = (name: string): string =>
      `def own(row):\n    row.${name} = None\n\nsend(order.customer.email)\nown(order)\nsend(order.customer.name)`;
    expect((await fixed(body('customer'))).match(/customer = order\.customer\n/g)).toHaveLength(2);
    expect((await fixed(body('number'))).match(/customer = order\.customer\n/g)).toHaveLength(1);
  });

  it('is read anew behind a function of another file that sets it, whatever it is called', async () => {
    const made = async (body: string): Promise<string> => {
      const files = {
        'app/models.py': MODELS,
        'app/heirs.py': `def inner(row, heir):\n    row.customer = heir\n\n\ndef hand_over(row, heir):\n    inner(row, heir)\n\n\ndef by_name(row, heir):\n    setattr(row, "customer", heir)\n\n\ndef note(row, heir):\n    row.seen = heir\n`,
        'app/tasks.py': code(body).replace(
          'from .models',
          'from .heirs import by_name, hand_over, note\nfrom .models',
        ),
      };
      const session = await sessionOf(files, { rules: [escapeRule('skip')] });
      return fixAll(session, { unsafe: true }).files[0]?.after ?? '';
    };
    const body = (name: string): string =>
      `send(order.customer.email)\n${name}(order, event)\nsend(order.customer.name)`;
    expect((await made(body('hand_over'))).match(/customer = order\.customer\n/g)).toHaveLength(2);
    expect((await made(body('by_name'))).match(/customer = order\.customer\n/g)).toHaveLength(2);
    expect((await made(body('note'))).match(/customer = order\.customer\n/g)).toHaveLength(1);
  });

  it('is read from the variable up to where it may change', async () => {
    const before = await fixed(
      'send(order.customer.email)\nsend(order.customer.name)\nassign(order, order.customer.pk)',
    );
    expect(before.match(/customer = order\.customer\n/g)).toHaveLength(1);
    expect(before).toContain('send(customer.name)\n    assign(order, customer.pk)');
    const looped = await fixed(
      'send(order.customer.email)\nfor part in event:\n    send(order.customer.name)\n    assign(order, part)',
    );
    expect(looped.match(/customer = order\.customer\n/g)).toHaveLength(2);
  });

  it('is read from the variable under a handler of another model, too', async () => {
    const other = `try:
    send(order.customer.name)
except Order.DoesNotExist:
    drop(order.customer.email)`;
    expect(await fixed(`send(order.customer.email)\n${other}`)).toBe(
      code(`${GUARD}\nsend(customer.email)\n${other.replaceAll('order.customer.', 'customer.')}`),
    );
  });

  it('is left to the handler that answers it', async () => {
    const answered = `try:
    send(order.customer.name)
except Customer.DoesNotExist:
    pass`;
    expect(await fixed(`send(order.customer.email)\n${answered}`)).toBe(
      code(`${GUARD}\nsend(customer.email)\n${answered}`),
    );
  });
});

describe('the class that a handler names', () => {
  const task = (imports: string, model: string): string => `import logging
${imports}
logger = logging.getLogger(__name__)


def run(order: ${model}):
    send(order.customer.email)
`;
  const handler = async (imports: string, model: string): Promise<string> => {
    const files = { 'app/models.py': MODELS, 'app/tasks.py': task(imports, model) };
    const session = await sessionOf(files, { rules: [escapeRule('skip')] });
    return fixAll(session, { unsafe: true }).files[0]?.after ?? '';
  };

  it('is there when the program runs', async () => {
    const typing = `from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Customer, Order
`;
    const made = await handler(typing, '"Order"');
    expect(made).toContain('    except ObjectDoesNotExist:\n');
    expect(made).toContain('from django.core.exceptions import ObjectDoesNotExist\n');
  });

  it('is read from the module of models that the file reads it from', async () => {
    const modules = '\nfrom . import models as m\n\nCUSTOMERS = m.Customer.objects\n';
    expect(await handler(modules, 'm.Order')).toContain('    except m.Customer.DoesNotExist:\n');
    const none = '\nfrom . import models\n';
    expect(await handler(none, 'models.Order')).toContain('    except ObjectDoesNotExist:\n');
  });

  it('is bound before the lookup, where the function binds it itself', async () => {
    const code = (body: string): string =>
      `from app.models import Order\n\n\ndef run(order: Order):\n${body}    send(order.customer.email)\n`;
    const made = async (body: string): Promise<string> => {
      const files = { 'app/models.py': MODELS, 'app/tasks.py': code(body) };
      const session = await sessionOf(files, { rules: [escapeRule('skip')] });
      return fixAll(session, { unsafe: true }).files[0]?.after ?? '';
    };
    expect(await made('    from app.models import Customer\n')).toContain(
      '    except Customer.DoesNotExist:\n',
    );
    expect(await made('    if order.pk:\n        from app.models import Customer\n')).toContain(
      '    except ObjectDoesNotExist:\n',
    );
  });
});
