import type { Source } from '../index.ts';
import { describe, expect, it } from 'vitest';
import { found } from './found.ts';

const MODELS = `from django.db import models


class Order(models.Model):
    paid = models.BooleanField(default=False)
`;

/** A helper that looks an order up, in a file of its own: the way to the entry point crosses files. */
const SERVICES = `from shop.models import Order


def pay(order_id):
    order = Order.objects.get(pk=order_id)
    order.paid = True
    order.save()
`;

function program(path: string, text: string): Source {
  return { 'shop/models.py': MODELS, 'shop/services.py': SERVICES, [path]: text };
}

const TASKS: Readonly<Record<string, string>> = {
  Celery:
    'from celery import shared_task\nfrom shop.services import pay\n\n\n@shared_task\ndef pay_order(order_id):\n    pay(order_id)\n',
  'Celery, by an app': `from celery import Celery
from shop.services import pay

app = Celery("shop")


@app.task(bind=True, max_retries=3)
def pay_order(self, order_id):
    pay(order_id)
`,
  'Celery, by a class': `from celery import Task
from shop.services import pay


class PayOrder(Task):
    def run(self, order_id):
        pay(order_id)
`,
  RQ: 'from django_rq import job\nfrom shop.services import pay\n\n\n@job("default")\ndef pay_order(order_id):\n    pay(order_id)\n',
  'RQ, by the name of the queue': `import django_rq
from shop.services import pay


def pay_order(order_id):
    pay(order_id)


def later(order):
    django_rq.get_queue("default").enqueue(pay_order, order.pk)
`,
  Dramatiq:
    'import dramatiq\nfrom shop.services import pay\n\n\n@dramatiq.actor(max_retries=3)\ndef pay_order(order_id):\n    pay(order_id)\n',
  Huey: 'from huey.contrib.djhuey import db_task\nfrom shop.services import pay\n\n\n@db_task()\ndef pay_order(order_id):\n    pay(order_id)\n',
  "Django's own tasks":
    'from django.tasks import task\nfrom shop.services import pay\n\n\n@task()\ndef pay_order(order_id):\n    pay(order_id)\n',
  'django-tasks, before it came with Django':
    'from django_tasks import task\nfrom shop.services import pay\n\n\n@task(priority=1)\ndef pay_order(order_id):\n    pay(order_id)\n',
};

describe('tasks', () => {
  it.each(Object.entries(TASKS))('%s', async (_, text) => {
    expect(await found(['recommended'], program('shop/tasks.py', text))).toEqual([
      'shop/services.py:5 DNE101 error',
    ]);
  });
});

describe('Django REST framework', () => {
  it('an action of a view set, by what the client sent', async () => {
    const text = `from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.viewsets import ModelViewSet
from shop.models import Order
from shop.services import pay


class OrderViewSet(ModelViewSet):
    queryset = Order.objects.all()

    def retrieve(self, request, pk=None):
        return Response({"paid": self.get_object().paid})

    @action(detail=False, methods=["post"])
    def pay(self, request):
        pay(request.data["order"])
        return Response()
`;
    expect(await found(['recommended'], program('shop/api.py', text))).toEqual([
      'shop/services.py:5 DNE107 warning',
    ]);
  });

  it('`get_object_or_404`, and an exception that DRF answers', async () => {
    const text = `from rest_framework.exceptions import NotFound
from rest_framework.generics import GenericAPIView, get_object_or_404
from rest_framework.response import Response
from shop.models import Order
from shop.services import pay


class PayView(GenericAPIView):
    def get(self, request, pk):
        return Response({"paid": get_object_or_404(Order, pk=pk).paid})

    def post(self, request, pk):
        try:
            pay(pk)
        except Order.DoesNotExist:
            raise NotFound
        return Response()
`;
    expect(await found(['recommended'], program('shop/api.py', text))).toEqual([]);
  });

  it('a serializer', async () => {
    const text = `from rest_framework import serializers
from shop.models import Order


class PaymentSerializer(serializers.Serializer):
    order_id = serializers.IntegerField()

    def create(self, validated_data):
        return Order.objects.get(pk=validated_data["order_id"])
`;
    const [only, ...others] = await found(['recommended'], program('shop/serializers.py', text));
    expect(only).toMatch(/^shop\/serializers\.py:9 DNE/);
    expect(others.filter((finding) => !finding.startsWith('shop/services.py'))).toEqual([]);
  });
});

describe('Channels', () => {
  it('a consumer, by the message and by the route', async () => {
    const text = `from channels.generic.websocket import JsonWebsocketConsumer
from shop.models import Order
from shop.services import pay


class OrderConsumer(JsonWebsocketConsumer):
    def connect(self):
        self.order = Order.objects.get(pk=self.scope["url_route"]["kwargs"]["order_id"])
        self.accept()

    def receive_json(self, content, **kwargs):
        pay(content["order_id"])
`;
    expect(await found(['recommended'], program('shop/consumers.py', text))).toEqual([
      'shop/consumers.py:8 DNE107 warning',
      'shop/services.py:5 DNE102 error',
    ]);
  });
});

describe('GraphQL', () => {
  it('graphene: a mutation and a resolver', async () => {
    const text = `import graphene
from shop.models import Order
from shop.services import pay


class PayOrder(graphene.Mutation):
    class Arguments:
        order_id = graphene.ID()

    ok = graphene.Boolean()

    def mutate(self, info, order_id):
        pay(order_id)
        return PayOrder(ok=True)


class Query(graphene.ObjectType):
    paid = graphene.Boolean(order_id=graphene.ID())

    def resolve_paid(self, info, order_id):
        return Order.objects.get(pk=order_id).paid
`;
    expect(await found(['recommended'], program('shop/schema.py', text))).toEqual([
      'shop/schema.py:21 DNE107 warning',
      'shop/services.py:5 DNE107 warning',
    ]);
  });

  it('strawberry: a mutation and a field', async () => {
    const text = `import strawberry
from shop.models import Order
from shop.services import pay


@strawberry.type
class Query:
    @strawberry.field
    def paid(self, order_id: strawberry.ID) -> bool:
        return Order.objects.get(pk=order_id).paid


@strawberry.type
class Mutation:
    @strawberry.mutation
    def pay_order(self, info, order_id: strawberry.ID) -> bool:
        pay(order_id)
        return True
`;
    expect(await found(['recommended'], program('shop/schema.py', text))).toEqual([
      'shop/schema.py:10 DNE107 warning',
      'shop/services.py:5 DNE107 warning',
    ]);
  });
});
