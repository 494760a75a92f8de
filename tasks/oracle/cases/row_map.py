"""A map of rows is indexed by an id that may have gone."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Order(models.Model):
    number = models.CharField(max_length=20)


@shared_task
def export(order_ids):
    orders = Order.objects.in_bulk(order_ids)
    for order_id in order_ids:
        order = orders[order_id]
        logger.info("order.exported", extra={"number": order.number})


# --- scenarios ---
CODE = "DNE008"
FIX = "either"


def call():
    return export.delay([7, 8]).get()


def both():
    Order.objects.create(pk=7, number="seven")
    Order.objects.create(pk=8, number="eight")


SCENARIOS = {
    "there": both,
    "missing": lambda: Order.objects.create(pk=8, number="eight"),
}

EXPECT = {
    "missing": {
        "was": "raise KeyError",
        "outcome": "return None",
        "logs": ["INFO order.not_found order_id=7", "INFO order.exported number='eight'"],
    },
}

REFERENCE = {
    "        order = orders[order_id]\n": """\
        order = orders.get(order_id)
        if order is None:
            logger.info("order.not_found", extra={"order_id": order_id})
            continue
""",
}
