"""Equal lookups of one statement are one afterwards; those that something runs between are made again."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Order(models.Model):
    code = models.CharField(max_length=9)
    name = models.CharField(max_length=9)


@shared_task
def rename(code):
    found = [(Order.objects.get(code=code).name, Order.objects.get(code=code).pk)]
    Order.objects.filter(code=code).update(name="after")
    found.append(Order.objects.get(code=code).name)
    return found


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"


def call():
    return rename.delay("a").get()


SCENARIOS = {
    "there": lambda: Order.objects.create(pk=7, code="a", name="before"),
    "missing": lambda: None,
    "two": lambda: [Order.objects.create(code="a") for _ in range(2)],
}

EXPECT = {
    "there": {"was": "return [('before', 7), 'after']", "queries": 3},
    "missing": {"outcome": "return None", "logs": ["INFO order.not_found code='a'"]},
}

REFERENCE = {
    "    found = [(Order.objects.get(code=code).name, Order.objects.get(code=code).pk)]\n": """\
    try:
        order = Order.objects.get(code=code)
    except Order.DoesNotExist:
        logger.info("order.not_found", extra={"code": code})
        return None
    found = [(order.name, order.pk)]
""",
    "    found.append(Order.objects.get(code=code).name)\n": """\
    try:
        order = Order.objects.get(code=code)
    except Order.DoesNotExist:
        logger.info("order.not_found", extra={"code": code})
        return None
    found.append(order.name)
""",
}
