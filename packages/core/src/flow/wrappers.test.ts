import { describe, expect, test } from 'vitest';
import { fateOf } from '../session/testing/program.ts';

const shows = (title: string, program: string, fate: string): void =>
  test.each([{ title, program, fate }])('$title', async ({ program, fate }) =>
    expect(await fateOf(program)).toBe(fate),
  );

const ESCAPES = 'escapes to uncalled run: run';

describe('suppress', () => {
  const under = (context: string, imports = 'from contextlib import suppress'): string => `
  #### shop/work.py
  import contextlib
  ${imports}
  from django.core.exceptions import ObjectDoesNotExist
  from shop.models import Customer, Order

  def run(order_id):
      with ${context}:
          return Order.objects.get(pk=order_id)
`;
  const suppressed = 'handled by suppress "suppress(...)": run';
  shows('the class', under('suppress(Order.DoesNotExist)'), suppressed);
  shows('by its module', under('contextlib.suppress(Order.DoesNotExist)'), suppressed);
  shows('several classes', under('suppress(KeyError, ObjectDoesNotExist)'), suppressed);
  shows('everything', under('suppress(Exception)'), suppressed);
  shows('beside another context manager', under('open("x") as f, suppress(Order.DoesNotExist)'), suppressed);
  shows('another class', under('suppress(Customer.DoesNotExist)'), ESCAPES);
  shows(
    'around the argument of the context only',
    under('wrap(Order.objects.get(pk=1)), suppress(Order.DoesNotExist)').replace(
      'return Order.objects.get(pk=order_id)',
      'pass',
    ),
    ESCAPES,
  );
  shows(
    'in a caller',
    `
  #### shop/loaders.py
  from shop.models import Order

  def load(order_id):
      return Order.objects.get(pk=order_id)
  #### shop/work.py
  from contextlib import suppress
  from shop.loaders import load
  from shop.models import Order

  def run(order_id):
      with suppress(Order.DoesNotExist):
          load(order_id)
`,
    'handled by suppress "suppress(...)": load < run',
  );
  shows(
    'entered into an ExitStack',
    `
  #### shop/work.py
  from contextlib import ExitStack, suppress
  from shop.models import Order

  def run(order_id):
      with ExitStack() as stack:
          stack.enter_context(suppress(Order.DoesNotExist))
          return Order.objects.get(pk=order_id)
`,
    suppressed,
  );
  shows(
    'another class entered into an ExitStack',
    `
  #### shop/work.py
  from contextlib import ExitStack, suppress
  from shop.models import Customer, Order

  def run(order_id):
      with ExitStack() as stack:
          stack.enter_context(suppress(Customer.DoesNotExist))
          return Order.objects.get(pk=order_id)
`,
    ESCAPES,
  );
});

describe('context managers of the program', () => {
  const exit = (body: string): string => `
  #### shop/contexts.py
  import logging
  from shop.models import Customer, Order
  logger = logging.getLogger(__name__)

  class Quiet:
      def __enter__(self):
          return self

      def __exit__(self, exc_type, exc, traceback):
          ${body.replaceAll('\n', '\n          ')}
  #### shop/work.py
  from shop.contexts import Quiet
  from shop.models import Order

  def run(order_id):
      with Quiet():
          return Order.objects.get(pk=order_id)
`;
  const quiet = 'handled by context-manager "context manager Quiet": run';
  shows('__exit__ returns True', exit('return True'), quiet);
  shows('__exit__ returns nothing', exit('logger.info("done")'), ESCAPES);
  shows('__exit__ returns False', exit('return False'), ESCAPES);
  shows(
    '__exit__ tests for the class with issubclass',
    exit('return exc_type is not None and issubclass(exc_type, Order.DoesNotExist)'),
    quiet,
  );
  shows(
    '__exit__ tests for another class',
    exit('return exc_type is not None and issubclass(exc_type, Customer.DoesNotExist)'),
    ESCAPES,
  );
  shows(
    '__exit__ tests with isinstance in an if',
    exit('if isinstance(exc, Order.DoesNotExist):\n    return True\nreturn False'),
    quiet,
  );
  shows(
    '__exit__ tests for another class in an if',
    exit('if isinstance(exc, Customer.DoesNotExist):\n    return True\nreturn False'),
    ESCAPES,
  );
  shows('__exit__ compares the class', exit('return exc_type is Order.DoesNotExist'), quiet);
  shows(
    '__exit__ swallows and logs an error',
    exit('logger.exception("failed")\nreturn True'),
    'contained by context-manager "context manager Quiet": run',
  );

  const manager = (body: string, call = 'quiet()', params = ''): string => `
  #### shop/contexts.py
  import logging
  from contextlib import contextmanager
  from shop.models import Customer, Order
  logger = logging.getLogger(__name__)

  @contextmanager
  def quiet(${params}):
      ${body.replaceAll('\n', '\n      ')}
  #### shop/work.py
  from shop.contexts import quiet
  from shop.models import Customer, Order

  def run(order_id):
      with ${call}:
          return Order.objects.get(pk=order_id)
`;
  const named = 'handled by context-manager "context manager quiet": run';
  shows(
    'a generator with a handler around its yield',
    manager('try:\n    yield\nexcept Order.DoesNotExist:\n    pass'),
    named,
  );
  shows(
    'a generator with a handler for another class',
    manager('try:\n    yield\nexcept Customer.DoesNotExist:\n    pass'),
    ESCAPES,
  );
  shows(
    'a generator that cleans up only',
    manager('try:\n    yield\nfinally:\n    logger.info("done")'),
    ESCAPES,
  );
  shows(
    'a generator that raises again',
    manager('try:\n    yield\nexcept Exception:\n    logger.exception("failed")\n    raise'),
    ESCAPES,
  );
  shows(
    'a generator that contains',
    manager('try:\n    yield\nexcept Exception:\n    logger.exception("failed")'),
    'contained by context-manager "context manager quiet": run',
  );
  shows(
    'a generator that catches what it is given',
    manager('try:\n    yield\nexcept errors:\n    pass', 'quiet(Order.DoesNotExist)', '*errors'),
    named,
  );
  shows(
    'a generator that catches what it is given, and is given another class',
    manager('try:\n    yield\nexcept errors:\n    pass', 'quiet(Customer.DoesNotExist)', '*errors'),
    ESCAPES,
  );
  shows(
    'a generator that catches its default',
    manager('try:\n    yield\nexcept error:\n    pass', 'quiet()', 'error=Order.DoesNotExist'),
    named,
  );
  shows(
    'a generator that hands it to another context manager',
    manager('with suppress(Order.DoesNotExist):\n    yield').replace(
      'import contextmanager',
      'import contextmanager, suppress',
    ),
    named,
  );
  shows(
    'a generator that converts',
    manager('try:\n    yield\nexcept Order.DoesNotExist:\n    raise Http404').replace(
      'import logging',
      'import logging\n  from django.http import Http404',
    ),
    named,
  );
  shows(
    'used as a decorator',
    manager('try:\n    yield\nexcept Order.DoesNotExist:\n    pass').replace(
      'def run(order_id):\n      with quiet():\n          return',
      '@quiet()\n  def run(order_id):\n      return',
    ),
    'handled by decorator "decorator quiet": run',
  );
  shows(
    'kept in a name',
    `
  #### shop/work.py
  from contextlib import suppress
  from shop.models import Order

  def run(order_id):
      quiet = suppress(Order.DoesNotExist)
      with quiet:
          return Order.objects.get(pk=order_id)
`,
    'handled by suppress "suppress(...)": run',
  );
  shows(
    'an instance kept in a name',
    exit('return True').replace('with Quiet():', 'quiet = Quiet()\n      with quiet:'),
    quiet,
  );
  shows(
    'asynccontextmanager',
    `
  #### shop/work.py
  from contextlib import asynccontextmanager
  from shop.models import Order

  @asynccontextmanager
  async def quiet():
      try:
          yield
      except Order.DoesNotExist:
          pass

  async def run(order_id):
      async with quiet():
          return await Order.objects.aget(pk=order_id)
`,
    named,
  );
  shows(
    'transaction.atomic does not answer',
    `
  #### shop/work.py
  from django.db import transaction
  from shop.models import Order

  def run(order_id):
      with transaction.atomic():
          return Order.objects.get(pk=order_id)
`,
    ESCAPES,
  );
});

describe('decorators of the program', () => {
  const learned = (inner: string, use = '@quiet', outer = 'def quiet(function):', imports = ''): string => `
  #### shop/wraps.py
  import functools
  import logging
  from django.core.exceptions import ObjectDoesNotExist
  from django.http import Http404, JsonResponse
  from shop.models import Customer, Order
  logger = logging.getLogger(__name__)

  ${outer}
      ${inner.trim().replaceAll('\n', '\n      ')}
  #### shop/work.py
  from shop.models import Customer, Order
  from shop.wraps import quiet
  ${imports}

  ${use}
  def run(order_id):
      return Order.objects.get(pk=order_id)
`;
  const wrapper = (handler: string): string => `
@functools.wraps(function)
def wrapper(*args, **kwargs):
    try:
        return function(*args, **kwargs)
    except ${handler}
return wrapper
`;
  const quiet = 'handled by decorator "decorator quiet": run';
  shows('that swallows', learned(wrapper('Order.DoesNotExist:\n        return None')), quiet);
  shows('that swallows the base class', learned(wrapper('ObjectDoesNotExist:\n        return None')), quiet);
  shows(
    'that swallows another class',
    learned(wrapper('Customer.DoesNotExist:\n        return None')),
    ESCAPES,
  );
  shows(
    'that raises again',
    learned(wrapper('Exception:\n        logger.exception("failed")\n        raise')),
    ESCAPES,
  );
  shows(
    'that contains',
    learned(wrapper('Exception:\n        logger.exception("failed")')),
    'contained by decorator "decorator quiet": run',
  );
  shows(
    'that converts into an answer',
    learned(wrapper('ObjectDoesNotExist:\n        raise Http404')),
    quiet,
  );
  shows(
    'that only calls',
    learned(
      '@functools.wraps(function)\ndef wrapper(*args, **kwargs):\n    return function(*args, **kwargs)\nreturn wrapper',
    ),
    ESCAPES,
  );
  shows('that gives the function back', learned('function.quiet = True\nreturn function'), ESCAPES);
  shows(
    'with arguments: the classes to swallow',
    learned(
      `
def decorate(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except errors:
            return None
    return wrapper
return decorate
`,
      '@quiet(Order.DoesNotExist, KeyError)',
      'def quiet(*errors):',
    ),
    quiet,
  );
  shows(
    'with arguments: other classes',
    learned(
      `
def decorate(function):
    def wrapper(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except errors:
            return None
    return wrapper
return decorate
`,
      '@quiet(errors=(Customer.DoesNotExist, KeyError))',
      'def quiet(errors=(Exception,)):',
    ),
    ESCAPES,
  );
  shows(
    'with arguments left to their defaults',
    learned(
      `
def decorate(function):
    def wrapper(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except errors:
            return None
    return wrapper
return decorate
`,
      '@quiet()',
      'def quiet(errors=(Order.DoesNotExist,)):',
    ),
    quiet,
  );
  shows(
    'kept in a name, with its arguments',
    learned(
      `
def decorate(function):
    def wrapper(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except error:
            return None
    return wrapper
return decorate
`,
      'skip = quiet(Order.DoesNotExist)\n\n  @skip',
      'def quiet(error):',
    ),
    'handled by decorator "decorator quiet": run',
  );
  shows(
    'a class with __call__',
    `
  #### shop/wraps.py
  from shop.models import Order

  class quiet:
      def __init__(self, function):
          self.function = function

      def __call__(self, *args, **kwargs):
          try:
              return self.function(*args, **kwargs)
          except Order.DoesNotExist:
              return None
  #### shop/work.py
  from shop.models import Order
  from shop.wraps import quiet

  @quiet
  def run(order_id):
      return Order.objects.get(pk=order_id)
`,
    quiet,
  );
  shows(
    'a class with arguments, whose __call__ wraps',
    `
  #### shop/wraps.py
  from shop.models import Order

  class quiet:
      def __init__(self, *errors):
          self.errors = errors

      def __call__(self, function):
          def wrapper(*args, **kwargs):
              try:
                  return function(*args, **kwargs)
              except self.errors:
                  return None
          return wrapper
  #### shop/work.py
  from shop.models import Order
  from shop.wraps import quiet

  @quiet(Order.DoesNotExist)
  def run(order_id):
      return Order.objects.get(pk=order_id)
`,
    quiet,
  );
  shows(
    'of an async function',
    `
  #### shop/wraps.py
  import functools
  from shop.models import Order

  def quiet(function):
      @functools.wraps(function)
      async def wrapper(*args, **kwargs):
          try:
              return await function(*args, **kwargs)
          except Order.DoesNotExist:
              return None
      return wrapper
  #### shop/work.py
  from shop.models import Order
  from shop.wraps import quiet

  @quiet
  async def run(order_id):
      return await Order.objects.aget(pk=order_id)
`,
    quiet,
  );
  shows(
    'on a method',
    learned(wrapper('Order.DoesNotExist:\n        return None')).replace(
      '@quiet\n  def run(order_id):\n      return',
      'class Work:\n    @quiet\n    def run(self, order_id):\n      return',
    ),
    'handled by decorator "decorator quiet": Work.run',
  );
  shows(
    'under a task decorator',
    learned(
      wrapper('Order.DoesNotExist:\n        return None'),
      '@shared_task\n  @quiet',
      undefined,
      'from celery import shared_task',
    ),
    quiet,
  );
  shows(
    'by the name that the program gives it: method_decorator',
    learned(
      wrapper('Order.DoesNotExist:\n        return None'),
      'class Work:\n    @method_decorator(quiet)\n    def run(self, order_id):\n      return Order.objects.get(pk=order_id)\n\n  def other',
      undefined,
      'from django.utils.decorators import method_decorator',
    ).replace(/\n {2}def other\n[\s\S]*$/, '\n'),
    'handled by decorator "decorator quiet": Work.run',
  );
  shows(
    'two of them: the outer one answers',
    learned(
      wrapper('Order.DoesNotExist:\n        return None'),
      '@quiet\n  @plain',
      undefined,
      'from toolbox import plain',
    ),
    quiet,
  );
  shows(
    'on a caller',
    `${learned(wrapper('Order.DoesNotExist:\n        return None'))}
  #### shop/loaders.py
  from shop.models import Order
  def load(order_id):
      return Order.objects.get(pk=order_id) #!
`
      .replace('return Order.objects.get(pk=order_id)\n\n  ####', 'return load(order_id)\n  ####')
      .replace(
        'from shop.wraps import quiet',
        'from shop.loaders import load\n  from shop.wraps import quiet',
      ),
    'handled by decorator "decorator quiet": load < run',
  );
});

describe('options of known decorators', () => {
  const task = (decorators: string): string => `
  #### shop/work.py
  from celery import shared_task
  from shop.base import instrumented_task, retry, Retry
  from shop.models import Customer, Order

  ${decorators.replaceAll('\n', '\n  ')}
  def run(order_id):
      return Order.objects.get(pk=order_id)
`;
  const by = (detail: string): string => `handled by decorator "${detail}": run`;
  const escapes = 'escapes to task run: run';
  shows(
    '@retry(ignore=)',
    task('@shared_task\n@retry(ignore=(Order.DoesNotExist,))'),
    by('@retry(ignore=...)'),
  );
  shows(
    '@retry(ignore=) of another class',
    task('@shared_task\n@retry(ignore=(Customer.DoesNotExist,))'),
    escapes,
  );
  shows(
    '@retry(ignore_and_capture=)',
    task('@shared_task\n@retry(ignore_and_capture=Order.DoesNotExist)'),
    by('@retry(ignore_and_capture=...)'),
  );
  shows('@retry(exclude=)', task('@shared_task\n@retry(exclude=(Order.DoesNotExist,))'), escapes);
  shows(
    '@retry(on=) of the class: a declared wait for the row',
    task('@shared_task\n@retry(on=(Order.DoesNotExist,))'),
    by('@retry(on=...)'),
  );
  shows('@retry(on=) of everything', task('@shared_task\n@retry(on=(Exception,))'), escapes);
  shows('bare @retry', task('@shared_task\n@retry'), escapes);
  shows(
    '@retry above the task decorator',
    task('@retry(ignore=(Order.DoesNotExist,))\n@shared_task'),
    by('@retry(ignore=...)'),
  );
  shows(
    'silenced_exceptions',
    task('@instrumented_task(name="run", silenced_exceptions=(Order.DoesNotExist,))'),
    by('@instrumented_task(silenced_exceptions=...)'),
  );
  shows(
    'Retry(ignore=) alone is reported all the same',
    task('@instrumented_task(name="run", retry=Retry(times=3, ignore=(Order.DoesNotExist,)))'),
    escapes,
  );
  shows(
    'autoretry_for of the class: a declared wait for the row',
    task('@shared_task(autoretry_for=(Order.DoesNotExist,))'),
    by('@shared_task(autoretry_for=...)'),
  );
  shows('autoretry_for of everything', task('@shared_task(autoretry_for=(Exception,))'), escapes);
  shows(
    'throws of the class: a declared failure',
    task('@shared_task(throws=(Order.DoesNotExist,))'),
    by('@shared_task(throws=...)'),
  );
  shows('throws of everything', task('@shared_task(throws=(Exception,))'), escapes);
  shows(
    'on_exception of backoff names the class',
    task('import backoff\n\n@shared_task\n@backoff.on_exception(backoff.expo, Order.DoesNotExist)'),
    by('@on_exception(exception=...)'),
  );
  shows(
    'a condition of tenacity names the class',
    task('import tenacity\n\n@tenacity.retry(retry=tenacity.retry_if_exception_type(Order.DoesNotExist))'),
    by('@retry(retry=...)'),
  );
  shows(
    'tenacity answers the last attempt',
    task('import tenacity\n\n@shared_task\n@tenacity.retry(retry_error_callback=lambda state: None)'),
    by('@retry(retry_error_callback=...)'),
  );
  shows(
    'tenacity with no answer to it',
    task('import tenacity\n\n@shared_task\n@tenacity.retry(retry_error_callback=None)'),
    escapes,
  );
  shows(
    'a retry kept in a name',
    task('skip = retry(ignore=(Order.DoesNotExist,))\n\n@shared_task\n@skip'),
    by('@retry(ignore=...)'),
  );
  shows(
    'options in a dictionary',
    task(
      'OPTIONS = {"silenced_exceptions": (Order.DoesNotExist,)}\n\n@instrumented_task(name="run", **OPTIONS)',
    ),
    by('@instrumented_task(silenced_exceptions=...)'),
  );
});

describe('base classes and settings that answer', () => {
  const view = (base: string, more = ''): string => `
  #### shop/base.py
  from django.core.exceptions import ObjectDoesNotExist
  from rest_framework.response import Response
  from rest_framework.views import APIView
  from shop.models import Customer, Order

  class ShopView(APIView):
      ${base.trim().replaceAll('\n', '\n      ')}
  #### shop/work.py
  from shop.base import ShopView
  from shop.models import Order

  class Orders(ShopView):
      def get(self, request, order_id):
          return Order.objects.get(pk=order_id)
${more}`;
  const by = (detail: string): string => `handled by base-class "${detail}": Orders.get`;
  const escapes = 'escapes to api Orders.get: Orders.get';
  shows(
    'handle_exception that tests for it',
    view(`
def handle_exception(self, exc):
    if isinstance(exc, ObjectDoesNotExist):
        return Response(status=404)
    return super().handle_exception(exc)
`),
    by('ShopView.handle_exception'),
  );
  shows(
    'handle_exception that tests for another class',
    view(`
def handle_exception(self, exc):
    if isinstance(exc, Customer.DoesNotExist):
        return Response(status=404)
    return super().handle_exception(exc)
`),
    escapes,
  );
  shows(
    'dispatch with a handler',
    view(`
def dispatch(self, request, *args, **kwargs):
    try:
        return super().dispatch(request, *args, **kwargs)
    except Order.DoesNotExist:
        return Response(status=404)
`),
    by('ShopView.dispatch'),
  );
  shows(
    'dispatch with a handler that raises again',
    view(`
def dispatch(self, request, *args, **kwargs):
    try:
        return super().dispatch(request, *args, **kwargs)
    except Order.DoesNotExist:
        raise
`),
    escapes,
  );
  shows(
    'dispatch with a handler around something else',
    view(`
def dispatch(self, request, *args, **kwargs):
    try:
        self.order = Order(pk=1)
    except Order.DoesNotExist:
        return Response(status=404)
    return super().dispatch(request, *args, **kwargs)
`),
    escapes,
  );
  shows(
    'a mixin after the class in the bases',
    view('pass').replace(
      'class Orders(ShopView):',
      'class Answers:\n      def handle_exception(self, exc):\n          if isinstance(exc, Order.DoesNotExist):\n              return None\n          raise exc\n\n  class Orders(Answers, ShopView):',
    ),
    by('Answers.handle_exception'),
  );

  const settings = (handler: string, name = '"shop.errors.answer"'): string => `
  #### shop/settings.py
  REST_FRAMEWORK = {
      "PAGE_SIZE": 10,
      "EXCEPTION_HANDLER": ${name},
  }
  #### shop/errors.py
  from django.core.exceptions import ObjectDoesNotExist
  from rest_framework.response import Response
  from rest_framework.views import exception_handler
  from shop.models import Customer, Order

  def answer(exc, context):
      ${handler.trim().replaceAll('\n', '\n      ')}
`;
  const tests = `
if isinstance(exc, ObjectDoesNotExist):
    return Response(status=404)
return exception_handler(exc, context)
`;
  const answered = 'handled by framework "EXCEPTION_HANDLER answer": Orders.get';
  shows('EXCEPTION_HANDLER that tests for it', view('pass', settings(tests)), answered);
  shows(
    'EXCEPTION_HANDLER that makes another exception of it',
    view(
      'pass',
      settings(
        'if isinstance(exc, (Order.DoesNotExist, KeyError)):\n    exc = NotFound()\nreturn exception_handler(exc, context)',
      ),
    ),
    answered,
  );
  shows(
    'EXCEPTION_HANDLER that does not',
    view('pass', settings('return exception_handler(exc, context)')),
    escapes,
  );
  shows(
    'EXCEPTION_HANDLER that tests for another class',
    view(
      'pass',
      settings(
        'if isinstance(exc, Customer.DoesNotExist):\n    return Response(status=404)\nreturn exception_handler(exc, context)',
      ),
    ),
    escapes,
  );
  shows(
    'EXCEPTION_HANDLER answers for serializers, which work for API views',
    `
  #### shop/work.py
  from rest_framework import serializers
  from shop.models import Order

  class PaySerializer(serializers.Serializer):
      def validate_order(self, order_id):
          return Order.objects.get(pk=order_id)
${settings(tests)}`,
    'handled by framework "EXCEPTION_HANDLER answer": PaySerializer.validate_order',
  );
  shows('EXCEPTION_HANDLER of a package', view('pass', settings(tests, '"toolbox.handler"')), escapes);
  shows(
    'EXCEPTION_HANDLER answers for api entry points only',
    `
  #### shop/work.py
  from celery import shared_task
  from shop.models import Order

  @shared_task
  def run(order_id):
      return Order.objects.get(pk=order_id)
${settings(tests)}`,
    'escapes to task run: run',
  );
  shows(
    'process_exception of a middleware',
    `
  #### shop/middleware.py
  from django.core.exceptions import ObjectDoesNotExist
  from django.http import HttpResponseNotFound

  class MissingMiddleware:
      def __init__(self, get_response):
          self.get_response = get_response

      def __call__(self, request):
          return self.get_response(request)

      def process_exception(self, request, exception):
          if isinstance(exception, ObjectDoesNotExist):
              return HttpResponseNotFound()
          return None
  #### shop/settings.py
  MIDDLEWARE = ["shop.middleware.MissingMiddleware"]
  #### shop/views.py
  from django.views import View
  from shop.models import Order

  class Orders(View):
      def get(self, request, order_id):
          return Order.objects.get(pk=order_id)
`,
    'handled by framework "MissingMiddleware.process_exception": Orders.get',
  );
});

describe('decorators on classes', () => {
  shows(
    'method_decorator for dispatch, on a base class',
    `
  #### shop/wraps.py
  from django.http import HttpResponseNotFound
  from shop.models import Order

  def quiet(function):
      def wrapper(request, *args, **kwargs):
          try:
              return function(request, *args, **kwargs)
          except Order.DoesNotExist:
              return HttpResponseNotFound()
      return wrapper
  #### shop/work.py
  from django.utils.decorators import method_decorator
  from django.views import View
  from shop.models import Order
  from shop.wraps import quiet

  @method_decorator(quiet, name="dispatch")
  class Page(View):
      pass

  class Orders(Page):
      def get(self, request, order_id):
          return Order.objects.get(pk=order_id)
`,
    'handled by decorator "decorator quiet": Orders.get',
  );
});

describe('decorators that hand the function on, and decorators that are called', () => {
  shows(
    'a wrapper that gives the function to a helper',
    `
  #### shop/a.py
  import functools
  from shop.models import Order
  def attempt(function, *args):
      try:
          return function(*args)
      except Order.DoesNotExist:
          return None
  def quiet(function):
      @functools.wraps(function)
      def wrapper(*args):
          return attempt(function, *args)
      return wrapper
  @quiet
  def run(pk):
      return Order.objects.get(number=pk)
`,
    'handled by decorator "decorator quiet": run',
  );
  shows(
    'a wrapper that gives a lambda to a helper',
    `
  #### shop/a.py
  import functools
  from shop.models import Order
  def attempt(function):
      try:
          return function()
      except Order.DoesNotExist:
          return None
  def quiet(function):
      @functools.wraps(function)
      def wrapper(*args):
          return attempt(lambda: function(*args))
      return wrapper
  @quiet
  def run(pk):
      return Order.objects.get(number=pk)
`,
    'handled by decorator "decorator quiet": run',
  );
  const composed = (body: string): string => `
  #### shop/wraps.py
  from shop.models import Order
  def quiet(function):
      def wrapper(*args, **kwargs):
          try:
              return function(*args, **kwargs)
          except Order.DoesNotExist:
              return None
      return wrapper
  def timed(function):
      def wrapper(*args, **kwargs):
          return function(*args, **kwargs)
      return wrapper
  ${body.replaceAll('\n', '\n  ')}
  #### shop/work.py
  from shop.models import Order
  from shop.wraps import method
  @method
  def run(pk):
      return Order.objects.get(number=pk)
`;
  const answered = 'handled by decorator "decorator method": run';
  shows(
    'a decorator made of others',
    composed('def method(function):\n    return timed(quiet(function))'),
    answered,
  );
  shows(
    'a decorator with options, made of others',
    composed(
      'def method(name):\n    def combined(function):\n        return timed(quiet(timed(function)))\n    return combined',
    ).replace('@method', '@method("run")'),
    answered,
  );
  shows(
    'a decorator made of others that answer nothing, and of itself',
    composed(
      'def method(function, deep=False):\n    return method(timed(function)) if deep else timed(function)',
    ),
    ESCAPES,
  );
  shows(
    'a view that is decorated in the URL table',
    `
  #### shop/wraps.py
  from shop.models import Order
  def quiet(function):
      def wrapper(*args, **kwargs):
          try:
              return function(*args, **kwargs)
          except Order.DoesNotExist:
              return None
      return wrapper
  #### shop/pages.py
  from shop.models import Order
  def page(request, pk):
      return Order.objects.get(number=pk)
  #### shop/urls.py
  from django.urls import path
  from shop.pages import page
  from shop.wraps import quiet
  urlpatterns = [path("x/", quiet(page))]
`,
    'handled by decorator "decorator quiet": page',
  );
  shows(
    'a function that a module decorates under another name',
    `
  #### shop/wraps.py
  from shop.models import Order
  def quiet(function):
      def wrapper(*args, **kwargs):
          try:
              return function(*args, **kwargs)
          except Order.DoesNotExist:
              return None
      return wrapper
  #### shop/work.py
  from shop.models import Order
  from shop.wraps import quiet
  def load(pk):
      return Order.objects.get(number=pk)
  safe_load = quiet(load)
  def run(pk):
      safe_load(pk)
`,
    'handled by decorator "decorator quiet": load',
  );
});
