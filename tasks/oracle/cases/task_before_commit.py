"""A task is sent inside a transaction: it ran even when the block was rolled back."""

import logging

from celery import shared_task
from django.db import models, transaction

logger = logging.getLogger(__name__)


class Order(models.Model):
    number = models.CharField(max_length=20, unique=True)


@shared_task
def confirm(order_id):
    if order_id:
        logger.info("order.confirmed", extra={"order_id": order_id})


def place(numbers):
    with transaction.atomic():
        for number in numbers:
            order = Order.objects.create(number=number)
            confirm.delay(order.pk)


# --- scenarios ---
CODE = "DNE402"
FIX = "either"


def call():
    return place(["1", "2"])


SCENARIOS = {
    "committed": lambda: None,
    "rolled back": lambda: Order.objects.create(pk=9, number="2"),
}

EXPECT = {"rolled back": {"was": "raise IntegrityError", "logs": []}}

REFERENCE = {
    "import logging\n": "import logging\nfrom functools import partial\n",
    "confirm.delay(order.pk)": "transaction.on_commit(partial(confirm.delay, order.pk))",
}
