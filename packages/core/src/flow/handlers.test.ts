import { describe, expect, test } from 'vitest';
import { fateOf, judgementOf } from '../session/testing/program.ts';

const shows = (title: string, program: string, fate: string): void =>
  test.each([{ title, program, fate }])('$title', async ({ program, fate }) =>
    expect(await fateOf(program)).toBe(fate),
  );

/** The body of a function, in a file that imports what the programs need. */
const body = (text: string, more = ''): string => `
  #### shop/work.py
  import logging
  from django.http import Http404
  from rest_framework.exceptions import NotFound
  from shop.errors import OrderMissing
  from shop.models import Customer, Order
  logger = logging.getLogger(__name__)

  def run(order_id, strict=False):
      ${text.trim().replaceAll('\n', '\n      ')}
  #### shop/errors.py
  from rest_framework.exceptions import APIException

  class OrderMissing(Exception):
      pass

  class OrderGone(APIException):
      status_code = 410
${more}`;

const OWN = 'handled by except "except Order.DoesNotExist in run": run';
const BROAD = 'handled by except "except Exception in run": run';
const CONVERTED = 'handled by converted "except Order.DoesNotExist in run": run';
const ESCAPES = 'escapes to uncalled run: run';
const AGAIN = 'escapes to uncalled run: run < run!';

describe('an exception of the program that is called DoesNotExist', () => {
  const converted = (raised: string, more = ''): string =>
    body(
      `
try:
    Order.objects.get(pk=order_id)
except Order.DoesNotExist:
    raise ${raised}("gone")
`,
      '\n  class DoesNotExist(Exception):\n      pass\n',
    ).replace('from shop.errors import OrderMissing', `from shop.errors import OrderMissing\n  ${more}`);
  shows('by its module', converted('errors.DoesNotExist', 'from shop import errors'), CONVERTED);
  shows('of a package', converted('errors.DoesNotExist', 'from store import errors'), CONVERTED);
  shows('of another model', converted('Customer.DoesNotExist'), AGAIN);
});

describe('where in a try the lookup stands', () => {
  shows(
    'in its body',
    body(`
try:
    Order.objects.get(pk=order_id)
except Order.DoesNotExist:
    pass
`),
    OWN,
  );
  shows(
    'in its else',
    body(`
try:
    number = int(order_id)
except Order.DoesNotExist:
    pass
else:
    Order.objects.get(pk=number)
`),
    ESCAPES,
  );
  shows(
    'in its finally',
    body(`
try:
    number = int(order_id)
except Order.DoesNotExist:
    pass
finally:
    Order.objects.get(pk=order_id)
`),
    ESCAPES,
  );
  shows(
    'in another handler of the same try',
    body(`
try:
    number = int(order_id)
except ValueError:
    Order.objects.get(number=order_id)
except Order.DoesNotExist:
    pass
`),
    ESCAPES,
  );
  shows(
    'in a handler, under a try around it',
    body(`
try:
    try:
        number = int(order_id)
    except ValueError:
        Order.objects.get(number=order_id)
except Order.DoesNotExist:
    pass
`),
    OWN,
  );
  shows(
    'in a try without handlers',
    body(`
try:
    Order.objects.get(pk=order_id)
finally:
    logger.info("done")
`),
    ESCAPES,
  );
  shows(
    'in a try without handlers, inside one that has them',
    body(`
try:
    try:
        Order.objects.get(pk=order_id)
    finally:
        logger.info("done")
except Order.DoesNotExist:
    pass
`),
    OWN,
  );
  shows(
    'inside a try for something else, inside one for it',
    body(`
try:
    try:
        Order.objects.get(pk=order_id)
    except ValueError:
        return 1
except Order.DoesNotExist:
    return 2
`),
    OWN,
  );
  shows(
    'in a loop inside the try',
    body(`
try:
    for number in order_id:
        Order.objects.get(pk=number)
except Order.DoesNotExist:
    pass
`),
    OWN,
  );
  shows(
    'the first handler that matches decides',
    body(`
try:
    Order.objects.get(pk=order_id)
except Order.DoesNotExist:
    raise
except Exception:
    pass
`),
    AGAIN,
  );
  shows(
    'finally that returns swallows what passes',
    body(`
try:
    Order.objects.get(pk=order_id)
finally:
    return None
`),
    'handled by except "finally in run": run',
  );
});

describe('raising it again', () => {
  shows(
    'bare',
    body(`
try:
    Order.objects.get(pk=order_id)
except Order.DoesNotExist:
    logger.warning("gone")
    raise
`),
    AGAIN,
  );
  shows(
    'by name',
    body(`
try:
    Order.objects.get(pk=order_id)
except Order.DoesNotExist as error:
    raise error
`),
    AGAIN,
  );
  shows(
    'by name, with a cause',
    body(`
try:
    Order.objects.get(pk=order_id)
except Order.DoesNotExist as error:
    raise error from None
`),
    AGAIN,
  );
  shows(
    'as a new one of its class',
    body(`
try:
    Order.objects.get(pk=order_id)
except Order.DoesNotExist:
    raise Order.DoesNotExist(f"order {order_id}")
`),
    AGAIN,
  );
  shows(
    'under a condition only: the author decided there',
    body(`
try:
    Order.objects.get(pk=order_id)
except Order.DoesNotExist:
    if strict:
        raise
    return None
`),
    OWN,
  );
  shows(
    'on every branch',
    body(`
try:
    Order.objects.get(pk=order_id)
except Order.DoesNotExist:
    if strict:
        logger.info("gone")
        raise
    else:
        raise
`),
    AGAIN,
  );
  shows(
    'from a broad handler',
    body(`
try:
    Order.objects.get(pk=order_id)
except Exception:
    logger.info("gone")
    raise
`),
    AGAIN,
  );
  shows(
    'from a broad handler under a condition',
    body(`
try:
    Order.objects.get(pk=order_id)
except Exception:
    if strict:
        raise
    return None
`),
    ESCAPES,
  );
  shows(
    'and a handler around it answers',
    body(`
try:
    try:
        Order.objects.get(pk=order_id)
    except Order.DoesNotExist:
        raise
except Order.DoesNotExist:
    return None
`),
    'handled by except "except Order.DoesNotExist in run": run < run!',
  );
  shows(
    'and a caller answers',
    `${body(`
try:
    Order.objects.get(pk=order_id)
except Order.DoesNotExist:
    raise
`)}
  #### shop/outer.py
  from shop.models import Order
  from shop.work import run

  def outer(order_id):
      try:
          run(order_id)
      except Order.DoesNotExist:
          return None
`,
    'handled by except "except Order.DoesNotExist in outer": run < run! < outer',
  );
  test('is a defect of its own', async () => {
    const { defects } = await judgementOf(
      body(
        'try:\n    Order.objects.get(pk=order_id)\nexcept Order.DoesNotExist:\n    logger.error("gone")\n    raise',
      ),
    );
    expect(defects).toMatchObject([{ kind: 'reraised', logged: true }]);
  });
});

describe('raising another one', () => {
  const narrow = (raised: string): string =>
    body(`
try:
    Order.objects.get(pk=order_id)
except Order.DoesNotExist as error:
    raise ${raised}
`);
  shows('Http404', narrow('Http404'), CONVERTED);
  shows('NotFound, from the first one', narrow('NotFound("gone") from error'), CONVERTED);
  shows(
    'an answer of the project',
    narrow('OrderGone()').replace('import OrderMissing', 'import OrderGone'),
    CONVERTED,
  );
  shows(
    'an exception of the project: the author decided there',
    narrow('OrderMissing(order_id) from None'),
    CONVERTED,
  );
  shows('an exception that a function makes', narrow('missing(order_id)'), CONVERTED);
  const broad = (raised: string): string =>
    body(`
try:
    Order.objects.get(pk=order_id)
except Exception as error:
    raise ${raised}
`);
  shows('a broad handler: Http404', broad('Http404'), 'handled by converted "except Exception in run": run');
  shows(
    'a broad handler: an exception of the project is followed',
    broad('OrderMissing() from error'),
    AGAIN,
  );
  shows(
    'a broad handler: an exception of the project that a caller answers',
    `${broad('OrderMissing() from error')}
  #### shop/outer.py
  from shop.errors import OrderMissing
  from shop.work import run

  def outer(order_id):
      try:
          run(order_id)
      except OrderMissing:
          return None
`,
    'handled by except "except OrderMissing in outer": run < run! < outer',
  );
});

describe('broad handlers', () => {
  const broad = (inside: string): string =>
    body(`
try:
    Order.objects.get(pk=order_id)
except Exception as error:
    ${inside}
`);
  const contained = 'contained by except "except Exception in run": run';
  shows('that say nothing', broad('pass'), BROAD);
  shows('that log a warning', broad('logger.warning("gone")'), BROAD);
  shows('that log the exception', broad('logger.exception("gone")'), contained);
  shows('that log an error', broad('logger.error("gone", exc_info=error)'), contained);
  shows('that log at error level by number', broad('logger.log(logging.ERROR, "gone")'), contained);
  shows('that capture it', broad('sentry_sdk.capture_exception(error)'), contained);
  shows(
    'that write to a response which has an error of its own',
    broad('return Response(error="gone")'),
    BROAD,
  );
  shows('that report on a branch', broad('if strict:\n        logger.exception("gone")'), contained);
  shows('that retry', broad('raise self.retry(exc=error)'), AGAIN);
  shows(
    'a narrow one before it answers first',
    body(`
try:
    Order.objects.get(pk=order_id)
except Order.DoesNotExist:
    return None
except Exception:
    logger.exception("failed")
`),
    OWN,
  );
  shows(
    'a narrow one of another model before it does not',
    body(`
try:
    Order.objects.get(pk=order_id)
except Customer.DoesNotExist:
    return None
except Exception:
    logger.exception("failed")
`),
    contained,
  );
  shows(
    'a narrow one that logs an error is an answer',
    body(`
try:
    Order.objects.get(pk=order_id)
except Order.DoesNotExist:
    logger.error("gone")
`),
    OWN,
  );
  shows(
    'that log it and answer the request',
    broad('logger.exception("gone")\n    raise Http404'),
    'contained by converted "except Exception in run": run',
  );
  shows(
    'for any missing row that log it',
    body(`
try:
    Order.objects.get(pk=order_id)
except ObjectDoesNotExist:
    logger.exception("gone")
`).replace('import logging', 'import logging\n  from django.core.exceptions import ObjectDoesNotExist'),
    'contained by except "except ObjectDoesNotExist in run": run',
  );
  shows(
    'in a caller',
    `
  #### shop/loaders.py
  from shop.models import Order

  def load(order_id):
      return Order.objects.get(pk=order_id)
  #### shop/work.py
  import logging
  from celery import shared_task
  from shop.loaders import load
  logger = logging.getLogger(__name__)

  @shared_task
  def run(order_id):
      try:
          load(order_id)
      except Exception:
          logger.exception("failed")
`,
    'contained by except "except Exception in run": load < run',
  );
  shows(
    'contained in one caller, handled in another',
    `
  #### shop/loaders.py
  from shop.models import Order

  def load(order_id):
      return Order.objects.get(pk=order_id)
  #### shop/first.py
  from shop.loaders import load
  from shop.models import Order

  def first(order_id):
      try:
          load(order_id)
      except Order.DoesNotExist:
          pass
  #### shop/second.py
  import logging
  from shop.loaders import load

  def second(order_id):
      try:
          load(order_id)
      except Exception:
          logging.exception("failed")
`,
    'contained by except "except Exception in second": load < second',
  );
});

describe('statements around the lookup', () => {
  shows(
    'a loop that goes on',
    `
  #### shop/a.py
  from django.db import transaction
  from shop.models import Order
  def run(ids):
      for pk in ids:
          try:
              with transaction.atomic():
                  Order.objects.select_for_update().get(number=pk)
          except Order.DoesNotExist:
              continue
`,
    'handled by except "except Order.DoesNotExist in run": run',
  );
  shows(
    'match',
    `
  #### shop/a.py
  from shop.models import Order
  def run(kind, pk):
      try:
          match kind:
              case "order":
                  return Order.objects.get(number=pk)
              case _:
                  return None
      except Order.DoesNotExist:
          return None
`,
    'handled by except "except Order.DoesNotExist in run": run',
  );
  shows(
    'an asynchronous comprehension',
    `
  #### shop/a.py
  from shop.models import Order
  async def run(ids):
      try:
          return [await Order.objects.aget(number=pk) async for pk in ids]
      except Order.DoesNotExist:
          return None
`,
    'handled by except "except Order.DoesNotExist in run": run',
  );
  shows(
    'except*',
    `
  #### shop/a.py
  from shop.models import Order
  def run(pk):
      try:
          return Order.objects.get(number=pk)
      except* Order.DoesNotExist:
          pass
`,
    'handled by except "except Order.DoesNotExist in run": run',
  );
  shows(
    'yield from',
    `
  #### shop/a.py
  from shop.models import Order
  def rows(ids):
      for pk in ids:
          yield Order.objects.get(number=pk)
  def run(ids):
      try:
          yield from rows(ids)
      except Order.DoesNotExist:
          return
`,
    'handled by except "except Order.DoesNotExist in run": rows < run',
  );
});
