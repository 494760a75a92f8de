"""The caller already answers a missing row: nothing to fix."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Order(models.Model):
    shipped = models.BooleanField(default=False)


def load_order(order_id):
    return Order.objects.get(pk=order_id)


@shared_task
def ship(order_id):
    try:
        order = load_order(order_id)
    except Order.DoesNotExist:
        return
    order.shipped = True
    order.save()


# --- scenarios ---
CODE = "DNE"
FIX = "none"


def call():
    return ship.delay(7).get()


SCENARIOS = {
    "there": lambda: Order.objects.create(pk=7),
    "missing": lambda: None,
}
