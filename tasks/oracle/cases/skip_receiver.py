"""A receiver of a signal that carries an id."""

import logging

from django.db import models
from django.dispatch import Signal, receiver

logger = logging.getLogger(__name__)

order_paid = Signal()


class Order(models.Model):
    paid = models.BooleanField(default=False)


@receiver(order_paid)
def mark_paid(sender, order_id, **kwargs):
    order = Order.objects.get(pk=order_id)
    order.paid = True
    order.save()


# --- scenarios ---
CODE = "DNE001"
FIX = "safe"


def call():
    return [result for _, result in order_paid.send(sender=None, order_id=7)]


SCENARIOS = {
    "there": lambda: Order.objects.create(pk=7),
    "missing": lambda: None,
}

EXPECT = {
    "missing": {
        "outcome": "return [None]",
        "logs": ["INFO order.not_found order_id=7"],
    },
}

REFERENCE = {
    "    order = Order.objects.get(pk=order_id)\n": """\
    order = Order.objects.filter(pk=order_id).first()
    if order is None:
        logger.info("order.not_found", extra={"order_id": order_id})
        return
""",
}
