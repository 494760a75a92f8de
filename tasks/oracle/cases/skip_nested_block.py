"""The lookup stands deep in a task, below a condition and a with block."""

import logging

from celery import shared_task
from django.db import models, transaction

logger = logging.getLogger(__name__)


class Stock(models.Model):
    count = models.IntegerField(default=0)


@shared_task
def reserve(stock_id, amount):
    if amount > 0:
        with transaction.atomic():
            stock = Stock.objects.select_for_update().get(pk=stock_id)
            stock.count -= amount
            stock.save()
    logger.info("stock.checked", extra={"amount": amount})


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"


def call():
    return reserve.delay(7, 2).get()


SCENARIOS = {
    "there": lambda: Stock.objects.create(pk=7, count=5),
    "missing": lambda: None,
}

EXPECT = {
    "missing": {
        "outcome": "return None",
        "logs": ["INFO stock.not_found stock_id=7"],
    },
}

REFERENCE = {
    "            stock = Stock.objects.select_for_update().get(pk=stock_id)\n": """\
            stock = Stock.objects.select_for_update().filter(pk=stock_id).first()
            if stock is None:
                logger.info("stock.not_found", extra={"stock_id": stock_id})
                return
""",
}
