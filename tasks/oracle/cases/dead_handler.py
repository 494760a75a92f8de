"""A handler around `first()`, which never raises: the row is dereferenced as None."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Order(models.Model):
    customer = models.CharField(max_length=20)


@shared_task
def last_order(customer):
    try:
        order = Order.objects.filter(customer=customer).order_by("-pk").first()
    except Order.DoesNotExist:
        return
    logger.info("order.last", extra={"order": order.pk})


# --- scenarios ---
CODE = "DNE203"
FIX = "either"


def call():
    return last_order.delay("ada").get()


SCENARIOS = {
    "there": lambda: [Order.objects.create(customer="ada") for _ in range(2)],
    "missing": lambda: None,
}

EXPECT = {"missing": {"was": "raise AttributeError", "outcome": "return None", "logs": "any"}}

REFERENCE = {
    """    try:
        order = Order.objects.filter(customer=customer).order_by("-pk").first()
    except Order.DoesNotExist:
        return
""": """\
    order = Order.objects.filter(customer=customer).order_by("-pk").first()
    if order is None:
        return
""",
}
