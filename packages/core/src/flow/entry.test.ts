import { describe, expect, test } from 'vitest';
import type { FrameworkOptions } from '../django/index.ts';
import { fateOf } from '../session/testing/program.ts';

const shows = (
  title: string,
  program: string,
  fate: string,
  framework: Partial<FrameworkOptions> = {},
): void =>
  test.each([{ title, program, fate }])('$title', async ({ program, fate }) =>
    expect(await fateOf(program, framework)).toBe(fate),
  );

const LOOK = 'Order.objects.get(pk=order_id)';

/** A decorated function of one file. */
const decorated = (
  imports: string,
  decorator: string,
  params = 'order_id',
  path = 'shop/work.py',
): string => `
  #### ${path}
  ${imports}
  from shop.models import Order

  ${decorator}
  def run(${params}):
      ${LOOK}
`;

/** A class of one file with one method. */
const method = (imports: string, head: string, name: string, params = 'self, order_id'): string => `
  #### shop/work.py
  ${imports}
  from shop.models import Order

  class Run${head}:
      def ${name}(${params}):
          ${LOOK}
`;

/** A mixin with one method, and a class that it is mixed into. */
const mixin = (imports: string, name: string, params: string, into: string): string => `
  #### shop/mixins.py
  from shop.models import Order

  class Current:
      def ${name}(${params}):
          ${LOOK}
  #### shop/work.py
  ${imports}
  from shop.mixins import Current

  class Page(Current, ${into}):
      pass
`;

describe('mixins are what they are mixed into', () => {
  shows(
    'a view',
    mixin('from django.views.generic import DetailView', 'get_object', 'self, queryset=None', 'DetailView'),
    'escapes to view Current.get_object: Current.get_object',
  );
  shows(
    'a type of graphene',
    mixin('import graphene', 'resolve_order', 'self, info, order_id', 'graphene.ObjectType'),
    'escapes to graphql Current.resolve_order: Current.resolve_order',
  );
  shows(
    'a command',
    mixin(
      'from django.core.management import BaseCommand',
      'handle',
      'self, order_id, **options',
      'BaseCommand',
    ),
    'escapes to command Current.handle: Current.handle',
  );
  shows(
    'nothing that a framework knows',
    mixin('from shop.base import Service', 'get_object', 'self, order_id', 'Service'),
    'escapes to uncalled Current.get_object: Current.get_object',
  );
});

describe('classes that settings name', () => {
  shows(
    'a middleware, by what it is made with',
    `
  #### shop/work.py
  from shop.models import Order

  class Current:
      def __init__(self, get_response):
          self.get_response = get_response

      def __call__(self, request):
          Order.objects.get(pk=request.headers["X-Order"])
          return self.get_response(request)
    `,
    'escapes to middleware Current.__call__: Current.__call__',
  );
  shows(
    'an admin class of a package',
    method(
      'from simple_history.admin import SimpleHistoryAdmin',
      '(SimpleHistoryAdmin)',
      'delete_view',
      'self, request, order_id',
    ),
    'escapes to admin Run.delete_view: Run.delete_view',
  );
});

describe('functions that Django asks of each request', () => {
  const asked = (decorator: string): string => `
  #### shop/views.py
  from django.views.decorators.http import condition, last_modified
  from shop.cached import Cached
  from shop.work import given

  @${decorator}
  def page(request, order_id):
      pass
  #### shop/cached.py
  from shop.models import Order

  class Cached:
      @staticmethod
      def run(request, order_id):
          ${LOOK}
`;
  const view = 'escapes to view run: Cached.run'.replace('run:', 'Cached.run:');
  shows('when it changed', asked('last_modified(Cached.run)'), view);
  shows('by keyword', asked('condition(last_modified_func=Cached.run)'), view);
  shows('something else', asked('given(Cached.run)'), 'escapes to uncalled Cached.run: Cached.run');
});

describe('tasks', () => {
  const task = 'escapes to task run: run';
  shows('celery shared_task', decorated('from celery import shared_task', '@shared_task'), task);
  shows(
    'a registry of the program itself',
    decorated('from shop.queue import register_task', '@register_task(queue="slow")'),
    task,
  );
  const own = (makes: string): string => `
  #### shop/queue.py
  import functools
  from celery import shared_task
  from shop.celery import app

  def retried(*args, **options):
      ${makes}
  ${decorated('from shop.queue import retried', '@retried(max_retries=3)')}`;
  shows(
    "the program's own, of shared_task",
    own('return shared_task(*args, acks_late=True, **options)'),
    task,
  );
  shows(
    "the program's own, around the function",
    own('def wrap(fn):\n          return app.task(**options)(fn)\n      return wrap'),
    task,
  );
  shows(
    "the program's own, around a wrapper that gets a name",
    own(
      'def wrap(fn):\n          def inner(*a):\n              return fn(*a)\n          made = shared_task(**options)(inner)\n          return made\n      return wrap',
    ),
    task,
  );
  const object = (made: string, use: string): string => `
  #### shop/queue.py
  from celery import shared_task

  class Queued:
      def __init__(self, queue):
          self.queue = queue

      def __call__(self, fn=None, **options):
          if fn is None:
              return lambda fn: self._decorate(fn, **options)
          return self._decorate(fn, **options)

      def _decorate(self, fn, **options):
          made = ${made}(queue=self.queue, **options)(fn)
          return made

  slow = Queued("slow")
  ${decorated('from shop.queue import slow, Queued', use)}`;
  shows('an object that makes tasks', object('shared_task', '@slow'), task);
  shows('an object that makes tasks, with options', object('shared_task', '@slow(rate=1)'), task);
  shows('a class that makes tasks', object('shared_task', '@Queued("fast")'), task);
  shows('an object that makes none', object('registered', '@slow'), 'escapes to uncalled run: run');
  shows(
    "the program's own, of nothing that is a queue's",
    own('def wrap(fn):\n          return functools.wraps(fn)(fn)\n      return wrap'),
    'escapes to uncalled run: run',
  );
  const queued = (call: string): string => `
  #### shop/work.py
  from shop.models import Order

  def run(order_id):
      ${LOOK}
  #### shop/views.py
  from django_q.tasks import async_task

  def start(order):
      ${call}
`;
  shows('named to a queue', queued('async_task("shop.work.run", order.pk)'), task);
  shows(
    'another of that name',
    queued('async_task("shop.other.run", order.pk)'),
    'escapes to uncalled run: run',
  );
  shows('named to something else', queued('log("shop.work.run", order.pk)'), 'escapes to uncalled run: run');
  shows(
    'celery shared_task with options',
    decorated('import celery', '@celery.shared_task(bind=True)'),
    task,
  );
  shows(
    'celery app.task, the app in another file',
    `${decorated('from shop.celery import app', '@app.task')}
  #### shop/celery.py
  from celery import Celery
  app = Celery("shop")
`,
    task,
  );
  shows(
    'the task decorator of a class below Celery',
    `${decorated('from shop.worker import worker', '@worker.task')}
  #### shop/worker.py
  from celery import Celery

  class Worker(Celery):
      def task(self, *args, **options):
          return super().task(*args, **options)

  worker = Worker("shop")
`,
    task,
  );
  shows(
    'celery app.task under another name',
    `${decorated('from shop.celery import celery_app', '@celery_app.task(ignore_result=True)')}
  #### shop/celery.py
  from celery import Celery
  celery_app = Celery("shop")
`,
    task,
  );
  shows(
    'a class derived from celery Task',
    method('from celery import Task', '(Task)', 'run'),
    'escapes to task Run.run: Run.run',
  );
  shows(
    'a class derived from app.Task',
    method('from shop.celery import app', '(app.Task)', 'run'),
    'escapes to task Run.run: Run.run',
  );
  shows('django_rq job', decorated('from django_rq import job', '@job'), task);
  shows('rq job with a queue', decorated('from rq.decorators import job', '@job("default")'), task);
  shows('dramatiq actor', decorated('import dramatiq', '@dramatiq.actor'), task);
  shows('dramatiq actor, by name', decorated('from dramatiq import actor', '@actor(max_retries=3)'), task);
  shows('huey task', decorated('from huey.contrib.djhuey import task', '@task()'), task);
  shows(
    'huey db_periodic_task',
    decorated('from huey.contrib.djhuey import db_periodic_task', '@db_periodic_task(crontab())'),
    task,
  );
  shows('django.tasks task', decorated('from django.tasks import task', '@task'), task);
  shows('django_tasks task', decorated('from django_tasks import task', '@task(priority=2)'), task);
  shows(
    'procrastinate task',
    decorated('from shop.procrastinate import app', '@app.task(queue="sums")'),
    task,
  );
  shows(
    'background_task',
    decorated('from background_task import background', '@background(schedule=60)'),
    task,
  );
  shows('a task of Prefect', decorated('from prefect import task', '@task(retries=2)'), task);
  shows('a flow of Prefect', decorated('from prefect import flow', '@flow'), task);
  shows('a task of Airflow', decorated('from airflow.decorators import task', '@task'), task);
  shows('an activity of Temporal', decorated('from temporalio import activity', '@activity.defn'), task);
  shows(
    'a function that an operator of Airflow runs',
    `
  #### shop/dags.py
  from airflow.operators.python import PythonOperator
  from shop.models import Order

  def run(order_id):
      ${LOOK}

  PythonOperator(task_id="run", python_callable=run, op_args=[7])
`,
    task,
  );
  shows(
    'a decorator that configuration names',
    decorated('from shop.base import instrumented', '@instrumented(name="run")'),
    task,
    { taskDecorators: ['shop.base.instrumented'] },
  );
  shows(
    'a helper in another file that only a task calls',
    `
  #### shop/helpers.py
  from shop.models import Order

  def load(order_id):
      ${LOOK}
  #### shop/work.py
  from celery import shared_task
  from shop.helpers import load

  @shared_task
  def run(order_id):
      load(order_id)
`,
    'escapes to task run: load < run',
  );
});

describe('receivers', () => {
  shows(
    'by decorator',
    decorated(
      'from django.db.models.signals import post_save\n  from django.dispatch import receiver',
      '@receiver(post_save, sender=Order)',
      'sender, order_id, **kwargs',
    ),
    'escapes to receiver run: run',
  );
  shows(
    'by connect, in another file',
    `
  #### shop/handlers.py
  from shop.models import Order

  def run(sender, order_id, **kwargs):
      ${LOOK}
  #### shop/apps.py
  from django.apps import AppConfig
  from django.db.models.signals import post_save

  class ShopConfig(AppConfig):
      def ready(self):
          from shop import handlers
          post_save.connect(handlers.run, sender="shop.Order")
`,
    'escapes to receiver run: run',
  );
  shows(
    'a method by connect',
    `
  #### shop/handlers.py
  from django.db.models.signals import post_save
  from shop.models import Order

  class Mirror:
      def listen(self):
          post_save.connect(self.run)

      def run(self, sender, order_id, **kwargs):
          ${LOOK}
`,
    'escapes to receiver Mirror.run: Mirror.run',
  );
});

describe('views', () => {
  shows(
    'a function named in a URL table',
    `
  #### shop/pages.py
  from shop.models import Order

  def page(request, order_id):
      ${LOOK}
  #### shop/urls.py
  from django.urls import path
  from shop import pages
  urlpatterns = [path("orders/<int:order_id>/", pages.page, name="page")]
`,
    'escapes to view page: page',
  );
  shows(
    'a function named in a URL table, under a decorator there',
    `
  #### shop/pages.py
  from shop.models import Order

  def page(request, order_id):
      ${LOOK}
  #### shop/urls.py
  from django.contrib.auth.decorators import login_required
  from django.urls import re_path
  from shop.pages import page
  urlpatterns = [re_path(r"^orders/$", login_required(page))]
`,
    'escapes to view page: page',
  );
  shows(
    'a function of a module of views, by its first parameter',
    decorated('', '', 'request, order_id', 'shop/views.py'),
    'escapes to view run: run',
  );
  shows(
    'a helper of a module of views is none',
    `
  #### shop/views.py
  from shop.models import Order

  def _load(request, order_id):
      ${LOOK}

  def page(request, order_id):
      _load(request, order_id)
`,
    'escapes to view page: _load < page',
  );
  shows(
    'login_required',
    decorated(
      'from django.contrib.auth.decorators import login_required',
      '@login_required',
      'request, order_id',
    ),
    'escapes to view run: run',
  );
  shows(
    'a class based view',
    method('from django.views import View', '(View)', 'get', 'self, request, order_id'),
    'escapes to view Run.get: Run.get',
  );
  shows(
    'get_context_data of a generic view',
    method(
      'from django.views.generic import TemplateView',
      '(TemplateView)',
      'get_context_data',
      'self, order_id, **kwargs',
    ),
    'escapes to view Run.get_context_data: Run.get_context_data',
  );
  shows(
    'a class based view two bases down, in another file',
    `
  #### shop/base.py
  from django.views.generic import View

  class ShopPage(View):
      pass
  #### shop/pages.py
  from shop.base import ShopPage
  from shop.models import Order

  class OrderPage(ShopPage):
      def post(self, request, order_id):
          self.load(order_id)

      def load(self, order_id):
          ${LOOK}
`,
    'escapes to view OrderPage.post: OrderPage.load < OrderPage.post',
  );
});

describe('interfaces', () => {
  shows(
    'DRF APIView',
    method('from rest_framework.views import APIView', '(APIView)', 'post', 'self, request, order_id'),
    'escapes to api Run.post: Run.post',
  );
  shows(
    'DRF ViewSet',
    method(
      'from rest_framework import viewsets',
      '(viewsets.ModelViewSet)',
      'retrieve',
      'self, request, order_id',
    ),
    'escapes to api Run.retrieve: Run.retrieve',
  );
  shows(
    'DRF perform_create',
    method(
      'from rest_framework.generics import CreateAPIView',
      '(CreateAPIView)',
      'perform_create',
      'self, order_id',
    ),
    'escapes to api Run.perform_create: Run.perform_create',
  );
  shows(
    'DRF get_queryset',
    method('from rest_framework.generics import ListAPIView', '(ListAPIView)', 'get_queryset'),
    'escapes to api Run.get_queryset: Run.get_queryset',
  );
  shows(
    'DRF action',
    `
  #### shop/work.py
  from rest_framework.decorators import action
  from rest_framework.viewsets import ViewSet
  from shop.models import Order

  class Orders(ViewSet):
      @action(detail=True, methods=["post"])
      def ship(self, request, order_id):
          ${LOOK}
`,
    'escapes to api Orders.ship: Orders.ship',
  );
  const routed = (name: string, more = ''): string => `
  #### shop/work.py
  from rest_framework.viewsets import ViewSet
  from shop.models import Order

  class Orders(ViewSet):
      def ${name}(self, request, order_id):
          ${LOOK}
${more}
  #### shop/urls.py
  from django.urls import path
  from shop.work import Orders

  urlpatterns = [path("ship/", Orders.as_view({"post": "ship"}))]
`;
  shows('DRF method that a URL table names', routed('ship'), 'escapes to api Orders.ship: Orders.ship');
  shows(
    'a method that a filter names',
    `
  #### shop/filters.py
  import django_filters
  from shop.models import Order

  class OrderFilter(django_filters.FilterSet):
      owner = django_filters.CharFilter(method="by_owner")

      def by_owner(self, queryset, name, order_id):
          ${LOOK}
`,
    'escapes to serializer OrderFilter.by_owner: OrderFilter.by_owner',
  );
  shows(
    'DRF helper of a view set with a mixin that finds serializers',
    routed(
      'get_parcel',
      '\n      def get(self, request):\n          return self.get_parcel(request, 1)',
    ).replace(
      'class Orders(ViewSet):',
      'class SerializerMixin:\n      pass\n\n  class Orders(SerializerMixin, ViewSet):',
    ),
    'escapes to api Orders.get: Orders.get_parcel < Orders.get',
  );
  shows(
    'DRF helper that a handler calls',
    routed('load', '\n      def get(self, request):\n          return self.load(request, 1)'),
    'escapes to api Orders.get: Orders.load < Orders.get',
  );
  shows(
    'DRF api_view',
    decorated('from rest_framework.decorators import api_view', '@api_view(["GET"])', 'request, order_id'),
    'escapes to api run: run',
  );
  shows(
    'DRF serializer',
    method(
      'from rest_framework import serializers',
      '(serializers.Serializer)',
      'validate_order',
      'self, order_id',
    ),
    'escapes to serializer Run.validate_order: Run.validate_order',
  );
  shows(
    'ninja, an API of another name',
    decorated('from shop.api import api_v2', '@api_v2.get("/orders")', 'request, order_id'),
    'escapes to api run: run',
  );
  shows(
    'a controller of ninja_extra',
    method('from ninja_extra import http_get', '', 'read').replace(
      'def read',
      '@http_get("/orders")\n      def read',
    ),
    'escapes to api Run.read: Run.read',
  );
  shows(
    'ninja',
    decorated('from ninja import Router\n  router = Router()', '@router.get("/orders")', 'request, order_id'),
    'escapes to api run: run',
  );
  shows(
    'graphene resolver',
    method('import graphene', '(graphene.ObjectType)', 'resolve_order', 'self, info, order_id'),
    'escapes to graphql Run.resolve_order: Run.resolve_order',
  );
  shows(
    'graphene resolver for those who are logged in',
    `
  #### shop/work.py
  import graphene
  from graphql_jwt.decorators import login_required
  from shop.models import Order

  class Query(graphene.ObjectType):
      @login_required
      def resolve_order(self, info, order_id):
          return ${LOOK}
`,
    'escapes to graphql Query.resolve_order: Query.resolve_order',
  );
  shows(
    'graphene mutation',
    method('import graphene', '(graphene.Mutation)', 'mutate', 'root, info, order_id'),
    'escapes to graphql Run.mutate: Run.mutate',
  );
  shows(
    'strawberry field',
    `
  #### shop/work.py
  import strawberry
  from shop.models import Order

  @strawberry.type
  class Query:
      @strawberry.field
      def order(self, order_id: int) -> str:
          return ${LOOK}.number
`,
    'escapes to graphql Query.order: Query.order',
  );
});

describe('the rest of Django', () => {
  shows(
    'a command',
    method(
      'from django.core.management.base import BaseCommand',
      '(BaseCommand)',
      'handle',
      'self, order_id, **options',
    ),
    'escapes to command Run.handle: Run.handle',
  );
  shows(
    'a command that derives from another one of the program',
    `
  #### shop/base.py
  from django.core.management import BaseCommand

  class ShopCommand(BaseCommand):
      def handle(self, **options):
          self.work(options["order"])
  #### shop/work.py
  from shop.base import ShopCommand
  from shop.models import Order

  class Command(ShopCommand):
      def work(self, order_id):
          ${LOOK}
`,
    'escapes to command ShopCommand.handle: Command.work < ShopCommand.handle',
  );
  shows(
    'admin: save_model',
    method(
      'from django.contrib import admin',
      '(admin.ModelAdmin)',
      'save_model',
      'self, request, order_id, form, change',
    ),
    'escapes to admin Run.save_model: Run.save_model',
  );
  shows(
    'admin: an action by decorator',
    decorated(
      'from django.contrib import admin',
      '@admin.action(description="Ship")',
      'modeladmin, request, order_id',
    ),
    'escapes to admin run: run',
  );
  shows(
    'admin: an action by its parameters',
    decorated('', '', 'modeladmin, request, queryset').replace('order_id)', 'queryset)'),
    'escapes to admin run: run',
  );
  shows(
    'admin: a button of a package',
    decorated('from admin_extra_buttons.decorators import button', '@button()', 'self, request, order_id'),
    'escapes to admin run: run',
  );
  shows(
    'admin: a method named in actions',
    `
  #### shop/admin.py
  from django.contrib import admin
  from shop.models import Order

  class OrderAdmin(admin.ModelAdmin):
      actions = ["ship"]
      list_display = ["number"]

      def ship(self, request, queryset):
          Order.objects.get(pk=1)
`,
    'escapes to admin OrderAdmin.ship: OrderAdmin.ship',
  );
  shows(
    'admin: a function that is an action by its parameters',
    `
  #### shop/admin.py
  from shop.models import Order

  def ship(self, request, queryset):
      Order.objects.get(pk=1)
`,
    'escapes to admin ship: ship',
  );
  shows(
    'admin: a view that stands in admin.py',
    `
  #### shop/admin.py
  from django.views.generic import FormView
  from shop.models import Order

  class Ship(FormView):
      def get_context_data(self, **kwargs):
          return Order.objects.get(pk=1)
`,
    'escapes to admin Ship.get_context_data: Ship.get_context_data',
  );
  shows(
    'admin: a form that is named for it',
    `
  #### shop/forms.py
  from shop.forms_of_a_package import form_for
  from shop.models import Order

  class OrderAdminForm(form_for(Order)):
      def clean(self):
          Order.objects.get(pk=1)
`,
    'escapes to admin OrderAdminForm.clean: OrderAdminForm.clean',
  );
  shows(
    'template tag',
    decorated('from django import template\n  register = template.Library()', '@register.simple_tag'),
    'escapes to template-tag run: run',
  );
  shows(
    'template filter with options',
    decorated(
      'from django import template\n  register = template.Library()',
      '@register.filter(name="order")',
    ),
    'escapes to template-tag run: run',
  );
  shows(
    'middleware by base class',
    method(
      'from django.utils.deprecation import MiddlewareMixin',
      '(MiddlewareMixin)',
      'process_request',
      'self, order_id',
    ),
    'escapes to middleware Run.process_request: Run.process_request',
  );
  shows(
    'middleware by name',
    `
  #### shop/middleware.py
  from shop.models import Order

  class OrderMiddleware:
      def __init__(self, get_response):
          self.get_response = get_response

      def __call__(self, request):
          Order.objects.get(pk=request.session["order"])
          return self.get_response(request)
`,
    'escapes to middleware OrderMiddleware.__call__: OrderMiddleware.__call__',
  );
  shows(
    'middleware as a function',
    `
  #### shop/middleware.py
  from shop.models import Order

  def order_middleware(get_response):
      def middleware(request):
          Order.objects.get(pk=request.session["order"])
          return get_response(request)
      return middleware
`,
    'escapes to middleware order_middleware.middleware: order_middleware.middleware',
  );
  shows(
    'module level',
    `
  #### shop/work.py
  from shop.models import Order

  ORDER = Order.objects.get(pk=1)
`,
    'escapes to script <module>: <module>',
  );
  shows(
    'a class body',
    `
  #### shop/work.py
  from shop.models import Order

  class Settings:
      order = Order.objects.get(pk=1)
`,
    'escapes to script Settings: Settings',
  );
});

describe('consumers', () => {
  const consumer = 'escapes to consumer run: run';
  shows(
    'a subscriber of FastStream',
    decorated('from shop.queue import rabbit_broker', '@rabbit_broker.subscriber("orders")'),
    consumer,
  );
  shows(
    'an event handler of Nameko',
    decorated('from nameko.events import event_handler', '@event_handler("shop", "paid")'),
    consumer,
  );
  shows(
    'channels',
    method(
      'from channels.generic.websocket import JsonWebsocketConsumer',
      '(JsonWebsocketConsumer)',
      'receive_json',
      'self, order_id',
    ),
    'escapes to consumer Run.receive_json: Run.receive_json',
  );
  shows(
    'channels, a handler of group messages',
    method(
      'from channels.generic.websocket import WebsocketConsumer',
      '(WebsocketConsumer)',
      'order_paid',
      'self, event',
    ).replace('order_id', 'event["order"]'),
    'escapes to consumer Run.order_paid: Run.order_paid',
  );
  shows(
    'kombu, callbacks of a Consumer',
    `
  #### shop/work.py
  from kombu.mixins import ConsumerMixin
  from shop.models import Order

  class Worker(ConsumerMixin):
      def get_consumers(self, Consumer, channel):
          return [Consumer(queues=[], callbacks=[self.on_order])]

      def on_order(self, body, message):
          Order.objects.get(pk=body["order"])
`,
    'escapes to consumer Worker.on_order: Worker.on_order',
  );
  shows(
    'kombu, register_callback',
    `
  #### shop/work.py
  from shop.models import Order

  def on_order(body, message):
      Order.objects.get(pk=body["order"])

  def main(consumer):
      consumer.register_callback(on_order)
      consumer.consume()
`,
    'escapes to consumer on_order: on_order',
  );
  shows(
    'callbacks of something that receives nothing',
    `
  #### shop/management/commands/load.py
  from django.core.management.base import BaseCommand
  from shop.models import Order

  class Command(BaseCommand):
      def handle(self, **options):
          def attach(orders):
              for order in orders:
                  Order.objects.get(pk=order.parent_id)

          for order in RangeWrapper(Order.objects.all(), callbacks=(attach,)):
              print(order)
`,
    'escapes to command Command.handle: Command.handle.attach < Command.handle',
  );
  shows(
    'a helper of a Channels consumer',
    `
  #### shop/consumers.py
  from channels.generic.websocket import SyncConsumer
  from shop.models import Order

  class Worker(SyncConsumer):
      def order_paid(self, event):
          self.order_of(event).save()

      def order_of(self, event):
          return Order.objects.get(pk=event["order"])
`,
    'escapes to consumer Worker.order_paid: Worker.order_of < Worker.order_paid',
  );
  shows(
    'pika, on_message_callback',
    `
  #### shop/work.py
  from shop.models import Order

  def on_order(channel, method, properties, body):
      Order.objects.get(pk=int(body))

  def main(channel):
      channel.basic_consume(queue="orders", on_message_callback=on_order)
`,
    'escapes to consumer on_order: on_order',
  );
});

describe('a URL table', () => {
  const program = (entry: string): string => `
  #### shop/work.py
  from shop.models import Order

  def open_order(request):
      return ${LOOK}

  #### shop/urls.py
  from django.urls import path
  from shop.helpers import admin_url, send
  from shop.work import open_order

  def get_urls():
      return [${entry}]
`;
  shows('of Django', program('path("orders/", open_order)'), 'escapes to view open_order: open_order');
  shows(
    "by the program's helper",
    program('admin_url(r"^orders/$", open_order)'),
    'escapes to view open_order: open_order',
  );
  shows(
    'is none that no pattern starts',
    program('admin_url(open_order)'),
    'escapes to uncalled get_urls: open_order < get_urls',
  );
});

describe('forms and widgets', () => {
  const program = (base: string, name: string): string => `
  #### shop/forms.py
  from django import forms
  from shop.models import Order

  class Choice(forms.${base}):
      def ${name}(self, value=None):
          return Order.objects.get(pk=value)
`;
  shows(
    'what checks the input',
    program('Form', 'clean_order'),
    'escapes to view Choice.clean_order: Choice.clean_order',
  );
  shows(
    'a widget is no view',
    program('Select', 'get_object'),
    'escapes to uncalled Choice.get_object: Choice.get_object',
  );
});

describe('classes that the framework asks on the way', () => {
  shows(
    'a form',
    `
  #### shop/forms.py
  from django import forms
  from shop.models import Order
  class OrderForm(forms.Form):
      def clean_number(self):
          return Order.objects.get(number=self.cleaned_data["number"])
`,
    'escapes to view OrderForm.clean_number: OrderForm.clean_number',
  );
  shows(
    'a DRF permission',
    `
  #### shop/permissions.py
  from rest_framework.permissions import BasePermission
  from shop.models import Order
  class OwnsOrder(BasePermission):
      def has_permission(self, request, view):
          return Order.objects.get(number=view.kwargs["number"]).customer_id == 1
`,
    'escapes to api OwnsOrder.has_permission: OwnsOrder.has_permission',
  );
  shows(
    'an RPC method',
    `
  #### shop/service.py
  from shop.models import Order
  from shop.rpc import rpc_method

  class OrderService:
      @rpc_method
      def load(self, number):
          return Order.objects.get(number=number)
`,
    'escapes to rpc OrderService.load: OrderService.load',
  );
  shows(
    'a consumer of a stream: what its factory hands to a step',
    `
  #### shop/consumer.py
  from arroyo.processing.strategies import ProcessingStrategyFactory, RunTask
  from shop.models import Order

  def handle(message):
      return Order.objects.get(number=message.payload)

  class OrderFactory(ProcessingStrategyFactory):
      def create_with_partitions(self, commit, partitions):
          return RunTask(handle, commit)
`,
    'escapes to consumer handle: handle',
  );
  shows(
    'admin: a column by decorator',
    `
  #### shop/admin.py
  from django.contrib import admin
  from shop.models import Order

  class OrderAdmin(admin.ModelAdmin):
      @admin.display(description="parent")
      def parent(self, order):
          return Order.objects.get(number=order.number)
`,
    'handled by framework "the admin, which shows -": OrderAdmin.parent',
  );
});

describe('methods that a URL table of their class names', () => {
  const admin = (route: string): string => `
  #### shop/admin.py
  from django.contrib import admin
  from django.urls import path
  from shop.models import Order

  def wrap(view):
      return view

  class OrderAdmin(admin.ModelAdmin):
      def get_urls(self):
          return [${route}] + super().get_urls()

      def ship(self, request, order_id):
          ${LOOK}
`;
  shows('as it is', admin('path("a", self.ship)'), 'escapes to view OrderAdmin.ship: OrderAdmin.ship');
  shows(
    'in what the admin wraps around it',
    admin('path("a", self.admin_site.admin_view(self.ship))'),
    'escapes to view OrderAdmin.ship: OrderAdmin.ship',
  );
  shows(
    'in a helper of the file',
    admin('path("a", wrap(self.ship), name="a")'),
    'escapes to view OrderAdmin.ship: OrderAdmin.ship',
  );
});
