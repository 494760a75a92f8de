"""A row that is falsy (its `__len__` is 0) is there all the same."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Basket(models.Model):
    items = models.IntegerField(default=0)
    closed = models.BooleanField(default=False)

    def __len__(self):
        return self.items


@shared_task
def close_basket(basket_id):
    basket = Basket.objects.get(pk=basket_id)
    basket.closed = True
    basket.save()


# --- scenarios ---
CODE = "DNE101"
FIX = "safe"


def call():
    return close_basket.delay(7).get()


SCENARIOS = {
    "there": lambda: Basket.objects.create(pk=7, items=2),
    "there and falsy": lambda: Basket.objects.create(pk=7, items=0),
    "missing": lambda: None,
}

EXPECT = {
    "missing": {"outcome": "return None", "logs": ["INFO basket.not_found basket_id=7"]},
}

REFERENCE = {
    "    basket = Basket.objects.get(pk=basket_id)\n": """\
    basket = Basket.objects.filter(pk=basket_id).first()
    if basket is None:
        logger.info("basket.not_found", extra={"basket_id": basket_id})
        return
""",
}
