"""A second lookup is keyed by a column of the first row, which is guarded."""

import logging

from celery import shared_task
from django.db import models

logger = logging.getLogger(__name__)


class Store(models.Model):
    orders = models.IntegerField(default=0)


class ApiKey(models.Model):
    store_id = models.BigIntegerField()


@shared_task
def count_order(key_id):
    key = ApiKey.objects.filter(pk=key_id).first()
    if key is None:
        return
    store = Store.objects.get(id=key.store_id)
    store.orders += 1
    store.save()


# --- scenarios ---
CODE = "DNE003"
FIX = "safe"


def call():
    return count_order.delay(7).get()


def both():
    ApiKey.objects.create(pk=7, store_id=3)
    Store.objects.create(id=3)


SCENARIOS = {
    "there": both,
    "no key": lambda: None,
    "missing": lambda: ApiKey.objects.create(pk=7, store_id=3),
}

EXPECT = {"missing": {"outcome": "return None", "logs": ["INFO store.not_found *"]}}

REFERENCE = {
    "    store = Store.objects.get(id=key.store_id)\n": """\
    store = Store.objects.filter(id=key.store_id).first()
    if store is None:
        logger.info("store.not_found", extra={"store_id": key.store_id})
        return
""",
}
